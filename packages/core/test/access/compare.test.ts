import { describe, expect, test } from 'vitest';
import { build, compare, decide, ecrDockerPush, prepare, type Relation } from '../../src/index.js';

type Json = Record<string, unknown>;
const objects = 'arn:aws:s3:::b/*';

function policy(...statements: Json[]): Json {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(Action: unknown, Resource: unknown, Condition?: unknown): Json {
  return { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

function deny(Action: unknown, Resource: unknown, Condition?: unknown): Json {
  return { ...allow(Action, Resource, Condition), Effect: 'Deny' };
}

function when(Condition: unknown): Json {
  return policy(allow('s3:GetObject', '*', Condition));
}

/** Both ways: what is wider one way is narrower the other. */
const table: [title: string, a: Json, b: Json, relation: Relation][] = [
  [
    'two statements are one with both actions',
    policy(allow(['s3:A', 's3:B'], '*')),
    policy(allow('s3:B', '*'), allow('s3:A', '*')),
    'equal',
  ],
  [
    'four statements are one with two actions and two resources',
    policy(allow(['s3:A', 's3:B'], ['arn:aws:s3:::x', 'arn:aws:s3:::y'])),
    policy(
      ...['s3:A', 's3:B'].flatMap((action) => ['arn:aws:s3:::x', 'arn:aws:s3:::y'].map((arn) => allow(action, arn))),
    ),
    'equal',
  ],
  [
    'a pattern is wider than all actions it matches today',
    policy(allow(['s3:GetObject', 's3:GetObjectAcl'], '*')),
    policy(allow('s3:GetObject*', '*')),
    'wider',
  ],
  [
    'patterns cover a pattern together',
    policy(allow('s3:Get*', '*')),
    policy(allow(['s3:Get', 's3:Get?*'], '*')),
    'equal',
  ],
  ['an action name is not empty', policy(allow('s3:*', '*')), policy(allow('s3:?*', '*')), 'equal'],
  [
    'letter case of actions does not matter',
    policy(allow('S3:GETobject', '*')),
    policy(allow('s3:GetObject', '*')),
    'equal',
  ],
  [
    'a resource is in letter case',
    policy(allow('s3:A', 'arn:aws:s3:::B')),
    policy(allow('s3:A', 'arn:aws:s3:::b')),
    'incomparable',
  ],
  [
    'a bucket and its objects lie apart',
    policy(allow('s3:*', 'arn:aws:s3:::b')),
    policy(allow('s3:*', objects)),
    'incomparable',
  ],
  [
    'a star behind the bucket covers both',
    policy(allow('s3:*', ['arn:aws:s3:::b', objects])),
    policy(allow('s3:*', 'arn:aws:s3:::b*')),
    'wider',
  ],
  [
    'a star that ends a part may match more than one that does not',
    policy(allow('*', 'arn:aws:s3:*-1:1:x')),
    policy(allow('*', 'arn:aws:s3:*:1:x')),
    'wider',
  ],
  ['every ARN is not every request', policy(allow('s3:*', 'arn:*')), policy(allow('s3:*', '*')), 'wider'],
  ['a Deny takes away', policy(allow('s3:*', '*'), deny('s3:Delete*', '*')), policy(allow('s3:*', '*')), 'wider'],
  [
    'a Deny of what is not allowed does nothing',
    policy(allow('s3:*', '*'), deny('ec2:*', '*')),
    policy(allow('s3:*', '*')),
    'equal',
  ],
  [
    'NotAction is everything less the list',
    policy({ Effect: 'Allow', NotAction: ['s3:*', 'ec2:*'], Resource: '*' }),
    policy(allow('*', '*'), deny(['ec2:*', 's3:*'], '*')),
    'equal',
  ],
  [
    'NotResource and its list are everything',
    policy({ Effect: 'Allow', Action: 's3:*', NotResource: objects }, allow('s3:*', objects)),
    policy(allow('s3:*', '*')),
    'equal',
  ],
  [
    'a condition narrows',
    policy(allow('s3:GetObject', '*')),
    when({ Bool: { 'aws:SecureTransport': 'true' } }),
    'narrower',
  ],
  [
    'both sides of a condition are everything',
    policy(allow('s3:GetObject', '*')),
    policy(
      allow('s3:GetObject', '*', { StringEquals: { 'aws:x': ['a', 'b'] } }),
      allow('s3:GetObject', '*', { StringNotEquals: { 'aws:x': ['b', 'a'] } }),
    ),
    'equal',
  ],
  [
    'true and false are not everything: the key may be absent',
    policy(allow('s3:GetObject', '*')),
    when({ Bool: { 'aws:x': ['true', 'false'] } }),
    'narrower',
  ],
  [
    'a text with fewer parts than an ARN matches no ARN',
    when({ ArnLike: { 'aws:x': 'arn:aws:s3:*' } }),
    when({ StringEquals: { 'aws:x': ['arn:aws:s3', 'arn:aws:s3:::b'] } }),
    'incomparable',
  ],
  [
    'more values are more',
    when({ StringEquals: { 'aws:x': 'a' } }),
    when({ StringEquals: { 'aws:x': ['b', 'a'] } }),
    'wider',
  ],
  [
    'more keys are less',
    when({ StringEquals: { 'aws:x': 'a' } }),
    when({ StringEquals: { 'aws:x': 'a', 'aws:y': 'b' } }),
    'narrower',
  ],
  [
    'a pattern of values',
    when({ StringLike: { 'aws:x': 'a*' } }),
    when({ StringLike: { 'aws:x': ['a?*', 'a'] } }),
    'equal',
  ],
  [
    'StringEquals knows no star',
    when({ StringEquals: { 'aws:x': 'a*' } }),
    when({ StringLike: { 'aws:x': 'a*' } }),
    'wider',
  ],
  [
    'either case is more',
    when({ StringEquals: { 'aws:x': ['ab', 'AB', 'aB', 'Ab'] } }),
    when({ StringEqualsIgnoreCase: { 'aws:x': 'aB' } }),
    'equal',
  ],
  [
    'IfExists also allows absence',
    when({ StringEquals: { 'aws:x': 'a' } }),
    when({ StringEqualsIfExists: { 'aws:x': 'a' } }),
    'wider',
  ],
  [
    'Null is IfExists and the empty text',
    when({ StringEqualsIfExists: { 'aws:x': 'a' } }),
    policy(
      allow('s3:GetObject', '*', { Null: { 'aws:x': 'true' } }),
      allow('s3:GetObject', '*', { StringEquals: { 'aws:x': 'a' } }),
    ),
    'wider',
  ],
  [
    'numbers below ten are those up to five and those between',
    when({ NumericLessThan: { 'aws:x': '10' } }),
    policy(
      allow('s3:GetObject', '*', { NumericLessThanEquals: { 'aws:x': '5.0' } }),
      allow('s3:GetObject', '*', { NumericGreaterThan: { 'aws:x': '5' }, NumericLessThan: { 'aws:x': 10 } }),
    ),
    'equal',
  ],
  [
    'NumericNotEquals holds for what is no number',
    when({ NumericNotEquals: { 'aws:x': '5' } }),
    policy(
      allow('s3:GetObject', '*', { NumericLessThan: { 'aws:x': '5' } }),
      allow('s3:GetObject', '*', { NumericGreaterThan: { 'aws:x': '5' } }),
    ),
    'narrower',
  ],
  [
    'dates in two spellings',
    when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }),
    when({ DateLessThan: { 'aws:CurrentTime': '1767225600' } }),
    'equal',
  ],
  [
    'a later date is more',
    when({ DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }),
    when({ DateLessThan: { 'aws:CurrentTime': '2026-06-01' } }),
    'wider',
  ],
  [
    'two halves are a range',
    when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
    when({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } }),
    'equal',
  ],
  [
    'a smaller range is less',
    when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
    when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/9' } }),
    'narrower',
  ],
  [
    'IPv4 and IPv6 lie apart',
    when({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }),
    when({ IpAddress: { 'aws:SourceIp': '::/0' } }),
    'incomparable',
  ],
  [
    'every address is not every text',
    when({ IpAddress: { 'aws:x': ['0.0.0.0/0', '::/0'] } }),
    when({ Null: { 'aws:x': 'false' } }),
    'wider',
  ],
  [
    'ArnLike splits at colons',
    when({ ArnLike: { 'aws:x': 'arn:aws:s:*:1:f/*' } }),
    when({ StringLike: { 'aws:x': 'arn:aws:s:*:1:f/*' } }),
    'wider',
  ],
  [
    'ArnEquals is ArnLike',
    when({ ArnEquals: { 'aws:x': 'arn:aws:iam::*:role/*' } }),
    when({ ArnLike: { 'aws:x': 'arn:aws:iam::*:role/*' } }),
    'equal',
  ],
  [
    'an action that needs no permission cannot be denied',
    policy(allow('*', '*')),
    policy(allow('*', '*'), deny(['sts:GetCallerIdentity', 'STS:getsessiontoken'], '*')),
    'equal',
  ],
  [
    'an action that needs no permission is given by no Allow',
    policy(deny('*', '*')),
    policy(allow('sts:GetCallerIdentity', '*')),
    'equal',
  ],
  ['other actions beside it are', policy(allow('sts:GetCallerIdentity', '*')), policy(allow('sts:Get*', '*')), 'wider'],
  [
    'ForAllValues also allows absence',
    when({ 'ForAllValues:StringEquals': { 'aws:x': 'a' } }),
    when({ 'ForAllValues:StringEquals': { 'aws:x': 'a' }, Null: { 'aws:x': 'false' } }),
    'narrower',
  ],
  [
    'Null takes an empty value as none, as ForAllValues does',
    when({ 'ForAllValues:StringEquals': { 'aws:x': ['a'] }, Null: { 'aws:x': 'true' } }),
    when({ Null: { 'aws:x': 'true' } }),
    'equal',
  ],
  [
    'an empty value is there only to an operator for one',
    when({ StringEquals: { 'aws:x': '' } }),
    when({ StringEquals: { 'aws:x': '' }, Null: { 'aws:x': 'true' } }),
    'equal',
  ],
  [
    'nothing is equal to the empty text and not null',
    when({ StringEquals: { 'aws:x': '' }, Null: { 'aws:x': 'false' } }),
    policy(deny('*', '*')),
    'equal',
  ],
  [
    'any text at all is more than a text that is not empty',
    when({ Null: { 'aws:x': 'false' } }),
    when({ StringLike: { 'aws:x': '*' } }),
    'wider',
  ],
  [
    'what is not null is any text but the empty one',
    when({ Null: { 'aws:x': 'false' } }),
    when({ StringLike: { 'aws:x': '?*' } }),
    'equal',
  ],
  [
    'a variable may be empty',
    policy(allow('s3:GetObject', 'arn:aws:s3:::b/${aws:x}', { Null: { 'aws:x': 'false' } })),
    policy(allow('s3:GetObject', 'arn:aws:s3:::b/${aws:x}')),
    'wider',
  ],
  [
    'a variable that is absent has its default, one that is empty has not',
    policy(allow('s3:GetObject', "arn:aws:s3:::b/${aws:x, 'd'}", { Null: { 'aws:x': 'true' } })),
    policy(allow('s3:GetObject', ['arn:aws:s3:::b/d', 'arn:aws:s3:::b/'], { Null: { 'aws:x': 'true' } })),
    'wider',
  ],
  [
    'ForAnyValue wants one of the values',
    when({ 'ForAnyValue:StringEquals': { 'aws:x': 'a' } }),
    when({ 'ForAnyValue:StringEquals': { 'aws:x': ['a', 'b'] } }),
    'wider',
  ],
  [
    'all values and some value',
    when({ 'ForAllValues:StringEquals': { 'aws:x': 'a' }, 'ForAnyValue:StringEquals': { 'aws:x': 'a' } }),
    when({ 'ForAnyValue:StringEquals': { 'aws:x': 'a' } }),
    'wider',
  ],
  [
    'ForAllValues of two lists is not one of them or the other',
    when({ 'ForAllValues:StringEquals': { 'aws:x': ['a', 'b'] } }),
    policy(
      allow('s3:GetObject', '*', { 'ForAllValues:StringEquals': { 'aws:x': 'a' } }),
      allow('s3:GetObject', '*', { 'ForAllValues:StringEquals': { 'aws:x': 'b' } }),
    ),
    'narrower',
  ],
  [
    'a variable is itself, in any letter case',
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')),
    policy(allow('s3:*', 'arn:aws:s3:::b/${AWS:UserName}/*')),
    'equal',
  ],
  [
    'a star covers a variable',
    policy(allow('s3:*', 'arn:aws:s3:::b/*')),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    'narrower',
  ],
  [
    'a question mark does not',
    policy(allow('s3:*', 'arn:aws:s3:::b/?')),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    'incomparable',
  ],
  [
    'two variables',
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:userid}')),
    'incomparable',
  ],
  [
    'a variable whose value a condition gives',
    policy(allow('s3:*', 'arn:aws:s3:::b/bob', { StringEquals: { 'aws:username': 'bob' } })),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}', { StringEquals: { 'aws:username': 'bob' } })),
    'equal',
  ],
  [
    'a default stands in for an absent key',
    policy(allow('s3:*', "arn:aws:s3:::b/${aws:username, 'k'}")),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    'narrower',
  ],
  [
    'a Deny of other values than the variable',
    policy(
      allow('s3:*', '*'),
      deny('s3:*', '*', { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }),
    ),
    policy(allow('s3:*', '*')),
    'wider',
  ],
  [
    'a value that starts as a Deny says',
    policy(allow('s3:*', objects), deny('s3:*', 'arn:aws:s3:::b/a*')),
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    'incomparable',
  ],
  [
    'under the old version a variable is plain text',
    policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')),
    { ...policy(allow('s3:*', 'arn:aws:s3:::b/${aws:username}')), Version: '2008-10-17' },
    'incomparable',
  ],
  ['a star in braces is a star', policy(allow('s3:*', 'arn:aws:s3:::b/${*}')), policy(allow('s3:*', objects)), 'wider'],
];

const opposite: Record<Relation, Relation> = {
  equal: 'equal',
  narrower: 'wider',
  wider: 'narrower',
  incomparable: 'incomparable',
  unknown: 'unknown',
};

describe('compare', () => {
  test.each(table)('%s', (_, a, b, relation) => {
    const there = compare(a, b);
    expect(there.relation).toBe(relation);
    expect(there.reason).toBeNull();
    const back = compare(b, a);
    expect(back.relation).toBe(opposite[relation]);
    for (const { gained, lost } of [there, { gained: back.lost, lost: back.gained }]) {
      expect(gained !== null).toBe(relation === 'wider' || relation === 'incomparable');
      expect(lost !== null).toBe(relation === 'narrower' || relation === 'incomparable');
      if (gained !== null) expect([decide(a, gained), decide(b, gained)].map(isAllowed)).toEqual([false, true]);
      if (lost !== null) expect([decide(a, lost), decide(b, lost)].map(isAllowed)).toEqual([true, false]);
    }
  });

  test.each([
    ['a policy of another type', policy({ ...allow('s3:*', '*'), Principal: '*' }), 'the first is a resource policy'],
    ['NotPrincipal beside Allow', policy({ ...allow('s3:*', '*'), NotPrincipal: '*' }), '`NotPrincipal`'],
    ['no JSON', '{', 'the first policy cannot be read'],
    ['an unknown operator', when({ StringSortOf: { 'aws:x': 'a' } }), '`StringSortOf` is no condition operator'],
    ['letters of its own', policy(allow('s3:*', 'arn:aws:s3:::\ue000')), 'private use area'],
  ])('%s gives unknown with the reason', (_, document, reason) => {
    const comparison = compare(document, policy(allow('s3:*', '*')));
    expect(comparison).toMatchObject({ relation: 'unknown', gained: null, lost: null });
    expect(comparison.reason).toContain(reason);
  });

  test('conditions of different kinds that cannot be told apart give unknown with the reason', () => {
    const both = when({ StringLike: { 'aws:x': '*.?' }, NumericGreaterThan: { 'aws:x': '5' } });
    expect(compare(policy(), both)).toEqual({
      relation: 'unknown',
      gained: null,
      lost: null,
      reason: 'conditions of different kinds on one key could not be told apart',
    });
  });

  test('what needs too many steps gives unknown with the reason', () => {
    expect(compare(overlapping(1), overlapping(2))).toEqual({
      relation: 'unknown',
      gained: null,
      lost: null,
      reason: 'the comparison needs more steps than are allowed',
    });
  });

  test('many variables are compared where few stand in statements that meet', () => {
    const reads = (bucket: number): Json =>
      allow('s3:GetObject', `arn:aws:s3:::b${bucket}-/\${aws:PrincipalTag/t${bucket}}/*`);
    const nine = policy(...Array.from({ length: 9 }, (_, bucket) => reads(bucket)));
    const more = policy(...Array.from({ length: 9 }, (_, bucket) => reads(bucket)), allow('s3:GetObject', objects));
    expect(compare(nine, more)).toMatchObject({ relation: 'wider', gained: { resource: 'arn:aws:s3:::b/x' } });
    const wild = policy(...Array.from({ length: 9 }, (_, bucket) => allow('s3:Get*', reads(bucket)['Resource'])));
    expect(compare(nine, wild).relation).toBe('wider');
    const together = policy(
      ...Array.from({ length: 7 }, (_, index) => allow('s3:Get*', `arn:aws:s3:::b/\${aws:PrincipalTag/t${index}}/*`)),
    );
    expect(compare(together, policy(allow('s3:GetObject', 'arn:aws:s3:::b/x')))).toMatchObject({
      relation: 'unknown',
      gained: null,
      reason: 'there are 7 policy variables in statements that meet, and at most 6 are compared',
    });
  });

  test('a witness spells keys as the documents do', () => {
    const tagged = when({ StringEquals: { 'aws:ResourceTag/Team': '${aws:PrincipalTag/Team}' } });
    const { lost } = compare(tagged, policy());
    expect(Object.keys(lost!.context).sort()).toEqual(['aws:PrincipalTag/Team', 'aws:ResourceTag/Team']);
  });

  test('a witness of an open resource is an ARN of the service', () => {
    const { lost } = compare(policy(allow('s3:*', '*')), policy(allow('s3:*', 'arn:aws:s3:::*')));
    expect(lost?.resource).toBe('arn:aws:s3:us-east-1:111122223333:x');
  });

  test('several documents hold together', () => {
    const parts = [policy(allow('s3:A', '*')), policy(allow('s3:B', '*')), policy(deny('s3:C', '*'))];
    expect(compare(parts, policy(allow(['s3:A', 's3:B'], '*'))).relation).toBe('equal');
    expect(compare([], []).relation).toBe('equal');
    expect(compare([], parts).relation).toBe('wider');
  });

  test('what is prepared once is compared as it was then', () => {
    const document = policy(allow('s3:A', '*'));
    const prepared = prepare(document);
    document['Statement'] = [];
    expect(compare(prepared, policy(allow('s3:A', '*'))).relation).toBe('equal');
    expect(compare(prepared, prepared).relation).toBe('equal');
  });

  test('a key with several values counts only where a set operator asks for it', () => {
    const halves = policy(
      allow('s3:GetObject', '*', { StringEquals: { 'aws:x': 'a' } }),
      allow('s3:GetObject', '*', { StringNotEquals: { 'aws:x': 'a' } }),
    );
    expect(compare(halves, policy(allow('s3:GetObject', '*'))).relation).toBe('equal');
  });

  test('the policy of an entry is less than its predecessor allows', () => {
    const policies = build(ecrDockerPush, { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' });
    const { relation, lost } = compare(policy(allow('ecr:*', '*')), policies);
    expect(relation).toBe('narrower');
    expect(lost).not.toBeNull();
  });

  test.each([
    [
      'stars',
      policy(allow('s3:*', `arn:aws:s3:::${'*a'.repeat(60)}*`)),
      policy(allow('s3:*', `arn:aws:s3:::${'*a'.repeat(59)}*b*`)),
    ],
    [
      'question marks',
      policy(allow('s3:*', `arn:aws:s3:::*a${'?'.repeat(60)}`)),
      policy(allow('s3:*', `arn:aws:s3:::*b${'?'.repeat(60)}`)),
    ],
    ['variables that may all have several values', variablesOfSets('*'), variablesOfSets('*x')],
  ])('%s end in an answer', (_, a, b) => {
    expect(compare(a, b).relation).toMatch(/^(incomparable|unknown)$/);
  });
});

function overlapping(step: number): Json {
  const denies = Array.from({ length: 40 }, (_, index) => ({
    Effect: 'Deny',
    NotAction: `s3:*${index}*`,
    NotResource: [`arn:aws:s3:::*${index + step}*`, 'arn:aws:s3:::*z'],
  }));
  return policy(allow('s3:*', '*'), ...denies);
}

function variablesOfSets(end: string): Json {
  const tags = Array.from({ length: 6 }, (_, index) => `aws:PrincipalTag/t${index}`);
  const path = tags.map((tag) => `\${${tag}}`).join('/');
  const condition = { 'ForAllValues:StringLike': Object.fromEntries(tags.map((tag) => [tag, '*a'])) };
  const allows = Array.from({ length: 200 }, (_, index) =>
    allow('s3:*', `arn:aws:s3:::b*${index}*/${path}`, condition),
  );
  const denies = Array.from({ length: 40 }, (_, index) =>
    deny(`s3:*${index}${end}`, `arn:aws:s3:::*${index}*/${path}`),
  );
  return policy(...allows, ...denies);
}

function isAllowed({ decision }: { decision: string }): boolean {
  return decision === 'allowed';
}
