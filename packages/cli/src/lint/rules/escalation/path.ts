/** A way from what a policy allows to more. */
export interface EscalationPath {
  /** The name in the catalogue that has one, or one of ours. */
  readonly id: string;
  /** All of these must be allowed. The first one is the wall: fenced, it closes the path. */
  readonly actions: readonly string[];
  /** The service that a role must be passed to, where the first action is `iam:PassRole`. */
  readonly service?: string;
  /** What whoever has the actions does with them: it goes on after "which". */
  readonly gives: string;
  /** Whether names of resources close nothing, since the resource is made on the way; only a condition does. */
  readonly onlyConditions?: true;
  readonly source: PathSource;
}

/**
 * Where a path is known from: the id in a public catalogue, or a page of AWS about the service, which
 * is cited, not read.
 * @see https://pathfinding.cloud
 * @see https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py
 * @see https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py
 * @see https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation
 */
export interface PathSource {
  readonly pathfinding?: string;
  readonly prowler?: string;
  readonly cloudsplaining?: string;
  /** The number in the list of 2019. */
  readonly rhino?: number;
  readonly aws?: string;
}

/** The page that explains a path. */
export function pageOf({ source }: EscalationPath): string {
  if (source.pathfinding !== undefined) return `https://pathfinding.cloud/paths/${source.pathfinding}`;
  if (source.aws !== undefined) return source.aws;
  return source.rhino === undefined
    ? 'https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py'
    : 'https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation';
}
