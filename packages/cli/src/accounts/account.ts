import type { FoundDocument } from '../policies/found.js';
import { documentAt, isObject, objectsIn, textOf } from '../policies/json-values.js';

type Json = Record<string, unknown>;

/** A role as an account has it. */
export interface AccountRole {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** Undefined where the details do not say it: those that AWS gives never do. */
  readonly maxSessionDuration: number | undefined;
  readonly trust: FoundDocument | undefined;
  /** Its inline policies and the managed ones that are attached, as far as they are in the details. */
  readonly policies: readonly FoundDocument[];
  /** The ARNs of the policies that are attached and not in the details. */
  readonly elsewhere: readonly string[];
  readonly boundary: { readonly arn: string; readonly document: FoundDocument | undefined } | undefined;
  /** The parts that are missing in the details or have another form, so that nobody knows what they say. */
  readonly unread: readonly RolePart[];
}

/** The parts of a role that say who has it and what it may do. */
export type RolePart =
  | 'AssumeRolePolicyDocument'
  | 'RolePolicyList'
  | 'AttachedManagedPolicies'
  | 'PermissionsBoundary';

/** One account of the details, which mostly hold one. */
export interface Account {
  /** Its twelve digits, and its partition. */
  readonly id: string;
  readonly partition: string;
  readonly roles: readonly AccountRole[];
}

/** What the ARN of something in an account begins with. */
export const arnForm = /^arn:([a-z0-9-]+):iam::(\d{12}):/;

/**
 * The accounts whose ARNs stand in details; a file of `postern build` may hold several.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html
 */
export function accountsOf(details: Json): Account[] {
  const managed = new Map<string, FoundDocument>();
  for (const policy of objectsIn(details['Policies'])) {
    const version = objectsIn(policy['PolicyVersionList']).find(({ IsDefaultVersion }) => IsDefaultVersion === true);
    if (version !== undefined) managed.set(textOf(policy['Arn']), documentAt(version['Document']));
  }
  const accounts = new Map<string, { id: string; partition: string; roles: AccountRole[] }>();
  const accountOf = (arn: string) => {
    const [, partition, id] = arnForm.exec(arn) ?? [];
    if (partition === undefined || id === undefined) return undefined;
    const found = accounts.get(id) ?? { id, partition, roles: [] };
    accounts.set(id, found);
    return found;
  };
  for (const role of objectsIn(details['RoleDetailList'])) {
    accountOf(textOf(role['Arn']))?.roles.push(roleOf(role, managed));
  }
  // An account may have no role at all.
  for (const list of ['UserDetailList', 'GroupDetailList', 'Policies']) {
    for (const one of objectsIn(details[list])) accountOf(textOf(one['Arn']));
  }
  return [...accounts.values()];
}

function roleOf(role: Json, managed: ReadonlyMap<string, FoundDocument>): AccountRole {
  const attached = objectsIn(role['AttachedManagedPolicies']).map(({ PolicyArn }) => textOf(PolicyArn));
  const trust = role['AssumeRolePolicyDocument'];
  const { PermissionsBoundary: given = null, MaxSessionDuration: session } = role;
  const boundary = isObject(given) ? textOf(given['PermissionsBoundaryArn']) : '';
  const isList = (part: RolePart) => {
    const list = role[part];
    return Array.isArray(list) && list.every(isObject);
  };
  return {
    name: textOf(role['RoleName']),
    arn: textOf(role['Arn']),
    path: textOf(role['Path']) || '/',
    maxSessionDuration: typeof session === 'number' ? session : undefined,
    trust: trust === undefined ? undefined : documentAt(trust),
    policies: [
      ...objectsIn(role['RolePolicyList']).map(({ PolicyDocument }) => documentAt(PolicyDocument)),
      ...attached.flatMap((arn) => managed.get(arn) ?? []),
    ],
    elsewhere: attached.filter((arn) => !managed.has(arn)),
    boundary: boundary === '' ? undefined : { arn: boundary, document: managed.get(boundary) },
    unread: [
      ...(trust === undefined ? (['AssumeRolePolicyDocument'] as const) : []),
      ...(['RolePolicyList', 'AttachedManagedPolicies'] as const).filter((part) => !isList(part)),
      ...(given !== null && boundary === '' ? (['PermissionsBoundary'] as const) : []),
    ],
  };
}
