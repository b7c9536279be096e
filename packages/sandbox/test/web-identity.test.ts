import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addIdentityProvider,
  addRole,
  createIssuer,
  createKeyPair,
  populate,
  problemsOfWorld,
  startSandbox,
  type Issuer,
  type Sandbox,
} from '../src/index.js';
import { account, query, region, send } from './http.js';
import { createClients } from './sdk-clients.js';

const host = 'token.actions.githubusercontent.com';
const url = `https://${host}`;
const provider = `arn:aws:iam::${account}:oidc-provider/${host}`;
const role = `arn:aws:iam::${account}:role/ci/deploy`;
const sub = 'repo:acme/shop:environment:production';
const honest = { sub, aud: 'sts.amazonaws.com', repository_id: '77', ref: 'refs/heads/main' };
const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: sub } },
    },
  ],
};
const allow = (Action: string, Resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

let sandbox: Sandbox;
let issuer: Issuer;
const pair = createKeyPair();

beforeAll(async () => {
  sandbox = await startSandbox();
  issuer = createIssuer(url, pair);
  addIdentityProvider(sandbox.world, { url, clientIds: ['sts.amazonaws.com', 'other'], keys: issuer.keys });
  addIdentityProvider(sandbox.world, { url: 'https://silent.example.com', clientIds: ['sts.amazonaws.com'] });
  addRole(sandbox.world, {
    name: 'deploy',
    path: '/ci/',
    trust,
    policies: [allow('s3:*', '*')],
    boundary: allow('s3:ListBucket', 'arn:aws:s3:::inside'),
    maxSessionDuration: 7200,
  });
  sandbox.world.objects.create('inside', account, region);
});
afterAll(() => sandbox.close());

interface StsAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly text: string;
}

async function assume(token: string, fields: Record<string, string> = {}, endpoint = sandbox.trustedEndpoint) {
  const request = query('AssumeRoleWithWebIdentity', {
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: 'run',
    WebIdentityToken: token,
    ...fields,
  });
  const { method, headers, body } = request;
  const response = await fetch(endpoint, {
    method: method ?? 'POST',
    headers: headers ?? {},
    body: String(body),
  });
  const text = await response.text();
  const of = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const answer: StsAnswer = { status: response.status, code: of('Code'), message: of('Message'), text };
  return answer;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

/** The token with other claims under the signature of the old ones. */
function tampered(claims: object): string {
  const [head, , signature] = issuer.sign(honest).split('.');
  const made = { iss: url, iat: now(), exp: now() + 300, ...claims };
  return `${head}.${part(made)}.${signature}`;
}

/** A token that the public key signs as if it were a secret. */
function signedByThePublicKey(): string {
  const [head] = issuer.sign(honest).split('.');
  const { kid } = JSON.parse(Buffer.from(head!, 'base64url').toString()) as { kid: string };
  const text = `${part({ alg: 'HS256', kid })}.${part({ iss: url, iat: now(), exp: now() + 300, ...honest })}`;
  const secret = pair.publicKey.export({ format: 'pem', type: 'spki' });
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const unsigned = (alg: string, signature = '') =>
  `${part({ alg })}.${part({ iss: url, iat: now(), exp: now() + 300, ...honest })}.${signature}`;

describe('AssumeRoleWithWebIdentity with a role that the world knows', () => {
  test('lets an honest token in, and says what AWS says', async () => {
    const { status, text } = await assume(issuer.sign(honest));
    expect(status).toBe(200);
    expect(text).toContain(`<SubjectFromWebIdentityToken>${sub}</SubjectFromWebIdentityToken>`);
    expect(text).toContain(`<Provider>${provider}</Provider>`);
    expect(text).toContain('<Audience>sts.amazonaws.com</Audience>');
    expect(text).toContain(`assumed-role/deploy/run</Arn>`);
  });

  const other = createKeyPair();
  const hostile: [name: string, token: () => string, status: number, code: string, message: RegExp][] = [
    [
      'another branch',
      () => issuer.sign({ ...honest, sub: 'repo:acme/shop:ref:refs/heads/evil' }),
      403,
      'AccessDenied',
      /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
    ],
    [
      'another repository',
      () => issuer.sign({ ...honest, sub: sub.replace('shop', 'shop2') }),
      403,
      'AccessDenied',
      /^Not/,
    ],
    [
      'an audience that the provider does not list',
      () => issuer.sign({ ...honest, aud: 'evil' }),
      400,
      'InvalidIdentityToken',
      /^Incorrect token audience$/,
    ],
    [
      'an audience that the policy does not want',
      () => issuer.sign({ ...honest, aud: 'other' }),
      403,
      'AccessDenied',
      /^Not/,
    ],
    [
      'an authorized party that is none of the audiences',
      () => issuer.sign({ ...honest, azp: 'evil' }),
      400,
      'InvalidIdentityToken',
      /^Incorrect token audience$/,
    ],
    [
      'one that has expired',
      () => issuer.sign({ ...honest, exp: now() - 1 }),
      400,
      'ExpiredTokenException',
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    ],
    [
      'another issuer',
      () => createIssuer('https://evil.example.com', pair).sign(honest),
      400,
      'InvalidIdentityToken',
      /^No OpenIDConnect provider found in your account for https:\/\/evil\.example\.com$/,
    ],
    [
      'an issuer with a slash more',
      () => issuer.sign({ ...honest, iss: `${url}/` }),
      400,
      'InvalidIdentityToken',
      /^No OpenIDConnect provider found/,
    ],
    [
      'an issuer that nobody answers for',
      () => issuer.sign({ ...honest, iss: 'https://silent.example.com' }),
      400,
      'InvalidIdentityToken',
      /^Couldn&apos;t retrieve verification key|^Couldn't retrieve verification key/,
    ],
    [
      'a key that the provider does not have',
      () => createIssuer(url, other).sign(honest),
      400,
      'InvalidIdentityToken',
      /retrieve verification key/,
    ],
    [
      'other claims under an old signature',
      () => tampered({ ...honest, sub: `${sub}x` }),
      400,
      'InvalidIdentityToken',
      /validated/,
    ],
    ['honest claims under the signature of others', () => tampered(honest), 400, 'InvalidIdentityToken', /validated/],
    ['no signature', () => unsigned('none'), 400, 'InvalidIdentityToken', /not a valid JWT/],
    ['no signature, in other letters', () => unsigned('NoNe', 'x'), 400, 'InvalidIdentityToken', /not a valid JWT/],
    ['an empty signature', () => unsigned('RS256'), 400, 'InvalidIdentityToken', /not a valid JWT/],
    ['the public key as a secret', signedByThePublicKey, 400, 'InvalidIdentityToken', /not a valid JWT/],
    [
      'an algorithm named like a property',
      () => unsigned('constructor', 'x'),
      400,
      'InvalidIdentityToken',
      /not a valid JWT/,
    ],
    ['no JWT', () => 'hello', 400, 'InvalidIdentityToken', /not a valid JWT/],
    ['no subject', () => issuer.sign({ ...honest, sub: undefined }), 400, 'InvalidIdentityToken', /claim: sub/],
    ['no expiry', () => issuer.sign({ ...honest, exp: undefined }), 400, 'InvalidIdentityToken', /claim: exp/],
    [
      'an expiry that is a text',
      () => issuer.sign({ ...honest, exp: '9999999999' }),
      400,
      'InvalidIdentityToken',
      /validated/,
    ],
    [
      '1 MB',
      () => issuer.sign({ ...honest, more: 'x'.repeat(2 ** 20) }),
      400,
      'ValidationError',
      /less than or equal to 20000/,
    ],
    [
      'other roles that it is for',
      () => issuer.sign({ ...honest, 'https://aws.amazon.com/roles': [`${role}2`] }),
      400,
      'InvalidIdentityToken',
      /^The target role ARN is not present in the roles claim$/,
    ],
    [
      'session tags that the policy does not let it have',
      () => issuer.sign({ ...honest, 'https://aws.amazon.com/tags': { principal_tags: { team: ['a'] } } }),
      403,
      'AccessDenied',
      /^Not/,
    ],
  ];

  test.each(hostile)('refuses a token with %s', async (_, token, status, code, message) => {
    const answer = await assume(token());
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
    expect(answer.message).toMatch(message);
    expect(answer.text).not.toContain('SecretAccessKey');
  });

  test('keys of elliptic curves sign too, and each algorithm with keys of its own kind alone', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const own = 'https://curves.example.com';
    const federated = `arn:aws:iam::${account}:oidc-provider/curves.example.com`;
    const statement = { ...trust.Statement[0], Principal: { Federated: federated }, Condition: {} };
    addRole(sandbox.world, { name: 'curves', trust: { Version: '2012-10-17', Statement: [statement] } });
    addIdentityProvider(sandbox.world, {
      url: own,
      clientIds: ['sts.amazonaws.com'],
      keys: [
        { ...publicKey.export({ format: 'jwk' }), kid: 'c' },
        { ...pair.publicKey.export({ format: 'jwk' }), kid: 'r' },
      ],
    });
    const RoleArn = `arn:aws:iam::${account}:role/curves`;
    const body = part({ iss: own, iat: now(), exp: now() + 300, ...honest });
    const signed = (alg: string, kid: string, key: KeyObject) => {
      const text = `${part({ alg, kid })}.${body}`;
      const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
      return assume(`${text}.${signature.toString('base64url')}`, { RoleArn });
    };
    expect((await signed('ES256', 'c', privateKey)).status).toBe(200);
    expect((await signed('RS256', 'r', pair.privateKey)).status).toBe(200);
    expect((await signed('ES256', 'r', pair.privateKey)).message).toContain('verification key');
    expect((await signed('RS256', 'c', privateKey)).message).toContain('verification key');
  });

  test('a list of audiences is enough where one of them is listed', async () => {
    // AWS does not say how a plain operator compares several audiences, so the policy here does not ask.
    addRole(sandbox.world, {
      name: 'audiences',
      trust: {
        Version: '2012-10-17',
        Statement: [{ ...trust.Statement[0], Condition: { StringEquals: { [`${host}:sub`]: sub } } }],
      },
    });
    const RoleArn = `arn:aws:iam::${account}:role/audiences`;
    const token = issuer.sign({ ...honest, aud: ['elsewhere', 'other'] });
    expect((await assume(token, { RoleArn })).status).toBe(200);
  });

  test('a role that is not there is refused as one that trusts nobody', async () => {
    const answer = await assume(issuer.sign(honest), { RoleArn: `arn:aws:iam::${account}:role/none` });
    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  test('a session is no longer than the role has it', async () => {
    expect((await assume(issuer.sign(honest), { DurationSeconds: '7200' })).status).toBe(200);
    const answer = await assume(issuer.sign(honest), { DurationSeconds: '7201' });
    expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
    expect(answer.message).toContain('MaxSessionDuration');
    expect((await assume(issuer.sign(honest), { DurationSeconds: '899' })).code).toBe('ValidationError');
  });

  test('nobody else on the machine gets a session, though the token is honest', async () => {
    expect((await assume(issuer.sign(honest), {}, sandbox.endpoint)).status).toBe(403);
  });

  test('the session acts within the policies and the boundary of the role', async () => {
    const { text } = await assume(issuer.sign(honest));
    const key = /<AccessKeyId>([^<]+)/.exec(text)![1]!;
    expect((await send(sandbox, key, 's3', { path: '/inside?list-type=2' })).status).toBe(200);
    const refused = await send(sandbox, key, 's3', { path: '/outside?list-type=2' });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('because no permissions boundary allows the s3:ListBucket action');
    const unallowed = await send(sandbox, key, 'sts', query('AssumeRole', { RoleArn: role, RoleSessionName: 'again' }));
    expect(await unallowed.text()).toContain('because no identity-based policy allows the sts:AssumeRole action');
  });

  test('session tags and the source identity go on into the session', async () => {
    const name = 'tagged';
    addRole(sandbox.world, {
      name,
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            ...trust.Statement[0],
            Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'],
          },
        ],
      },
      policies: [allow('s3:ListBucket', 'arn:aws:s3:::${aws:PrincipalTag/bucket}')],
    });
    const token = issuer.sign({
      ...honest,
      'https://aws.amazon.com/tags': { principal_tags: { bucket: ['inside'] } },
      'https://aws.amazon.com/source_identity': 'me',
    });
    const { text } = await assume(token, { RoleArn: `arn:aws:iam::${account}:role/${name}` });
    expect(text).toContain('<SourceIdentity>me</SourceIdentity>');
    const key = /<AccessKeyId>([^<]+)/.exec(text)![1]!;
    expect((await send(sandbox, key, 's3', { path: '/inside?list-type=2' })).status).toBe(200);
    expect((await send(sandbox, key, 's3', { path: '/other?list-type=2' })).status).toBe(403);
  });
});

describe('AssumeRole with a role that the world knows', () => {
  const vendor = `arn:aws:iam::${account}:role/vendor`;
  const caller = (name: string, kind: 'user' | 'role' = 'role') =>
    sandbox.principals.add({ name, kind, policies: [allow('sts:*', '*')] });

  beforeAll(() => {
    addRole(sandbox.world, {
      name: 'vendor',
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:role/partner` },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': 'acme-7' } },
          },
        ],
      },
      policies: [allow('s3:ListBucket', 'arn:aws:s3:::inside')],
    });
  });

  const ask = async (key: string, fields: Record<string, string>) => {
    const request = query('AssumeRole', { RoleArn: vendor, RoleSessionName: 'run', ...fields });
    const response = await send(sandbox, key, 'sts', request);
    return { status: response.status, text: await response.text() };
  };

  test('lets the partner in with the external id, and no one else', async () => {
    const partner = caller('partner').accessKeyId;
    expect((await ask(partner, { ExternalId: 'acme-7' })).status).toBe(200);
    for (const fields of [{}, { ExternalId: 'acme-8' }, { ExternalId: 'acme-7', SourceIdentity: 'me' }] as const) {
      const { status, text } = await ask(partner, fields);
      expect(status).toBe(403);
      expect(text).toContain(`is not authorized to perform: sts:AssumeRole on resource: ${vendor}`);
    }
    const none = await ask(partner, { RoleArn: `arn:aws:iam::${account}:role/none`, ExternalId: 'acme-7' });
    expect(none.status).toBe(403);
    expect((await ask(caller('stranger').accessKeyId, { ExternalId: 'acme-7' })).status).toBe(403);
  });

  test('through the SDK, and the session acts as the role', async () => {
    const clients = createClients(sandbox.endpoint, caller('partner'), region);
    const { Credentials } = await clients.call('STS', 'AssumeRole', {
      RoleArn: vendor,
      RoleSessionName: 'run',
      ExternalId: 'acme-7',
    });
    const { AccessKeyId } = Credentials as { AccessKeyId: string };
    expect((await send(sandbox, AccessKeyId, 's3', { path: '/inside?list-type=2' })).status).toBe(200);
    const failure = await clients
      .call('STS', 'AssumeRole', { RoleArn: vendor, RoleSessionName: 'run' })
      .catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'AccessDenied' });
    await clients.close();
  });
});

describe('a world file', () => {
  const { keys } = createIssuer(url, pair);
  const world = {
    identityProviders: [{ url, clientIds: ['sts.amazonaws.com'], keys }],
    roles: [{ name: 'ci', trust, policies: [allow('s3:*', '*')], boundary: JSON.stringify(allow('s3:*', '*')) }],
  };

  test('holds providers and roles', async () => {
    expect(problemsOfWorld(world)).toEqual([]);
    const own = await startSandbox();
    await populate(own.world, world);
    const answer = await assume(
      issuer.sign(honest),
      { RoleArn: `arn:aws:iam::${account}:role/ci` },
      own.trustedEndpoint,
    );
    // The issuer's key has another name in this world.
    expect(answer.message).toContain('verification key');
    const again = createIssuer(url, pair);
    await populate(own.world, { identityProviders: [{ url, clientIds: ['sts.amazonaws.com'], keys: again.keys }] });
    const RoleArn = `arn:aws:iam::${account}:role/ci`;
    expect((await assume(again.sign(honest), { RoleArn }, own.trustedEndpoint)).status).toBe(200);
    const reader = own.principals.add({ policies: 'everything' });
    const shown = await (await send(own, reader.accessKeyId, 'iam', query('GetRole', { RoleName: 'ci' }))).text();
    expect(decodeURIComponent(shown)).toContain('AssumeRoleWithWebIdentity');
    await own.close();
  });

  test.each([
    ['a trust policy without a principal', { roles: [{ name: 'ci', trust: allow('s3:*', '*') }] }, 'roles[0].trust'],
    ['permissions with one', { roles: [{ name: 'ci', trust, policies: [trust] }] }, 'roles[0].policies[0]'],
    ['no trust policy', { roles: [{ name: 'ci' }] }, 'roles[0].trust: missing'],
    ['a list for a document', { roles: [{ name: 'ci', trust: [] }] }, 'a policy document'],
    ['an issuer without https', { identityProviders: [{ url: host }] }, 'a URL with https'],
    ['a key that is none', { identityProviders: [{ url, keys: [{ kty: 'RSA' }] }] }, 'no JSON Web Key'],
    ['a provider twice', { identityProviders: [{ url }, { url }] }, 'is there twice'],
  ])('is told what is wrong: %s', (_, described, says) => {
    const problems = problemsOfWorld(described);
    expect(problems.join('\n')).toContain(says);
  });
});
