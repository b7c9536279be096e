import { describe, expect, test } from 'vitest';
import { callerOfToken, compare, decide, parse, print, type Caller, type Decision } from '../../src/index.js';

type Json = Record<string, unknown>;

function trust(...statements: Json[]): Json {
  return {
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...one })),
  };
}

function bucket(...statements: Json[]): Json {
  const usual = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
  return { Version: '2012-10-17', Statement: statements.map((one) => ({ ...usual, ...one })) };
}

const user: Caller = { AWS: 'arn:aws:iam::111122223333:user/team/bob' };
const session: Caller = { AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run-1' };
const role: Caller = { AWS: 'arn:aws:iam::111122223333:role/path/ci' };
const stranger: Caller = { AWS: 'arn:aws:iam::444455556666:root' };
const service: Caller = { Service: 'ec2.amazonaws.com' };
const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const ciJob: Caller = { Federated: provider };

function answer(document: Json, principal: Caller): Decision['decision'] {
  const action = parse(document).type === 'trust' ? 'sts:AssumeRole' : 's3:GetObject';
  return decide(document, { principal, action, resource: 'arn:aws:s3:::b/k' }).decision;
}

describe('what a document is', () => {
  test.each([
    ['trust', trust({ Principal: { AWS: '111122223333' } })],
    ['resource', bucket({ Principal: '*' })],
    ['resource', { Statement: { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' } }],
    ['identity', { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } }],
  ])('%s, by its shape', (type, document) => {
    expect(parse(document).type).toBe(type);
    expect(parse(document).document).not.toBeNull();
  });

  test('it may be said', () => {
    const said = parse(trust({ Principal: '*' }), { type: 'identity' });
    expect(said.document).toBeNull();
    expect(said.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('an identity policy has no `Principal`'),
    );
  });

  test('principals are printed as they were read', () => {
    const { document } = parse(trust({ Principal: { AWS: '111122223333', Service: ['ec2.amazonaws.com'] } }));
    expect(JSON.parse(print(document!))).toMatchObject({
      Statement: [{ Principal: { AWS: ['111122223333'], Service: ['ec2.amazonaws.com'] } }],
    });
  });
});

describe('what is not known is refused, with the reason', () => {
  test.each([
    [
      trust({ NotPrincipal: { AWS: '111122223333' }, Effect: 'Deny' }),
      'AWS has no `NotPrincipal` in a role trust policy',
    ],
    [bucket({ NotPrincipal: { AWS: '111122223333' } }), 'AWS has no `NotPrincipal` in a statement with `Allow`'],
    [bucket({ Principal: '*' }, {}), 'has neither `Principal` nor `NotPrincipal`'],
    [bucket({ Principal: 'arn:aws:iam::111122223333:root' }), 'a principal is `*` or an object'],
    [bucket({ Principal: { aws: '*' } }), '`aws` is no type of principal, did you mean `AWS`?'],
    [bucket({ Principal: { AWS: [{}] } }), 'expected a string'],
  ])('%#', (document, reason) => {
    expect(parse(document).document).toBeNull();
    expect(parse(document).problems.map(({ message }) => message)).toContainEqual(expect.stringContaining(reason));
  });

  test.each([
    [{ AWS: 'arn:aws:iam::111122223333:role/ci-*' }, 'error', 'has a wildcard in a part'],
    [{ AWS: 'AROAEXAMPLEID1234' }, 'warning', 'is the id that AWS leaves where a principal was deleted'],
    [{ Federated: 'token.actions.githubusercontent.com' }, 'error', 'is no identity provider'],
    [
      { Federated: 'arn:aws:iam::111122223333:oidc-provider/https://x.example.com' },
      'error',
      'is no identity provider',
    ],
    [{ Service: 'ec2' }, 'error', 'is no service principal'],
  ])('%j is read, with a word on it', (Principal, severity, reason) => {
    const { document, problems } = parse(trust({ Principal }));
    expect(document).not.toBeNull();
    expect(problems).toContainEqual(expect.objectContaining({ severity, message: expect.stringContaining(reason) }));
  });

  test('documents of two types do not hold together', () => {
    const { relation, reason } = compare(trust({ Principal: '*' }), bucket({ Principal: '*' }));
    expect([relation, reason]).toEqual(['unknown', 'the first is a trust policy and the second is a resource policy']);
  });
});

describe('who is meant', () => {
  const table: [principal: unknown, caller: Caller, decision: Decision['decision']][] = [
    ['*', 'anonymous', 'allowed'],
    ['*', service, 'allowed'],
    [{ AWS: '*' }, user, 'allowed'],
    [{ AWS: '*' }, 'anonymous', 'allowed'],
    [{ AWS: '*' }, service, 'undetermined'],
    [{ AWS: '111122223333' }, user, 'allowed'],
    [{ AWS: '111122223333' }, session, 'allowed'],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, user, 'allowed'],
    [{ AWS: '111122223333' }, stranger, 'implicitDeny'],
    [{ AWS: 'arn:aws:iam::111122223333:role/path/ci' }, session, 'allowed'],
    [{ AWS: 'arn:aws:iam::111122223333:role/path/ci' }, role, 'allowed'],
    [{ AWS: 'arn:aws:iam::111122223333:role/c' }, session, 'implicitDeny'],
    [{ AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run-1' }, session, 'allowed'],
    [{ AWS: 'arn:aws:sts::111122223333:assumed-role/ci/run-1' }, role, 'implicitDeny'],
    [{ AWS: 'arn:aws:iam::111122223333:user/bob' }, user, 'implicitDeny'],
    [{ AWS: '111122223333', Service: 'ec2.amazonaws.com' }, service, 'allowed'],
    [{ Federated: provider }, ciJob, 'allowed'],
    [{ Federated: provider.replace('1111', '9999') }, ciJob, 'implicitDeny'],
    [{ CanonicalUser: 'a'.repeat(64) }, { CanonicalUser: 'a'.repeat(64) }, 'allowed'],
    [{ CanonicalUser: 'a'.repeat(64) }, user, 'undetermined'],
  ];
  test.each(table)('%j and %j: %s', (Principal, caller, decision) => {
    expect(answer(bucket({ Principal }), caller)).toBe(decision);
    expect(answer(trust({ Principal }), caller)).toBe(decision);
  });

  const root = 'arn:aws:iam::111122223333:root';
  test.each<[unknown, Caller, Decision['decision']]>([
    [{ AWS: [root, 'arn:aws:iam::111122223333:user/team/bob'] }, user, 'allowed'],
    [{ AWS: [root, 'arn:aws:iam::111122223333:user/team/bob'] }, session, 'explicitDeny'],
    [{ AWS: 'arn:aws:iam::111122223333:user/team/bob' }, user, 'undetermined'],
    [{ AWS: [root, 'arn:aws:iam::111122223333:role/ci'] }, session, 'undetermined'],
    [{ AWS: [root, 'arn:aws:iam::111122223333:role/ci', (session as { AWS: string }).AWS] }, session, 'allowed'],
    [{ Service: 'ec2.amazonaws.com' }, service, 'allowed'],
    [{ Service: 'ec2.amazonaws.com' }, user, 'explicitDeny'],
  ])('a Deny spares %j: %j: %s', (NotPrincipal, caller, decision) => {
    expect(answer(bucket({ Principal: '*' }, { Effect: 'Deny', NotPrincipal }), caller)).toBe(decision);
  });

  test('without a caller only what is for anyone is known', () => {
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
    expect(decide(bucket({ Principal: '*' }), request).decision).toBe('allowed');
    expect(decide(bucket({ Principal: { AWS: '111122223333' } }), request).decision).toBe('undetermined');
    const denies = (NotPrincipal: unknown) => bucket({ Principal: '*' }, { Effect: 'Deny', NotPrincipal });
    expect(decide(denies('*'), request).decision).toBe('allowed');
    expect(decide(denies({ AWS: '*' }), request).decision).toBe('undetermined');
  });

  test('an ARN that makes no request is refused', () => {
    expect(() => answer(bucket({ Principal: '*' }), { AWS: 'arn:aws:iam::111122223333:group/x' })).toThrow(RangeError);
  });

  test('AWS fills in keys from who calls', () => {
    const own = bucket({
      Principal: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': (user as { AWS: string }).AWS } },
    });
    expect(answer(own, user)).toBe('allowed');
    expect(answer(own, stranger)).toBe('implicitDeny');
  });
});

describe('a web identity', () => {
  const place = { account: '111122223333', partition: 'aws' };
  const claims = {
    sub: 'repo:acme/shop:ref:refs/heads/main',
    aud: 'sts.amazonaws.com',
    repository_id: 7,
    event_name: 'push',
    'https://aws.amazon.com/tags': { principal_tags: { team: ['a'] } },
  };

  test('only claims that AWS exposes become keys', () => {
    const made = callerOfToken({ issuer: 'https://token.actions.githubusercontent.com', claims }, place);
    expect(made.principal).toEqual(ciJob);
    expect(made.actions).toEqual(['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']);
    expect(made.context).toEqual({
      'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:repository_id': '7',
      'aws:RequestTag/team': 'a',
      'aws:TagKeys': 'team',
    });
  });

  test('of a server of one’s own, only the subject and the audience', () => {
    const made = callerOfToken({ issuer: 'https://github.example.com/_services/token', claims }, place);
    expect(Object.keys(made.context).filter((key) => key.includes('_services'))).toEqual([
      'github.example.com/_services/token:sub',
      'github.example.com/_services/token:aud',
    ]);
  });

  test('an authorized party takes the place of the audience', () => {
    const made = callerOfToken(
      { issuer: 'https://accounts.google.com', claims: { aud: 'a', azp: 'b', sub: '1' } },
      place,
    );
    expect(made.principal).toEqual({ Federated: 'accounts.google.com' });
    expect(made.context).toMatchObject({ 'accounts.google.com:aud': 'b', 'accounts.google.com:oaud': 'a' });
  });
});

describe('a comparison', () => {
  test('names a principal', () => {
    const before = bucket({ Principal: { AWS: '111122223333' } });
    const { relation, gained } = compare(before, bucket({ Principal: { AWS: ['111122223333', '444455556666'] } }));
    expect(relation).toBe('wider');
    expect(gained?.principal).toEqual({ AWS: expect.stringContaining('::444455556666:') });
  });

  test.each<[string, Json, Json]>([
    [
      'an account is its root ARN',
      trust({ Principal: { AWS: '111122223333' } }),
      trust({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ],
    [
      'a role is in its account',
      trust({ Principal: { AWS: '111122223333' } }),
      trust({ Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/x'] } }),
    ],
    [
      'the order and the way of writing do not count',
      trust({ Principal: { AWS: ['111122223333', '444455556666'] } }),
      trust({ Principal: { AWS: '444455556666' } }, { Principal: { AWS: ['111122223333'] } }),
    ],
  ])('equal: %s', (_, a, b) => {
    expect(compare(a, b)).toMatchObject({ relation: 'equal' });
  });

  test('a session is less than its role, and a role less than its account', () => {
    const principals = [
      'arn:aws:sts::111122223333:assumed-role/ci/x',
      'arn:aws:iam::111122223333:role/ci',
      '111122223333',
    ];
    const [one, two, three] = principals.map((AWS) => trust({ Principal: { AWS } }));
    expect(compare(one!, two!).relation).toBe('wider');
    expect(compare(two!, three!).relation).toBe('wider');
    expect(compare(three!, one!).relation).toBe('narrower');
  });

  test('a condition on the subject that goes is a gain, with the provider as the principal', () => {
    const action = { Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: provider } };
    const sub = { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' };
    const { relation, gained } = compare(trust({ ...action, Condition: { StringEquals: sub } }), trust(action));
    expect(relation).toBe('wider');
    expect(gained).toMatchObject({ principal: { Federated: provider }, resource: '*' });
  });

  test('services are not known to be in `{"AWS": "*"}`, so it is not said that they are', () => {
    expect(compare(bucket({ Principal: { AWS: '*' } }), bucket({ Principal: '*' })).relation).toBe('unknown');
  });
});
