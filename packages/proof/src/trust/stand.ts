import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { boundary, build, type Caller, type ContextValue, type PolicyDocument } from '@postern/core';
import {
  addIdentityProvider,
  addRole,
  createIssuer,
  populate,
  startSandbox,
  type CertificateAuthority,
  type Issuer,
  type KeyPair,
  type Sandbox,
} from '@postern/sandbox';
import { jobOfTrusts } from './job.js';
import { askingOf, placeOf, type AnyTrustSample, type TrustAsking } from './sample.js';
import type { Sdk, SdkAnswer } from './sdk.js';

/** The secret that the role may read, and the one that its policies give and its boundary does not. */
export const secrets = { own: 'shop/token', other: 'other/token' } as const;

/** A sandbox with the account of a sample: its providers, one secret that the role may read, and roles as they are asked for. */
export interface Stand {
  readonly sandbox: Sandbox;
  /** Whether a client can ask it at all: nobody outside of AWS speaks for one of its services. */
  canAsk(asking: TrustAsking): boolean;
  /** The ARN of a role with a trust policy, and the job's permissions within their boundary; a role nobody can be let into is not there. */
  role(trust: PolicyDocument): string;
  /**
   * Signs the claims of a token as their issuer would.
   * @param seconds how long it is good for from now on; less than none where it has expired
   */
  sign(claims: Readonly<Record<string, unknown>>, seconds?: number): string;
  /** Has the SDK ask for a session, and read a secret with it where one is named. */
  ask(role: string, asking: TrustAsking, secret?: string): Promise<SdkAnswer>;
  /** The same with a token as it is. */
  show(role: string, token: string): Promise<SdkAnswer>;
  /** What a job is given that has a role and a token. */
  environment(role: string, token: string): Record<string, string>;
  close(): Promise<void>;
}

const session = 'job-1';

/** What a caller's request says of itself, and what of who it is. */
const ofCaller = /^aws:(Principal|Federated)/i;
const known: Readonly<Record<string, string>> = {
  'sts:ExternalId': 'ExternalId',
  'sts:RoleSessionName': 'RoleSessionName',
  'sts:SourceIdentity': 'SourceIdentity',
};

/** Opens the account of a sample. */
export async function openStand(
  sample: AnyTrustSample,
  { folder, pair, authority, sdk }: { folder: string; pair: KeyPair; authority: CertificateAuthority; sdk: Sdk },
): Promise<Stand> {
  const { account, region, partition } = placeOf(sample);
  const sandbox = await startSandbox({ place: { account, region }, authority });
  const { world } = sandbox;
  await populate(world, {
    secrets: [
      { name: secrets.own, value: 'own' },
      { name: secrets.other, value: 'other' },
    ],
  });
  const cases = [...sample.honest, ...sample.hostile, ...(sample.alike ?? [])];
  const claims = cases.map((one) => askingOf(sample, one)).flatMap((one) => ('claims' in one ? [one.claims] : []));
  // Every issuer and every audience of the cases is known to the account, so that the policy alone decides.
  const issuers = new Map<string, Issuer>();
  const clientIds = [...new Set(claims.flatMap(({ aud, azp }) => [azp ?? aud].flat().map(String)))];
  for (const url of new Set(claims.map(({ iss }) => String(iss)))) {
    const issuer = createIssuer(url, pair);
    issuers.set(url, issuer);
    addIdentityProvider(world, { url, clientIds, keys: issuer.keys });
  }
  const job = { secrets: [secrets.own], account, region };
  const permissions = build(jobOfTrusts, job);
  const wider = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
  };
  const fence = boundary(jobOfTrusts, job);
  const roles = new Map<string, string>();
  let tokens = 0;

  const role: Stand['role'] = (trust) => {
    const text = JSON.stringify(trust);
    const found = roles.get(text);
    if (found !== undefined) return found;
    const name = `role-${roles.size}`;
    const arn =
      trust.Statement.length === 0
        ? `arn:${partition}:iam::${account}:role/${name}`
        : addRole(world, { name, trust, policies: [permissions, wider], boundary: fence }).arn;
    roles.set(text, arn);
    return arn;
  };
  const sign: Stand['sign'] = (of, seconds = 300) => {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    return issuers.get(String(of['iss']))!.sign({ ...of, iat: exp - 300, nbf: exp - 300, exp });
  };
  const usual = {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  const environment: Stand['environment'] = (arn, token) => {
    const file = join(folder, `token-${sandbox.endpoint.split(':').pop()}-${(tokens += 1)}`);
    writeFileSync(file, token, { mode: 0o600 });
    // The AWS CLI keeps what it got for a role and a session, whatever token is shown next.
    const name = `${session}-${tokens}`;
    return { ...usual, AWS_ROLE_ARN: arn, AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_SESSION_NAME: name };
  };
  const show = (arn: string, token: string, secret?: string): Promise<SdkAnswer> =>
    sdk.ask({
      environment: { ...environment(arn, token), AWS_ENDPOINT_URL: sandbox.trustedEndpoint },
      ...(secret !== undefined && { secret }),
    });

  const askAsCaller = (
    arn: string,
    { principal, context, actions }: Exclude<TrustAsking, { readonly claims: unknown }>,
  ): Promise<SdkAnswer> => {
    const about = callerOf(principal)!;
    const policies = [
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] },
    ] as const;
    const own = Object.fromEntries(Object.entries(context).filter(([key]) => ofCaller.test(key)));
    const keys = sandbox.principals.add({ ...about, policies, context: own });
    return sdk.ask({
      environment: {
        ...usual,
        AWS_ENDPOINT_URL: sandbox.endpoint,
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        ...(keys.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken }),
      },
      assume: inputOf(arn, context, actions),
    });
  };

  return {
    sandbox,
    canAsk: (asking) =>
      'claims' in asking ||
      (callerOf(asking.principal) !== undefined &&
        asking.actions.includes('sts:AssumeRole') &&
        Object.keys(asking.context).every((key) => ofCaller.test(key) || Object.hasOwn(known, key))),
    role,
    sign,
    show,
    ask: (arn, asking, secret) =>
      'claims' in asking ? show(arn, sign(asking.claims), secret) : askAsCaller(arn, asking),
    environment,
    close: () => sandbox.close(),
  };
}

/** Who has keys: a user or a session of a role. */
function callerOf(principal: Caller): { kind: 'user' | 'role'; name: string; account: string } | undefined {
  if (typeof principal === 'string' || !('AWS' in principal)) return undefined;
  const [, account, kind, name] =
    /^arn:[^:]+:(?:iam|sts)::(\d{12}):(user|assumed-role)\/(.+)$/.exec(principal.AWS) ?? [];
  if (account === undefined || name === undefined) return undefined;
  return kind === 'user' ? { kind, name, account } : { kind: 'role', name: name.split('/')[0]!, account };
}

/** The input of AssumeRole that has the keys of a request. */
function inputOf(
  arn: string,
  context: Readonly<Record<string, ContextValue>>,
  actions: readonly string[],
): Record<string, unknown> {
  const given = Object.entries(context).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? [[known[key]!, value] as const] : [],
  );
  return {
    RoleArn: arn,
    RoleSessionName: session,
    ...(actions.includes('sts:TagSession') && { Tags: [{ Key: 'team', Value: 'shop' }] }),
    ...(actions.includes('sts:SetSourceIdentity') && { SourceIdentity: 'mfontaine' }),
    ...Object.fromEntries(given),
  };
}
