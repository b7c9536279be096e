import { leavesAsItWas, parse, quote, type PolicyDocument } from '@postern/core';
import { isDeferred } from '../policies/deferred.js';
import type { RolePermissions } from '../policies/found.js';
import { matchesAction } from './matching.js';
import { credentialsReturning } from './rules/credentials-exposure/actions.js';
import { someOf, type LintedRole } from './rule.js';
import type { ServiceReference } from './service-reference.js';

/** Whoever reads these acts as somebody else with what they read. */
const secrets = new Set(
  [...credentialsReturning, 'secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'].map((action) =>
    action.toLowerCase(),
  ),
);

const managedByAws = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/**
 * What AWS's own policies of these names allow, as far as a path to more rights needs it.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const contents: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  IAMFullAccess: ['iam:*'],
};

/** Reads what a role may do; AWS's own policies whose whole content is known stand in it too. */
export function readPermissions({ documents, elsewhere, isOpen }: RolePermissions): LintedRole {
  const read = documents.map((source) => parse(source).document);
  const named = elsewhere.flatMap((arn): PolicyDocument[] => {
    const name = managedByAws.exec(arn)?.[1];
    const actions = name !== undefined && Object.hasOwn(contents, name) ? contents[name] : undefined;
    if (actions === undefined) return [];
    return [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: ['*'] }] }];
  });
  return {
    documents: [...read.flatMap((document) => document ?? []), ...named],
    elsewhere,
    isOpen: isOpen === true || read.includes(null),
  };
}

/** Whether a role can write. */
export interface Writes {
  /** The writes that show it, in words; undefined where none is known. */
  readonly by?: string;
  /** Whether it is known that there is none, and that no secret is read. */
  readonly none: boolean;
}

/** Says whether what a role may do changes anything. */
export async function writesOf(role: LintedRole, reference: ServiceReference): Promise<Writes> {
  const found = new Set<string>();
  let isKnown = !role.isOpen;
  const all = role.documents.flatMap(({ Statement }) => Statement);
  const denies = all.filter(
    ({ Effect, Resource, Condition }) =>
      Effect === 'Deny' && Condition === undefined && Resource?.some((resource) => /^\*+$/.test(resource)) === true,
  );
  const isDenied = (action: string): boolean =>
    denies.some(({ Action, NotAction }) =>
      Action === undefined
        ? NotAction?.every((pattern) => !matchesAction(pattern, action)) === true
        : Action.some((pattern) => matchesAction(pattern, action)),
    );
  for (const { Effect, Action, NotAction, Resource = [] } of all) {
    if (Effect !== 'Allow') continue;
    if (NotAction !== undefined) {
      if (!denies.some(({ Action: denied }) => denied?.some((pattern) => /^\*+$/.test(pattern))))
        found.add('NotAction');
      continue;
    }
    // A lock file of a Terraform state is nothing of the infrastructure.
    const onlyLocks = Resource.length > 0 && Resource.every((resource) => resource.endsWith('.tflock'));
    for (const pattern of Action ?? []) {
      if (isDeferred(pattern)) isKnown = false;
      else if (/^\*+$/.test(pattern)) {
        if (!isDenied('iam:CreateRole') || !isDenied('s3:PutObject')) found.add(pattern);
      } else {
        const known = await reference.matching(pattern);
        // What the reference does not have may be newer than it.
        if (known.length === 0 && !/[*?]/.test(pattern)) isKnown = false;
        const writing = known.find(
          ({ action, accessLevels }) =>
            accessLevels.some((level) => ['Write', 'Permissions management', 'Tagging'].includes(level)) &&
            !leavesAsItWas(action) &&
            !(onlyLocks && /^s3:(Put|Delete)Object$/i.test(action)) &&
            !isDenied(action),
        );
        if (known.some(({ action }) => secrets.has(action.toLowerCase()) && !isDenied(action))) isKnown = false;
        if (writing !== undefined) found.add(/[*?]/.test(pattern) ? pattern : writing.action);
      }
    }
  }
  for (const arn of role.elsewhere) {
    const name = managedByAws.exec(arn)?.[1];
    // By AWS's own names; what they hold today is not in the file.
    if (name !== undefined && /^(AdministratorAccess|PowerUserAccess)$|FullAccess/.test(name)) found.add(name);
    else if (name === undefined || !/ReadOnly|ViewOnly|^SecurityAudit$/.test(name)) isKnown = false;
  }
  if (found.size > 0) return { by: someOf([...found].map((one) => quote(one))), none: false };
  return { none: isKnown };
}
