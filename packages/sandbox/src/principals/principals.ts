import { randomBytes } from 'node:crypto';
import { compile, type Decision, type DocumentSource, type Request } from '@postern/core';

/** Who calls: the access key in a request names it. */
export interface Principal {
  readonly accessKeyId: string;
  readonly account: string;
  readonly kind: 'user' | 'role';
  /** The user's or role's name. */
  readonly name: string;
  /** As error messages show it: for a role, the session's ARN. */
  readonly arn: string;
  /** The key `aws:PrincipalArn`: for a role, the role's ARN. */
  readonly principalArn: string;
  readonly userId: string;
  readonly decide: (request: Request) => Decision;
  /** Whether an action is allowed for some resource under some condition, or for none whatever. */
  readonly decideAnywhere: (action: string) => Decision;
  /** Its policies as texts; none where it may do everything. */
  readonly policies: readonly string[];
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

export interface PrincipalSettings {
  readonly name?: string;
  readonly kind?: 'user' | 'role';
  readonly account?: string;
  /** Its identity policies; `everything` allows any request, to see what a job asks for. */
  readonly policies: readonly DocumentSource[] | 'everything';
}

const allowed: Decision = { decision: 'allowed', statements: [] };

/** The principals of one sandbox, by access key. */
export interface Principals {
  /**
   * Adds a user or a role session with keys of its own.
   * @throws {DocumentError} where a policy cannot be read
   */
  add(settings: PrincipalSettings): Credentials & { readonly arn: string };
  find(accessKeyId: string): Principal | undefined;
  /** Gives a principal a second set of keys. */
  renew(principal: Principal): Credentials;
  /** Opens a session of a role, whose policies are those given for it, or none that refuses anything. */
  assume(roleArn: string, session: string): Credentials & { readonly arn: string; readonly userId: string };
}

export function createPrincipals(
  place: { readonly account: string; readonly partition: string },
  roles: Readonly<Record<string, readonly DocumentSource[]>> = {},
): Principals {
  const byKey = new Map<string, Principal>();

  function open(settings: PrincipalSettings, session: string) {
    const { name = 'ci', kind = 'role', account = place.account, policies } = settings;
    const credentials: Credentials = {
      accessKeyId: `${kind === 'role' ? 'ASIA' : 'AKIA'}${randomName(16)}`,
      secretAccessKey: newSecret(),
      sessionToken: kind === 'role' ? newToken() : undefined,
    };
    const principalArn = `arn:${place.partition}:iam::${account}:${kind}/${name}`;
    const shortName = name.slice(name.lastIndexOf('/') + 1);
    const arn =
      kind === 'user' ? principalArn : `arn:${place.partition}:sts::${account}:assumed-role/${shortName}/${session}`;
    const id = `${kind === 'role' ? 'AROA' : 'AIDA'}POSTERNSANDBOX`;
    const userId = kind === 'role' ? `${id}:${session}` : id;
    const decide = policies === 'everything' ? () => allowed : compile(policies);
    byKey.set(credentials.accessKeyId, {
      accessKeyId: credentials.accessKeyId,
      account,
      kind,
      name,
      arn,
      principalArn,
      userId,
      decide,
      decideAnywhere: anywhere(policies),
      policies: policies === 'everything' ? [] : policies.map(textOf),
    });
    return { ...credentials, arn, userId };
  }

  return {
    add: (settings) => open(settings, 'ci'),
    find: (accessKeyId) => byKey.get(accessKeyId),
    renew(principal) {
      const accessKeyId = `ASIA${randomName(16)}`;
      byKey.set(accessKeyId, { ...principal, accessKeyId });
      return { accessKeyId, secretAccessKey: newSecret(), sessionToken: newToken() };
    },
    assume(roleArn, session) {
      const [, , , , account, ...rest] = roleArn.split(':');
      const name = rest.join(':').replace(/^role\//, '');
      return open({ name, account: account ?? place.account, policies: roles[roleArn] ?? 'everything' }, session);
    },
  };
}

/** Decides with resources and conditions left out; a denial stands only where it is for everything. */
function anywhere(policies: PrincipalSettings['policies']): Principal['decideAnywhere'] {
  if (policies === 'everything') return () => allowed;
  let decide: Principal['decide'] | undefined;
  return (action) => {
    decide ??= compile(policies.map((policy) => widened(textOf(policy))));
    return decide({ action, resource: '*', context: {} });
  };
}

function widened(policy: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement?: unknown };
  const statements = ([Statement ?? []].flat() as Readonly<Record<string, unknown>>[]).flatMap(
    ({ Resource, NotResource: _, Condition, ...statement }) =>
      statement['Effect'] === 'Allow' || (Condition === undefined && [Resource].flat().includes('*'))
        ? [{ ...statement, Resource: '*' }]
        : [],
  );
  return JSON.stringify({ ...rest, Statement: statements });
}

const textOf = (policy: DocumentSource) => (typeof policy === 'string' ? policy : JSON.stringify(policy));

const newSecret = () => randomBytes(30).toString('base64');
const newToken = () => randomBytes(48).toString('base64');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function randomName(length: number): string {
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');
}
