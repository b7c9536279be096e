import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

type Json = Record<string, unknown>;

const folder = mkdtempSync(join(tmpdir(), 'postern-assume-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: unknown): string {
  const path = join(folder, `${(files += 1)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const host = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111122223333:oidc-provider/${host}`;
const main = 'repo:acme/shop:ref:refs/heads/main';

function trust(condition: Json, more: Json = {}): Json {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  };
  return { Version: '2012-10-17', Statement: [{ ...statement, ...more }] };
}

function sub(wanted: unknown, operator = 'StringEquals'): Json {
  return trust({
    StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
    ...(operator === 'StringEquals'
      ? { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: wanted } }
      : { [operator]: { [`${host}:sub`]: wanted } }),
  });
}

function claims(more: Json = {}): Json {
  return {
    iss: `https://${host}`,
    aud: 'sts.amazonaws.com',
    sub: main,
    repository: 'acme/shop',
    event_name: 'push',
    ...more,
  };
}

async function ask(policy: unknown, token: unknown, ...flags: string[]) {
  return postern(['assume', '--policy', file(policy), '--token', file(token), ...flags]);
}

const ids = 'repo:acme@41/shop@77:ref:refs/heads/main';

describe('each cause has an answer of its own', () => {
  const table: [cause: string, policy: Json, token: Json, says: string[]][] = [
    [
      '1: the subject has ids',
      sub(main),
      claims({ sub: ids }),
      ['with ids (immutable)', ids, 'no wildcard in the place of the ids'],
    ],
    ['1: the policy has ids', sub(ids), claims(), ['by names (legacy) and the policy with ids']],
    ['2: environment', sub(main), claims({ sub: 'repo:acme/shop:environment:prod' }), ['the job names an environment']],
    ['2: no environment', sub('repo:acme/shop:environment:prod'), claims(), ['the job names no environment']],
    ['3: wildcard', sub('repo:acme/shop:*'), claims(), ['under `StringEquals` it is plain text', '`StringLike`']],
    ['4: letter case', sub(main), claims({ sub: main.replace('acme', 'Acme') }), ['differ only in letter case']],
    [
      '5: pull request',
      sub(main),
      claims({ sub: 'repo:acme/shop:pull_request' }),
      ['of a pull request', 'can only read'],
    ],
    [
      '6: audience',
      sub(main),
      claims({ aud: 'https://github.com/acme' }),
      ['wants the audience `sts.amazonaws.com`', 'client ids'],
    ],
    [
      '6: the authorized party counts',
      sub(main),
      claims({ azp: 'client' }),
      ['the token has `client` in `azp`, which counts before its `aud`'],
    ],
    [
      '7: no key',
      trust({ StringEquals: { [`${host}:sub`]: main, [`${host}:event_name`]: 'push' } }),
      claims(),
      ['`event_name` is in the token, and AWS makes no condition key of it'],
    ],
    ['8: slug', sub(main), claims({ iss: `https://${host}/acme` }), ['only one of the two has it', 'is for']],
    ['8: slash', sub(main), claims({ iss: `https://${host}/` }), ['ends in a slash']],
    [
      '8: scheme',
      trust({}, { Principal: { Federated: provider.replace(host, `https://${host}`) } }),
      claims(),
      ['has no scheme'],
    ],
    ['8: host alone', trust({}, { Principal: { Federated: host } }), claims(), ['a host alone']],
    [
      '9: template',
      sub(main),
      claims({ sub: 'repository_owner:acme:repository_visibility:private' }),
      ['is customised'],
    ],
    [
      '10: branch',
      sub(main),
      claims({ sub: 'repo:acme/shop:ref:refs/heads/dev' }),
      ['the first part that differs', 'refs/heads/dev'],
    ],
    ['10: repository', sub(main), claims({ sub: 'repo:acme/store:ref:refs/heads/main' }), ['`repo` is the first part']],
    [
      '10: a tag named as a branch is none',
      sub(main),
      claims({ sub: 'repo:acme/shop:ref:refs/tags/main' }),
      ['`ref` is the first part that differs', 'refs/tags/main'],
    ],
    ['10: no context in the policy', sub('repo:acme/shop'), claims(), ["behind the end of the policy's"]],
    [
      '10: merge requests of GitLab',
      trust(
        { StringLike: { 'gitlab.com:sub': 'project_path:acme/shop:ref_type:mr:ref:*' } },
        { Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' } },
      ),
      { iss: 'https://gitlab.com', aud: 'x', sub: 'project_path:acme/shop:ref_type:branch:ref:main' },
      ['no token of GitLab has `ref_type:mr`', 'the branch'],
    ],
    [
      '11: action',
      trust({}, { Action: 'sts:AssumeRole' }),
      claims(),
      ['no statement for this provider allows `sts:AssumeRoleWithWebIdentity`'],
    ],
    [
      '12: no web identity',
      trust({}, { Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }),
      claims(),
      ['AssumeRole', 'not with a token'],
    ],
    [
      '13: session tags',
      sub(main),
      claims({ 'https://aws.amazon.com/tags': { principal_tags: { team: ['a'] } } }),
      ['session tags `team`', '`sts:TagSession`'],
    ],
    ['14: audience under sub', sub('sts.amazonaws.com'), claims(), ['tested for an audience']],
    [
      '14: key of another issuer',
      trust({ StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/A:sub': main } }),
      claims(),
      ['is a key of `oidc.eks.eu-west-1.amazonaws.com/id/A`'],
    ],
  ];
  test.each(table)('%s', async (_, policy, token, says) => {
    const { code, stdout } = await ask(policy, token, '--json');
    expect(code).toBe(1);
    const answer = JSON.parse(stdout) as Json;
    expect(Object.keys(answer)).toEqual(['allowed', 'failed', 'reason']);
    expect(answer['allowed']).toBe(false);
    expect(answer['failed']).not.toEqual([]);
    for (const text of says) expect(answer['reason']).toContain(text);
    expect((await ask(policy, token)).stdout).toContain('Not let in.');
  });

  test('15: let in, with what else can refuse it', async () => {
    const { code, stdout } = await ask(sub(main), claims());
    expect(code).toBe(0);
    expect(stdout).toContain('Let in: the trust policy lets the token in, by `Statement[0]`.');
    for (const text of [
      'client ids',
      'AssumeRole with the credentials',
      'maximum session duration',
      'take some seconds',
    ]) {
      expect(stdout).toContain(text);
    }
    const { stdout: json } = await ask(sub(main), claims(), '--json');
    expect(JSON.parse(json)).toMatchObject({ allowed: true, failed: [] });
  });

  test('a condition is told with what it wants and what the token has', async () => {
    const { stdout } = await ask(sub(main), claims({ sub: ids }), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      failed: [{ statement: 0, operator: 'StringEquals', key: `${host}:sub`, wanted: [main], found: ids }],
    });
  });

  test('the change names the value, and who else gets in by it', async () => {
    const { stdout } = await ask(sub(main), claims({ sub: 'repo:acme/shop:environment:prod' }));
    expect(stdout).toContain(`add \`repo:acme/shop:environment:prod\` to the values of \`${host}:sub\``);
    expect(stdout).toContain('every job of `acme/shop` that names the environment `prod`');
    expect(stdout).not.toContain('*');
  });
});

describe('what is said besides', () => {
  test('the client ids of the provider', async () => {
    const { code, stdout } = await ask(sub(main), claims(), '--client-id', 'vault');
    expect(code).toBe(1);
    expect(stdout).toContain('Incorrect token audience');
  });

  test('the roles that a token names', async () => {
    const token = claims({ 'https://aws.amazon.com/roles': ['arn:aws:iam::111122223333:role/other'] });
    const { code, stdout } = await ask(sub(main), token, '--role-arn', 'arn:aws:iam::111122223333:role/ci');
    expect(code).toBe(1);
    expect(stdout).toContain('names other roles');
  });

  test('the account of the role', async () => {
    const { code, stdout } = await ask(sub(main), claims(), '--role-arn', 'arn:aws:iam::444455556666:role/ci');
    expect(code).toBe(1);
    expect(stdout).toContain('in another account');
  });

  test('keys of the request', async () => {
    const policy = trust({ StringEquals: { [`${host}:sub`]: main }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } });
    expect((await ask(policy, claims())).stdout).toContain('`aws:SourceIp` is nothing that a token says');
    expect((await ask(policy, claims(), '--context', 'aws:SourceIp=203.0.113.7')).code).toBe(0);
  });

  test('the issuer, where the claims have none', async () => {
    const { iss, ...rest } = claims();
    expect((await ask(sub(main), rest)).code).toBe(2);
    expect((await ask(sub(main), rest, '--issuer', String(iss))).code).toBe(0);
  });

  test('a JWT from standard input, which is never printed', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'RS256' })}.${part(claims({ jti: 'sécret' }))}.c2lnbmF0dXJl`;
    const run = await postern(['assume', '--policy', file(sub(main)), '--token', '-'], { stdin: `${jwt}\r\n` });
    expect(run.code).toBe(0);
    expect(run.stdout + run.stderr).not.toContain(jwt.slice(0, 20));
  });

  test('a trust policy that names a resource, which IAM does not take', async () => {
    expect((await ask(trust({ StringEquals: { [`${host}:sub`]: main } }, { Resource: '*' }), claims())).code).toBe(0);
  });

  test('what `aws iam get-role` prints', async () => {
    expect(
      (await ask({ Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(sub(main))) } }, claims())).code,
    ).toBe(0);
  });
});

describe('bad input is one sentence, and the exit is 2', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = `${part({ alg: 'RS256' })}.${part(claims())}.x`;
  const table: [what: string, token: unknown, says: RegExp][] = [
    ['1 MB', `a.${'b'.repeat(1024 * 1024 - 4)}.c`, /more than 20,000 characters/],
    ['more than 1 MB', `a.${'b'.repeat(1024 * 1024)}.c`, /is larger than 1 MiB/],
    ['alg none', `${part({ alg: 'none' })}.${part(claims())}.`, /`alg` `none`, so nobody signed it/],
    ['no alg', `${part({})}.${part(claims())}.`, /no `alg`/],
    ['no dots', 'abcdef', /has no dots/],
    ['two parts', 'abc.def', /has 2 parts/],
    ['encrypted', 'a.b.c.d.e', /is encrypted/],
    ['no base64', '%%.b.c', /header of the token is not base64url/],
    ['no JSON', `${part({ alg: 'RS256' })}.${Buffer.from('nope').toString('base64url')}.x`, /cannot be read/],
    ['a list', [1, 2], /are no JSON object/],
    ['a subject that is a list', claims({ sub: ['a', 'b'] }), /the claim `sub` is a list/],
    ['a subject that is an object', claims({ sub: { a: 1 } }), /the claim `sub` is an object/],
    ['an audience of objects', claims({ aud: [{}] }), /`aud` is neither a text nor a list of texts/],
    ['a claim of a condition key that is a list', claims({ ref: ['a', 'b'] }), /the claim `ref` is a list/],
    ['a claim of a condition key that is an object', claims({ repository: { a: 1 } }), /`repository` is an object/],
    [
      'the same of another issuer',
      { iss: 'https://gitlab.com', sub: 'a', aud: 'b', project_id: [1] },
      /the claim `project_id` is a list/,
    ],
    ['no signature', `${part({ alg: 'RS256' })}.${part(claims())}.`, /has no signature/],
    ['a shared secret', `${part({ alg: 'HS256' })}.${part(claims())}.x`, /`HS256`, by a secret/],
    ['an alg that is a list', `${part({ alg: ['RS256'] })}.${part(claims())}.x`, /`alg` `\["RS256"\]`/],
    [
      'a header with a name twice',
      `${Buffer.from('{"alg":"RS256","alg":"none"}').toString('base64url')}.a.b`,
      /has `alg` twice/,
    ],
    [
      'a header of HTTP',
      `Bearer ${part({ alg: 'RS256' })}.${part(claims())}.x`,
      /begins with `Bearer`: give the token alone/,
    ],
    ['quotation marks', `"${part({ alg: 'RS256' })}.${part(claims())}.x"`, /stands in quotation marks/],
    [
      'what GitHub answers',
      { count: 1, value: `${part({ alg: 'RS256' })}.${part(claims())}.x` },
      /holds the token in `value`/,
    ],
    ['a claim inside of another twice', '{"iss":"https://a.example","sub":"a","x":{"a":1,"a":2}}', /have `x\.a` twice/],
    ['a claim twice', '{"iss":"https://a.example","sub":"a","sub":"b"}', /have `sub` twice/],
    ['empty', '', /the token is empty/],
    ['a whole header of HTTP', `Authorization: bearer ${jwt}`, /begins with `Bearer`/],
    ['single quotation marks', `'${jwt}'`, /stands in quotation marks/],
    ['a variable of a shell', `export ID_TOKEN=${jwt}`, /stands behind a name/],
    ['a line of YAML', `id_token: "${jwt}"`, /stands behind a name/],
    ['two tokens', `${jwt}\n${jwt}`, /has blanks or several lines in it/],
    ['what Azure answers', { oidcToken: jwt }, /holds the token in `oidcToken`/],
    ['null', 'null', /are no JSON object/],
    ['a number', '5', /are no JSON object/],
    [
      'a list inside of a JWT',
      `${part({ alg: 'RS256' })}.${part([1])}.x`,
      /second part of the token is no JSON object/,
    ],
    ['a subject that is null', claims({ sub: null }), /the claim `sub` is null/],
    ['an expiry that is a text', claims({ exp: '1893456000' }), /the claim `exp` is no number/],
    ['an issue time that is a date', claims({ iat: '2026-11-26T10:00:00Z' }), /the claim `iat` is no number/],
    ['an issuer without a scheme', claims({ iss: host }), /is no URL with https/],
  ];
  test.each(table)('a token: %s', async (_, token, says) => {
    const { code, stdout, stderr } = await ask(sub(main), token);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr.length).toBeLessThan(400);
  });

  test('a token in the place of its file is refused and not printed', async () => {
    const { code, stdout, stderr } = await postern(['assume', '--policy', file(sub(main)), '--token', jwt]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--token: this is a token, and `--token` names a file of it');
    expect(stderr).not.toContain(jwt.slice(0, 20));
  });

  test('when a token expires is said where it says so, however far that is', async () => {
    expect((await ask(sub(main), claims({ exp: 1893456000 }))).stdout).toContain(
      'the token has not expired, which it does at 2030-01-01T00:00:00.000Z, and',
    );
    expect((await ask(sub(main), claims({ exp: 1e300 }))).stdout).toContain('the token has not expired, and');
  });

  test('lists and objects are nothing bad where AWS has no condition key', async () => {
    const more = { 'kubernetes.io': { namespace: 'ci' }, groups: ['a', { b: 1 }] };
    expect((await ask(sub(main), claims(more))).code).toBe(0);
  });

  test.each<[string, unknown, RegExp]>([
    [
      'a permissions policy',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
      /is a permissions policy/,
    ],
    [
      'that of a bucket',
      { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] },
      /is that of a resource/,
    ],
    ['no JSON', 'Version: 2012', /holds no policy that can be told/],
    [
      'NotPrincipal',
      { Statement: [{ Effect: 'Deny', NotPrincipal: { AWS: '*' }, Action: 'sts:*' }] },
      /no `NotPrincipal` in a role trust policy/,
    ],
  ])('a policy: %s', async (_, policy, says) => {
    const { code, stderr } = await ask(policy, claims());
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
  });

  test('flags that are missing, and standard input for both', async () => {
    expect((await postern(['assume'])).stderr).toMatch(/`--policy` is missing[\s\S]*`--token` is missing/);
    expect((await postern(['assume', '--policy', '-', '--token', '-'])).code).toBe(2);
    expect((await ask(sub(main), claims(), '--role-arn', 'ci')).stderr).toContain('no ARN of a role');
    expect((await ask(sub(main), claims(), '--context', 'x')).stderr).toContain('no key with a value');
  });
});

test.each([
  [
    {},
    'https://aws.amazon.com/source_identity',
    'sts:SetSourceIdentity',
    'may set the source identity that its token carries',
  ],
  [
    { Action: 'sts:AssumeRole' },
    'jti',
    'sts:AssumeRoleWithWebIdentity',
    'every token that the conditions of the statement let in',
  ],
])('says what else an action lets in', async (more, claim, action, says) => {
  const condition = { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: main } };
  const { code, stdout } = await ask(trust(condition, more), claims({ [claim]: 'bob' }));
  expect([code, stdout]).toEqual([1, expect.stringContaining(`add \`${action}\` to \`Action\``)]);
  expect(stdout).toMatch(new RegExp(`What else that lets in:\n  - .*${says}`));
});
