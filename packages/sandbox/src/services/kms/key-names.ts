import type { Call } from '../../server/call.js';
import type { SigningPrincipal } from '../../principals/principals.js';
import { arnOf, type World } from '../../world/world.js';

/** The alias in an ARN that stands for a key nobody has told the sandbox of. */
export const unresolved = /^arn:[^:]+:kms:[^:]*:[^:]*:(alias\/.+)$/;

/**
 * The ARN of a key that is named by id, alias or ARN. An alias that the world does not know stays the ARN of the alias: KMS
 * alone knows the key behind it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function keyArn(call: Call, named: string): string {
  const { world, region, principal } = call;
  const arn = named.startsWith('arn:')
    ? named
    : `arn:${world.partition}:kms:${region}:${principal.account}:${named.startsWith('alias/') ? named : `key/${named}`}`;
  const alias = unresolved.exec(arn)?.[1];
  return alias === undefined ? arn : (world.keys.aliases.get(arn) ?? world.keys.aliases.get(alias) ?? arn);
}

/** The condition keys that the aliases of a key fill. */
export function aliasContext(call: Call, key: string): Record<string, string[]> {
  const alias = unresolved.exec(key)?.[1];
  const known = [...call.world.keys.aliases].flatMap(([name, arn]) => (arn === key ? [name] : []));
  const names = alias === undefined ? known : [alias];
  return names.length === 0 ? {} : { 'kms:ResourceAliases': names };
}

/** Keys that AWS manages for a service: through the service, their policies let everybody in the account use them. */
export const managed = /:alias\/aws\/[a-z0-9-]+$/;

/** The ARN of a key of the world, named by id, alias or ARN. */
export function keyOf(world: World, named: string): string {
  if (named.startsWith('arn:')) return named;
  if (!named.startsWith('alias/')) return arnOf(world, 'kms', world.region, world.account, `key/${named}`);
  return world.keys.aliases.get(named) ?? arnOf(world, 'kms', world.region, world.account, named);
}

const anyKey = '00000000-0000-0000-0000-000000000000';
const namedKey = /"(arn:[^":]+:kms:[^":]*:[^":]*:key\/[^"*?$]+)"/g;

/** The keys that an alias which nobody knows may stand for: any that the policies of the caller name, or any other. */
export function keysBehind(resource: string, { policies }: SigningPrincipal): readonly string[] | undefined {
  if (!unresolved.test(resource)) return undefined;
  const named = policies.flatMap((policy) => [...policy.matchAll(namedKey)].map((match) => match[1]!));
  return [...new Set(named), `${resource.slice(0, resource.indexOf(':alias/'))}:key/${anyKey}`];
}
