import { createRequire } from 'node:module';
import type * as ByGroup from '@pulumi/aws/iam/groupPolicyAttachment.js';
import type * as ByRole from '@pulumi/aws/iam/rolePolicyAttachment.js';
import type * as ByUser from '@pulumi/aws/iam/userPolicyAttachment.js';
import type { Group } from '@pulumi/aws/iam/group.js';
import type { Role } from '@pulumi/aws/iam/role.js';
import type { User } from '@pulumi/aws/iam/user.js';
import * as pulumi from '@pulumi/pulumi';
import { isType, nameOf, typeOf } from './resource.js';

/** Attachments are loaded when one is made: they cost as much as all the rest. */
const load = createRequire(import.meta.url);

/** What is attached to: in messages, in the names of attachments and in ARNs; its type is that with a capital. */
type Kind = 'role' | 'user' | 'group';

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
 * @throws {Error} where something is of another kind, where a list is known only later, and where something in a list has
 *   no name before it is made, and is not alone in that
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

interface NamedIdentity {
  readonly name: pulumi.Output<string>;
}

function named(
  policy: string,
  kind: Kind,
  identities: Identities<NamedIdentity> | undefined,
): [string, pulumi.Input<string>][] {
  if (identities === undefined) return [];
  const byName = `give the ${kind}s by name, such as \`${kind}s: { deploy: … }\``;
  if (pulumi.Output.isInstance(identities) || identities instanceof Promise) {
    throw new Error(
      `${policy}: ${kind}s: the list is known only later, and each attachment needs a name now: ${byName}`,
    );
  }
  const entries = Array.isArray(identities)
    ? identities.map((identity: pulumi.Input<string> | NamedIdentity) => [keyOf(identity), identity] as const)
    : Object.entries(identities as Readonly<Record<string, pulumi.Input<string> | NamedIdentity>>);
  const seen = new Set<string | undefined>();
  return entries.map(([key, identity], index) => {
    if (seen.has(key)) {
      const what = key === undefined ? 'has no name before it is made' : `has the name \`${key}\` of another`;
      throw new Error(`${policy}: ${kind}s[${index}]: ${what}: ${byName}`);
    }
    seen.add(key);
    const place = `${policy}: ${kind}s${Array.isArray(identities) ? `[${index}]` : `.${key}`}`;
    return [`${policy}-${kind}${key === undefined ? '' : `-${key}`}`, nameIn(identity, kind, place)];
  });
}

function nameIn(identity: unknown, kind: Kind, place: string): pulumi.Input<string> {
  if (typeof identity === 'string') return nameInKnown(identity, kind, place);
  if (!pulumi.Resource.isInstance(identity)) {
    const later = pulumi.output(identity) as pulumi.Output<unknown>;
    return later.apply((known): pulumi.Output<string> => {
      const name = pulumi.Resource.isInstance(known) ? nameIn(known, kind, place) : nameInKnown(known, kind, place);
      return pulumi.output(name);
    });
  }
  const type = typeOf(identity);
  if (type !== undefined && !isType(type, `AWS::IAM::${capital(kind)}`)) {
    throw new Error(`${place}: \`${nameOf(identity) ?? type}\` is an \`${type}\`: give a ${kind}, its name or its ARN`);
  }
  return (identity as unknown as NamedIdentity).name;
}

/** The name itself, the end of an ARN, or the name that a data source found. */
function nameInKnown(known: unknown, kind: Kind, place: string): string {
  const found =
    typeof known === 'object' && known !== null
      ? ((known as DataSourceNames).name ?? (known as DataSourceNames).groupName ?? (known as DataSourceNames).userName)
      : known;
  if (typeof found === 'string' && !found.startsWith('arn:')) return found;
  const name = typeof found === 'string' ? nameInArn(found, kind) : undefined;
  if (name !== undefined) return name;
  const text = typeof found === 'string' ? found : JSON.stringify(found);
  throw new Error(`${place}: \`${text}\` is no ${kind}: give a ${kind}, its name or its ARN`);
}

/** What data sources call the name. */
interface DataSourceNames {
  readonly name?: unknown;
  readonly userName?: unknown;
  readonly groupName?: unknown;
}

function nameInArn(arn: string, kind: Kind): string | undefined {
  const [, , service, , , resource] = arn.split(':');
  if (service !== 'iam' || resource?.startsWith(`${kind}/`) !== true) return undefined;
  return resource.slice(resource.lastIndexOf('/') + 1);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A text itself; the name of a resource, or of the only resource that an output comes from. */
function keyOf(identity: pulumi.Input<string> | NamedIdentity): string | undefined {
  if (typeof identity === 'string') return identity.slice(identity.lastIndexOf('/') + 1);
  if (pulumi.Resource.isInstance(identity)) return nameOf(identity);
  if (!pulumi.Output.isInstance(identity)) return undefined;
  const [owner, ...others] = (identity as { resources?: () => Set<pulumi.Resource> }).resources?.() ?? [];
  return owner === undefined || others.length > 0 ? undefined : nameOf(owner);
}
