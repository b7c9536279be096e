import { describe, expect, test } from 'vitest';
import {
  actionsWithoutPermission,
  compile,
  decide,
  DocumentError,
  needsNoPermission,
  type ContextValue,
} from '../../src/index.js';

type GivenContext = Record<string, ContextValue>;

function allow(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...changes };
}

function policy(...statements: Record<string, unknown>[]): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: statements };
}

function get(resource: string, context: GivenContext = {}) {
  return { action: 's3:GetObject', resource, context };
}

const object = 'arn:aws:s3:::b/k';

describe('deny wins', () => {
  const deny = { Sid: 'Stop', Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::b/secret*' };
  test.each([
    [object, 'allowed', ['Go']],
    ['arn:aws:s3:::b/secret/1', 'explicitDeny', ['Stop']],
  ])('%s: %s', (resource, decision, sids) => {
    const answer = decide([policy(allow({ Sid: 'Go' })), policy(deny)], get(resource));
    expect(answer.decision).toBe(decision);
    expect(answer.statements.map(({ sid }) => sid)).toEqual(sids);
  });

  test('a Deny that cannot be decided never ends as allowed', () => {
    const unclear = { ...deny, Resource: '*', Condition: { StringEquals: { 'a:b': 'x' } } };
    expect(decide(policy(allow(), unclear), get(object, { 'a:b': ['x', 'y'] })).decision).toBe('undetermined');
    expect(decide(policy(allow(), unclear), get(object, { 'a:b': 'y' })).decision).toBe('allowed');
  });

  test('the deciding statements are named by document and position', () => {
    const answer = decide(
      [policy(allow({ Action: 'ec2:*' })), policy(allow(), allow({ Action: 's3:*' }))],
      get(object),
    );
    expect(answer.statements).toEqual([
      { document: 1, statement: 0, sid: undefined },
      { document: 1, statement: 1, sid: undefined },
    ]);
  });
});

describe('resources', () => {
  test.each([
    ['arn:aws:s3:::b', 'arn:aws:s3:::b/k', false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::b/k', true],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::bb', true],
    ['arn:aws:s3:::B/k', object, false],
    ['arn:aws:iam::*:user/x', 'arn:aws:iam::1:role:2:user/x', true],
    ['arn:aws:iam::*-:user/x', 'arn:aws:iam::1:role:2-:user/x', false],
    ['arn:aws:iam::?*:user/x', 'arn:aws:iam::1:role:2:user/x', true],
    ['arn:aws:iam::?*:user/x', 'arn:aws:iam:::role:2:user/x', false],
    ['arn:aws:iam::*?:user/x', 'arn:aws:iam::1:role:2:user/x', false],
    ['arn:aws:logs:*:*:/aws-glue/*', 'arn:aws:logs:us-east-1:1:log-group:/aws-glue/jobs:log-stream:x', true],
    ['arn:aws:logs:*:*:/aws-glue/*', 'arn:aws:logs:us-east-1:1:log-group:/aws-other/x', false],
    ['arn:aws:logs:us-*-1:*:/aws-glue/*', 'arn:aws:logs:us-east-1:1:log-group:/aws-glue/x', true],
    ['arn:aws:logs:us-*-1:*:/aws-glue/*', 'arn:aws:logs:us-east-2:1-1:log-group:/aws-glue/x', false],
    ['arn:aws:dynamodb:*:table/prod-*', 'arn:aws:dynamodb:us-east-1:1:table/prod-x', true],
    ['arn:aws:dynamodb:*:table/prod-*', 'arn:aws:dynamodb:us-east-1:1:table/test-x', false],
    ['arn:aws:dynamodb:*:table/prod-*', 'arn:aws:dynamodb:us-east-1:table/prod-x:index/i', true],
    ['arn:aws:dynamodb:*:table/prod-x', 'arn:aws:dynamodb:us-east-1:1:table/prod-x', true],
    ['arn:aws:dynamodb:*:table/prod-x', 'arn:aws:dynamodb:us-east-1:1:table/prod-xy', false],
    ['arn:aws:dynamodb:*:table/prod-x', 'arn:aws:dynamodb:us-east-1:table/prod-x:anything', true],
    ['arn:aws:dynamodb:?*:table/p?od*', 'arn:aws:dynamodb:us-east-1:1:table/prod-x', true],
    ['arn:aws:dynamodb:?*:table/p?od', 'arn:aws:dynamodb:us-east-1:1:table/prod', true],
    ['arn:aws:dynamodb:?*:table/p?od', 'arn:aws:dynamodb:us-east-1:1:table/p:od', false],
    ['arn:*:s3:::b/k', 'arn:aws:x:s3:::b/k', true],
    ['arn:*', object, true],
    ['arn:aws:s3:::b/*:k', 'arn:aws:s3:::b/x:y:k', true],
    ['arn:aws:sqs', 'arn:aws:sqs:us-east-1:1:q', true],
    ['arn:aws:sqs:*', 'arn:aws:sqs:us-east-1:1:q', true],
    ['arn:aws:sqs:*:1', 'arn:aws:sqs:us-east-1:1:q', true],
    ['arn:aws:sqs:*:2', 'arn:aws:sqs:us-east-1:1:q', false],
    ['arn:aws:sqs', 'arn:aws:sqsx:us-east-1:1:q', false],
    ['arn:aws:iam::1:user/*', 'arn:aws:iam::1:user/a:b', true],
    ['arn:aws:s3', object, true],
    ['*', '*', true],
    ['arn:aws:s3:::*', '*', false],
    ['?', '*', false],
  ])('%s against %s: %s', (resource, requested, expected) => {
    const allowed = { ...allow({ Resource: resource }) };
    expect(decide(policy(allowed), get(requested)).decision === 'allowed').toBe(expected);
    const denied = { ...allowed, Effect: 'Deny' };
    expect(decide(policy(allow({ Resource: '*' }), denied), get(requested)).decision === 'explicitDeny').toBe(expected);
    const excluded = { Effect: 'Allow', Action: 's3:GetObject', NotResource: resource };
    expect(decide(policy(excluded), get(requested)).decision === 'implicitDeny').toBe(expected);
  });
});

describe('variables', () => {
  test.each<[string, GivenContext, string, boolean]>([
    ['arn:aws:s3:::b/${aws:username}/*', { 'AWS:Username': 'bob' }, 'arn:aws:s3:::b/bob/x', true],
    ['arn:aws:s3:::b/${aws:username}/*', { 'aws:username': '*' }, 'arn:aws:s3:::b/bob/x', false],
    ['arn:aws:s3:::b/${aws:username}/*', { 'aws:username': '*' }, 'arn:aws:s3:::b/*/x', true],
    ['arn:aws:s3:::b/${aws:username}/*', {}, 'arn:aws:s3:::b//x', false],
    ["arn:aws:s3:::b/${aws:username, 'team'}/*", {}, 'arn:aws:s3:::b/team/x', true],
    ['arn:aws:s3:::b/${aws:username}', { 'aws:username': ['bob'] }, 'arn:aws:s3:::b/bob', true],
    ['arn:aws:s3:::b/${aws:username}', { 'aws:username': ['bob', 'eve'] }, 'arn:aws:s3:::b/bob', false],
    ['arn:aws:s3:::b/${*}', {}, 'arn:aws:s3:::b/*', true],
    ['arn:aws:s3:::b/${*}', {}, 'arn:aws:s3:::b/x', false],
    ['arn:aws:s3:::b/${$}{x}', {}, 'arn:aws:s3:::b/${x}', true],
    ['arn:aws:iam::${aws:PrincipalAccount}:user/x', { 'aws:PrincipalAccount': '1' }, 'arn:aws:iam::1:user/x', false],
  ])('%s with %j against %s: %s', (resource, context, requested, expected) => {
    expect(decide(policy(allow({ Resource: resource })), get(requested, context)).decision === 'allowed').toBe(
      expected,
    );
  });

  test('the old version knows no variables', () => {
    const old = { Version: '2008-10-17', Statement: allow({ Resource: 'arn:aws:s3:::b/${aws:username}' }) };
    expect(decide(old, get('arn:aws:s3:::b/bob', { 'aws:username': 'bob' })).decision).toBe('implicitDeny');
    expect(decide(old, get('arn:aws:s3:::b/${aws:username}')).decision).toBe('allowed');
  });

  test('a NotResource that names an unresolved variable excludes nothing', () => {
    const excluding = { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::b/${aws:username}' };
    expect(decide(policy(excluding), get('arn:aws:s3:::b/bob')).decision).toBe('allowed');
    expect(decide(policy(excluding), get('arn:aws:s3:::b/bob', { 'aws:username': 'bob' })).decision).toBe(
      'implicitDeny',
    );
  });
});

describe('conditions, as the documentation tables them', () => {
  const yes = 'allowed';
  const no = 'implicitDeny';
  const open = 'undetermined';
  test.each<[string, string | string[], ContextValue | undefined, string]>([
    ['StringEquals', 'a', 'a', yes],
    ['StringEquals', ['a', 'b'], 'b', yes],
    ['StringEquals', 'a*', 'ab', no],
    ['StringEquals', 'a', 'A', no],
    ['StringEquals', 'a', undefined, no],
    ['StringEquals', 'a', ['a', 'a'], open],
    ['StringEqualsIfExists', 'a', undefined, yes],
    ['StringEqualsIfExists', 'a', 'b', no],
    ['StringNotEquals', ['a', 'b'], 'b', no],
    ['StringNotEquals', ['a', 'b'], 'c', yes],
    ['StringNotEquals', 'a', undefined, yes],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', yes],
    ['StringLike', 'a?c*', 'abcdef', yes],
    ['StringNotLike', 'a*', 'ab', no],
    ['NumericLessThan', '10', '9.5', yes],
    ['NumericLessThan', '10', 'x', no],
    ['NumericNotEquals', '10', 'x', yes],
    ['NumericEquals', '1.0', '1', yes],
    ['NumericEquals', '9007199254740993', '9007199254740992', no],
    ['NumericEquals', '9007199254740993', '9007199254740993.0', yes],
    ['NumericLessThan', '123456789012345678901', '123456789012345678900', yes],
    ['NumericNotEquals', '123456789012345678901', '123456789012345678900', yes],
    ['NumericGreaterThanEquals', '0.1', '0.09999999999999999999999', no],
    ['NumericLessThan', '1e400', '1e399', yes],
    ['NumericEquals', '1E5', '100000', yes],
    ['NumericEquals', '-0', '0', yes],
    ['NumericLessThan', '1e999999999', '1e999999998', yes],
    ['DateEquals', '9007199254740993', '9007199254740992', no],
    ['DateLessThan', '2020-01-01T00:00:00.0000002Z', '2020-01-01T00:00:00.0000001Z', yes],
    ['DateGreaterThan', '1969-12-31T23:59:58.0000001Z', '1969-12-31T23:59:58.0000002Z', yes],
    ['DateEquals', '1969-12-31T23:59:58.25Z', '-1.75', yes],
    ['DateEquals', '1.577836800e9', '2020-01-01T00:00:00Z', yes],
    ['DateGreaterThan', '2020-01-01T00:00:00Z', '2020-01-01T01:30:00+01:00', yes],
    ['DateGreaterThan', '2020-01-01T00:00:00Z', '1577836801', yes],
    ['DateEquals', '2021-02-29', '2021-03-01', no],
    ['Bool', 'true', 'TRUE', yes],
    ['Bool', 'false', undefined, no],
    ['BoolIfExists', 'false', undefined, yes],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', yes],
    ['IpAddress', '203.0.113.0/24', '203.0.113.200', yes],
    ['IpAddress', '203.0.113.0/24', '203.0.114.1', no],
    ['IpAddress', '2001:db8::/32', '2001:DB8:1::7', yes],
    ['IpAddress', '::/0', '203.0.113.1', no],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', no],
    ['ArnLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:r:x:1:finance/x', no],
    ['StringLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:r:x:1:finance/x', yes],
    ['ArnEquals', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:r:1:finance/x', yes],
    ['ArnNotEquals', 'arn:aws:s:r:1:x', 'no-arn', yes],
    ['Null', 'true', undefined, yes],
    ['Null', 'true', 'x', no],
    ['Null', 'false', [], no],
    ['Null', 'true', [], yes],
    ['Null', 'true', '', yes],
    ['Null', 'true', [''], yes],
    ['Null', 'true', ['', ''], yes],
    ['Null', 'true', ['', 'x'], no],
    ['Null', 'false', '', no],
    ['Null', 'false', [''], no],
    ['Null', 'false', ['', ''], no],
    ['Null', 'false', ['', 'x'], yes],
    ['Null', ['true', 'false'], '', yes],
    ['ForAllValues:StringEquals', 'a', [], yes],
    ['ForAllValues:StringEquals', 'a', [''], yes],
    ['ForAllValues:StringEquals', 'a', ['', 'a'], no],
    ['ForAllValues:StringNotEquals', 'a', [''], yes],
    ['ForAllValues:StringNotEqualsIfExists', '', [''], yes],
    ['ForAnyValue:StringEquals', '', [''], no],
    ['ForAnyValue:StringEquals', '', ['', 'a'], yes],
    ['ForAnyValue:StringNotEquals', 'a', [''], no],
    ['ForAnyValue:StringEqualsIfExists', 'a', [''], yes],
    ['ForAnyValue:NumericLessThanIfExists', '1', '', yes],
    ['StringEquals', '', '', yes],
    ['StringEquals', '', [], no],
    ['StringEquals', '', ['', ''], open],
    ['StringNotEquals', '', '', no],
    ['StringNotEquals', 'a', '', yes],
    ['StringEqualsIfExists', 'a', '', no],
    ['StringEqualsIfExists', 'a', [], yes],
    ['StringLike', '*', '', yes],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], yes],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], no],
    ['ForAllValues:StringEquals', 'a', undefined, yes],
    ['ForAllValues:StringEquals', 'a', '', yes],
    ['ForAllValues:StringNotEquals', 'a', ['b', 'a'], no],
    ['ForAnyValue:StringEquals', 'a', ['b', 'a'], yes],
    ['ForAnyValue:StringEquals', 'a', undefined, no],
    ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], yes],
    ['ForAnyValue:StringNotEquals', 'a', undefined, no],
    ['ForAnyValue:StringEqualsIfExists', 'a', undefined, yes],
  ])('%s %j with %j: %s', (operator, wanted, value, expected) => {
    const source = policy(allow({ Condition: { [operator]: { 'a:b': wanted } } }));
    const context = value === undefined ? {} : { 'A:B': value };
    expect(decide(source, get(object, context)).decision).toBe(expected);
  });

  test("AWS's guard of ForAllValues refuses a key without a value", () => {
    const Condition = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': 'false' } };
    const decided = (value: ContextValue | undefined) =>
      decide(policy(allow({ Condition })), get(object, value === undefined ? {} : { 'aws:TagKeys': value })).decision;
    expect(['a', ['a', 'a']].map(decided)).toEqual([yes, yes]);
    expect([undefined, [], '', [''], ['', ''], ['', 'a'], 'b'].map(decided)).toEqual(Array(7).fill(no));
  });

  test('operators and keys are joined by and; one that is false decides over one that is undetermined', () => {
    const source = policy(allow({ Condition: { StringEquals: { 'a:b': 'x', 'c:d': 'y' } } }));
    expect(decide(source, get(object, { 'a:b': ['x', 'y'], 'c:d': 'n' })).decision).toBe(no);
    expect(decide(source, get(object, { 'a:b': ['x', 'y'], 'c:d': 'y' })).decision).toBe(open);
    expect(decide(source, get(object, { 'a:b': 'x', 'c:d': 'y' })).decision).toBe(yes);
  });
});

describe('documents', () => {
  test('a document that cannot be understood is refused, with its number and every reason', () => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
    expect(() => compile([policy(allow()), trust])).toThrow(DocumentError);
    expect(() => compile([policy(allow()), trust])).toThrow(
      /^document 2 of 2 cannot be evaluated: this is a trust policy and the first is an identity policy/,
    );
  });

  test('no documents allow nothing', () => {
    expect(decide([], get(object)).decision).toBe('implicitDeny');
  });

  test('JSON text is taken as well', () => {
    expect(decide(JSON.stringify(policy(allow())), get(object)).decision).toBe('allowed');
  });
});

test.each(Object.keys(actionsWithoutPermission))('%s is allowed by no policy and denied by none', (action) => {
  for (const name of [action, action.toUpperCase()]) {
    const asked = { action: name, resource: '*', context: {} };
    expect(decide([], asked)).toEqual({ decision: 'allowed', statements: [] });
    for (const Action of [action, 'sts:*', '*']) {
      expect(decide(policy({ Effect: 'Deny', Action, Resource: '*' }), asked).decision).toBe('allowed');
    }
    expect(needsNoPermission(name)).toBe(true);
  }
  expect(decide([], { action: `${action}x`, resource: '*' }).decision).toBe('implicitDeny');
  expect(decide(policy({ Effect: 'Deny', Action: '*', Resource: '*' }), get(object)).decision).toBe('explicitDeny');
  expect(needsNoPermission('sts:AssumeRole')).toBe(false);
});
