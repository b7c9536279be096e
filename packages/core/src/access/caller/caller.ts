import { parseArn } from '../../document/arn.js';
import { quote } from '../../document/problem.js';

/**
 * Who makes a request:
 * - `AWS`: the ARN of a role session, a user, a federated user session or a root user; an account id stands for its root
 *   user, the ARN of a role for a session of it whose name is not said;
 * - `Service`: a service principal, `ecs-tasks.amazonaws.com`;
 * - `Federated`: the ARN of an identity provider, or a provider that AWS knows (`accounts.google.com`);
 * - `CanonicalUser`: a canonical user id of S3;
 * - `anonymous`: somebody without credentials.
 */
export type Caller =
  | { readonly AWS: string }
  | { readonly Service: string }
  | { readonly Federated: string }
  | { readonly CanonicalUser: string }
  | 'anonymous';

/** The caller as one text, which principals are matched against: its type, a colon, and who. */
export type CallerText = string;

export const anonymousText: CallerText = 'Anonymous:';

/** The name of a session that is not said: real ones have two characters or more. */
const unsaid = '-';

/**
 * Writes a caller as a text. A role without a session is a session with a name that none can have.
 * @throws {RangeError} for an ARN that can make no request
 */
export function textOfCaller(caller: Caller): CallerText {
  if (caller === 'anonymous') return anonymousText;
  if ('Service' in caller) return `Service:${caller.Service.toLowerCase()}`;
  if ('Federated' in caller) return `Federated:${caller.Federated}`;
  if ('CanonicalUser' in caller) return `CanonicalUser:${caller.CanonicalUser.toLowerCase()}`;
  const { AWS } = caller;
  if (/^\d{12}$/.test(AWS)) return `AWS:arn:aws:iam::${AWS}:root`;
  if (/^A(IDA|ROA)[A-Z0-9]+$/.test(AWS)) return `AWS:${AWS}`;
  const arn = parseArn(AWS);
  const role = arn?.service === 'iam' ? roleName(arn.resource) : undefined;
  if (arn !== undefined && role !== undefined) return `AWS:${sessionOf(arn.partition, arn.account, role)}${unsaid}`;
  const calls =
    arn !== undefined && /^(iam root|iam user\/[^:]+|sts (assumed-role\/[^/:]+\/[^/:]*|federated-user\/[^:]+))$/;
  if (calls === false || !calls.test(`${arn!.service} ${arn!.resource}`)) {
    throw new RangeError(
      `${quote(AWS)} makes no request: give the ARN of a role session, a role, a user or a root user`,
    );
  }
  return `AWS:${AWS}`;
}

/** The name of a role, without its path: sessions do not have the path. */
export function roleName(resource: string): string | undefined {
  return /^role\/(?:.*\/)?([^/]+)$/s.exec(resource)?.[1];
}

/** What the ARN of every session of a role begins with. */
export function sessionOf(partition: string, account: string, role: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${role}/`;
}

/** Reads what {@link textOfCaller} writes; undefined for a text that is no caller. */
export function callerOf(text: CallerText): Caller | undefined {
  if (text === anonymousText) return 'anonymous';
  const [, type, who] = /^(AWS|Service|Federated|CanonicalUser):(.+)$/s.exec(text) ?? [];
  switch (type) {
    case 'AWS':
      return callsAsAws(who!) ? { AWS: who! } : undefined;
    case 'Service':
      return { Service: who! };
    case 'Federated':
      return { Federated: who! };
    case 'CanonicalUser':
      return { CanonicalUser: who! };
    default:
      return undefined;
  }
}

function callsAsAws(who: string): boolean {
  if (/^A[A-Z0-9]+$/.test(who)) return true;
  const arn = parseArn(who);
  if (arn === undefined || arn.region !== '' || arn.account === '' || !/^aws(-[a-z]+)*$/.test(arn.partition))
    return false;
  const kinds =
    arn.service === 'iam' ? /^(root|user\/[^:]+)$/ : /^(assumed-role\/[^/:]+\/[^/:]+|federated-user\/[^:]+)$/;
  return (arn.service === 'iam' || arn.service === 'sts') && kinds.test(arn.resource);
}
