import { randomBytes } from 'node:crypto';
import { compile, type ContextValue, type Decision, type DocumentSource, type Request } from '@postern/core';

/** What IAM says, and whether it was the permissions boundary that says no. */
export interface Decided extends Decision {
  readonly byBoundary?: true;
}

/** Who calls: the access key in a request names it. */
export interface SigningPrincipal {
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
  readonly decide: (request: Request) => Decided;
  /** Condition keys that its session carries, such as `aws:PrincipalTag/team`. */
  readonly context?: Readonly<Record<string, ContextValue>>;
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
  /** Its permissions boundary: what its policies give beyond it, it does not have. */
  readonly boundary?: DocumentSource | undefined;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

const allowed: Decision = { decision: 'allowed', statements: [] };

/** The principals of one sandbox, by access key. */
export interface Principals {
  /**
   * Adds a user or a role session with keys of its own.
   * @throws {DocumentError} where a policy cannot be read
   */
  add(settings: PrincipalSettings): Credentials & { readonly arn: string };
  find(accessKeyId: string): SigningPrincipal | undefined;
  /** Gives a principal a second set of keys. */
  renew(principal: SigningPrincipal): Credentials;
  /**
   * Opens a session of a role.
   * @param role what it may do; without it, what was given for its ARN, or everything
   */
  assume(
    roleArn: string,
    session: string,
    role?: Pick<PrincipalSettings, 'policies' | 'boundary' | 'context'>,
  ): Credentials & { readonly arn: string; readonly userId: string };
}

export function createPrincipals(
  place: { readonly account: string; readonly partition: string },
  roles: Readonly<Record<string, readonly DocumentSource[]>> = {},
): Principals {
  const byKey = new Map<string, SigningPrincipal>();

  function open(settings: PrincipalSettings, session: string) {
    const { name = 'ci', kind = 'role', account = place.account, policies, boundary, context } = settings;
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
    const decide = within(policies === 'everything' ? () => allowed : compile(policies), boundary, compile);
    byKey.set(credentials.accessKeyId, {
      accessKeyId: credentials.accessKeyId,
      account,
      kind,
      name,
      arn,
      principalArn,
      userId,
      decide,
      ...(context && { context }),
      decideAnywhere: within(anywhere(policies), boundary, (document) => anywhere([document])),
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
    assume(roleArn, session, role) {
      const [, , , , account, ...rest] = roleArn.split(':');
      const name = rest.join(':').replace(/^role\//, '');
      const given = role ?? { policies: roles[roleArn] ?? 'everything' };
      return open({ name, account: account ?? place.account, ...given }, session);
    },
  };
}

/**
 * What policies allow, as far as a boundary does too; a boundary gives nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function within<Asked>(
  decide: (asked: Asked) => Decision,
  boundary: DocumentSource | undefined,
  compiled: (document: DocumentSource) => (asked: Asked) => Decision,
): (asked: Asked) => Decided {
  if (boundary === undefined) return decide;
  const allows = compiled(boundary);
  return (asked) => {
    const own = decide(asked);
    if (own.decision === 'explicitDeny') return own;
    const outer = allows(asked);
    // A denial anywhere is told before what is missing elsewhere.
    if (outer.decision === 'explicitDeny') return { ...outer, byBoundary: true };
    if (own.decision !== 'allowed' || outer.decision === 'allowed') return own;
    return { ...outer, byBoundary: true };
  };
}

/** Decides with resources and conditions left out; a denial stands only where it is for everything. */
function anywhere(policies: PrincipalSettings['policies']): SigningPrincipal['decideAnywhere'] {
  if (policies === 'everything') return () => allowed;
  let decide: SigningPrincipal['decide'] | undefined;
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
