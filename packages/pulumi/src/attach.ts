import { createRequire } from 'node:module';
import type * as ByGroup from '@pulumi/aws/iam/groupPolicyAttachment.js';
import type * as ByRole from '@pulumi/aws/iam/rolePolicyAttachment.js';
import type * as ByUser from '@pulumi/aws/iam/userPolicyAttachment.js';
import type { Group } from '@pulumi/aws/iam/group.js';
import type { Role } from '@pulumi/aws/iam/role.js';
import type { User } from '@pulumi/aws/iam/user.js';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from './resource.js';

/** Attachments are loaded when one is made: they cost as much as all the rest. */
const load = createRequire(import.meta.url);

/** Roles, users or groups: in a list, or each under the name that its attachment gets. */
export type Identities<Identity> =
  | readonly (pulumi.Input<string> | Identity)[]
  | Readonly<Record<string, pulumi.Input<string> | Identity>>;

/** Whom a policy is attached to. */
export interface Attached {
  readonly roles?: Identities<Role> | undefined;
  readonly users?: Identities<User> | undefined;
  readonly groups?: Identities<Group> | undefined;
}

/**
 * Attaches a policy. An attachment is named after what it attaches, so that it stays when the list changes.
 * @throws {Error} where something in a list has no name before it is made, and is not alone in that
 */
export function attach(
  name: string,
  policyArn: pulumi.Output<string>,
  { roles, users, groups }: Attached,
  parent: pulumi.Resource,
): void {
  const child = { parent };
  for (const [key, role] of named(name, 'role', roles)) {
    const { RolePolicyAttachment } = load('@pulumi/aws/iam/rolePolicyAttachment.js') as typeof ByRole;
    new RolePolicyAttachment(key, { role, policyArn }, child);
  }
  for (const [key, user] of named(name, 'user', users)) {
    const { UserPolicyAttachment } = load('@pulumi/aws/iam/userPolicyAttachment.js') as typeof ByUser;
    new UserPolicyAttachment(key, { user, policyArn }, child);
  }
  for (const [key, group] of named(name, 'group', groups)) {
    const { GroupPolicyAttachment } = load('@pulumi/aws/iam/groupPolicyAttachment.js') as typeof ByGroup;
    new GroupPolicyAttachment(key, { group, policyArn }, child);
  }
}

interface Identity {
  readonly name: pulumi.Output<string>;
}

function named(
  policy: string,
  kind: string,
  identities: Identities<Identity> | undefined,
): [string, pulumi.Input<string>][] {
  if (identities === undefined) return [];
  const entries = Array.isArray(identities)
    ? identities.map((identity: pulumi.Input<string> | Identity) => [keyOf(identity), identity] as const)
    : Object.entries(identities as Readonly<Record<string, pulumi.Input<string> | Identity>>);
  const seen = new Set<string | undefined>();
  return entries.map(([key, identity], index) => {
    if (seen.has(key)) {
      const what = key === undefined ? 'has no name before it is made' : `has the name \`${key}\` of another`;
      throw new Error(
        `${policy}: ${kind}s[${index}]: ${what}: give the ${kind}s by name, such as \`${kind}s: { deploy: … }\``,
      );
    }
    seen.add(key);
    return [`${policy}-${kind}${key === undefined ? '' : `-${key}`}`, nameIn(identity)];
  });
}

function nameIn(identity: pulumi.Input<string> | Identity): pulumi.Input<string> {
  return pulumi.Resource.isInstance(identity) ? (identity as Identity).name : (identity as pulumi.Input<string>);
}

/** A text itself; the name of a resource, or of the only resource that an output comes from. */
function keyOf(identity: pulumi.Input<string> | Identity): string | undefined {
  if (typeof identity === 'string') return identity;
  if (pulumi.Resource.isInstance(identity)) return nameOf(identity);
  if (!pulumi.Output.isInstance(identity)) return undefined;
  const [owner, ...others] = (identity as { resources?: () => Set<pulumi.Resource> }).resources?.() ?? [];
  return owner === undefined || others.length > 0 ? undefined : nameOf(owner);
}
