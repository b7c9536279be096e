import type { CiJob, CiEvent } from '../event.js';
import { literal, literalsOf, onlyLiteral, originsOf, pattern, settled, type Value } from '../values/value.js';
import { parseCall } from '../commands/parse-call.js';

/** Whom the calls of a job are made as. */
export interface Identity {
  /** The role that is taken on, where one is named. */
  readonly role: Value | undefined;
  /** Where the id of its access key comes from, where that has a name of its own: another key is another user. */
  readonly key?: string;
  /** By what: an OIDC token, keys, another role before, or what the runner has. */
  readonly by: 'token' | 'keys' | 'role' | 'runner';
}

const roleInputs = [
  'role-to-assume',
  'role-arn',
  'role_arn',
  'role',
  'AWS_OIDC_ROLE_ARN',
  'AWS_ROLE_ARN',
  'assumeRoleArn',
  'aws-assume-role-arn',
  'roleArn',
];
const keyInputs = [
  'aws-access-key-id',
  'aws_access_key_id',
  'AWS_ACCESS_KEY_ID',
  'access_key_id',
  'access_key',
  'aws-access-key',
  'credentials',
];

/** Steps whose only purpose is to sign in. */
const signsInBy =
  /^(uses aws-actions\/configure-aws-credentials|orb [^ ]*aws-cli\/(setup|assume-role-with-web-identity|role-arn-setup)|plugin .*aws-assume-role.*|jenkins withAWS|jenkins withCredentials|uses .*assume-aws-role.*)$/;

/** The identity of a job before its first step, from what its variables hold. */
export function firstIdentity(events: readonly CiEvent[], names: readonly string[]): Identity {
  const role = events[0]?.variables.get('AWS_ROLE_ARN');
  if (role !== undefined) return { role, by: 'token' };
  return { role: undefined, by: names.some((name) => /AWS_?(SECRET_)?ACCESS_?KEY/i.test(name)) ? 'keys' : 'runner' };
}

/** Whether a CI job signs in to AWS by what its file says: its runner may be there besides, which the file does not say. */
export function signsIn({ events, names }: CiJob): boolean {
  const first = firstIdentity(events, names);
  return first.by !== 'runner' || events.some((event) => identityBehind(event, first) !== undefined);
}

/** The identity behind an event, where the event changes it. */
export function identityBehind(event: CiEvent, before: Identity): Identity | undefined {
  if (event.kind === 'step') {
    if (!signsInBy.test(event.name)) return undefined;
    const role = firstInput(event.inputs, roleInputs);
    const keys = firstInput(event.inputs, keyInputs);
    if (role === undefined) {
      if (keys === undefined) return { role: undefined, by: before.by };
      const key = nameOfKey(keys);
      return { role: undefined, by: 'keys', ...(key !== undefined && { key }) };
    }
    return { role, by: keys === undefined && !event.name.startsWith('plugin') ? 'token' : 'role' };
  }
  const call = parseCall(event);
  const [first, second] = call?.words.map((word) => onlyLiteral(word)) ?? [];
  if (
    call?.program === 'aws' &&
    first === 'sts' &&
    (second === 'assume-role' || second === 'assume-role-with-web-identity')
  ) {
    return { role: call.flags.get('--role-arn')?.[0] ?? literal(''), by: second === 'assume-role' ? 'role' : 'token' };
  }
  if (call?.program === 'assume-role' || first === 'assume-role') return { role: call?.words.at(-1), by: 'role' };
  return undefined;
}

/** The names of what holds an access key, other than the usual one, which the environment of a job may hold as well. */
function nameOfKey(keys: Value): string | undefined {
  const names = [...originsOf(keys), ...literalsOf(keys)].filter(
    (from) => !/^(secrets|vars|env)\.AWS_ACCESS_KEY(_ID)?$|^\$AWS_ACCESS_KEY_ID$/i.test(from),
  );
  return names.length === 0 ? undefined : names.sort().join(' ');
}

/** Whether an event takes on a role from an identity that is in AWS already: what needs `sts:AssumeRole`. */
export function chainsRole(event: CiEvent): Value | undefined {
  const identity = identityBehind(event, { role: undefined, by: 'runner' });
  if (identity?.by !== 'role' || identity.role === undefined) return undefined;
  return identity.role;
}

function firstInput(inputs: ReadonlyMap<string, Value>, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = inputs.get(name);
    if (value !== undefined && value.some((text) => text.length > 0)) return value;
  }
  return undefined;
}

/** What tells one identity from another. */
export function keyOf({ role, by, key }: Identity): string {
  if (role === undefined) return by === 'runner' ? '' : key === undefined ? by : `${by} ${key}`;
  return `${settled(role).map(pattern).join(' ')} ${originsOf(role).join(' ')}`;
}
