import { describe, expect, test } from 'vitest';
import { combine, compare, decide, split, type Relation } from '../../src/index.js';

type JsonStatement = Record<string, unknown>;

type WrittenPolicy = { Version: string; Statement: JsonStatement[] };

const policy = (...Statement: JsonStatement[]): WrittenPolicy => ({ Version: '2012-10-17', Statement });
const allow = (Resource: string | string[], Action = 'dynamodb:*'): JsonStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Resource: string | string[], Action = 'dynamodb:DeleteTable'): JsonStatement => ({
  Effect: 'Deny',
  Action,
  Resource,
});
const allowNot = (NotResource: string[]): JsonStatement => ({ Effect: 'Allow', Action: 'dynamodb:*', NotResource });

const tables = 'arn:aws:dynamodb:us-east-1:111122223333:table/*';
const prod = 'arn:aws:dynamodb:*:table/prod-*';
const every = 'arn:aws:dynamodb:*:*:table/*';
/** What `arn:aws:logs:*:1:x` is where its star stays in its part. */
const inPart = ['arn:aws:logs:*?:1:x', 'arn:aws:logs::1:x'];

describe('a relation is said only where it holds however a star at the end of a part is read', () => {
  test.each<[string, WrittenPolicy, WrittenPolicy, Relation]>([
    ['the Deny of the short ARN', policy(allow(tables), deny(prod)), policy(allow(tables)), 'unknown'],
    ['and the other way round', policy(allow(tables)), policy(allow(tables), deny(prod)), 'unknown'],
    ['a Deny of six parts', policy(allow(tables), deny(`arn:aws:dynamodb:*:prod`)), policy(allow(tables)), 'unknown'],
    ['the same in another order', policy(allow(tables), deny(prod)), policy(deny(prod), allow(tables)), 'equal'],
    ['what every reading allows', policy(allow(every)), policy(allow('arn:aws:dynamodb:*')), 'wider'],
    ['what no reading allows', policy(allow('arn:aws:dynamodb:*')), policy(allow(every)), 'narrower'],
    ['a part of a wide one', policy(allow(tables)), policy(allow(every)), 'wider'],
    ['another service', policy(allow(every)), policy(allow('arn:aws:sqs:*:*:q/*')), 'incomparable'],
    ['only a running star reaches it', policy(allow(tables)), policy(allow([tables, prod])), 'wider'],
    ['an Allow that is wider in one reading', policy(allow(inPart)), policy(allow('arn:aws:logs:*:1:x')), 'unknown'],
    ['what is left out', policy(allowNot(inPart)), policy(allowNot(['arn:aws:logs:*:1:x'])), 'unknown'],
    ['stars with stars behind them', policy(allow('arn:aws:sqs:*:*:*')), policy(allow('arn:aws:sqs')), 'equal'],
    ['the same, behind a beginning', policy(allow('arn:aws:sqs:us-*:*')), policy(allow('arn:aws:sqs:us-*')), 'equal'],
    [
      'a star that does not end its part',
      policy(allow('arn:aws:s:u*1:1:x')),
      policy(allow('arn:aws:s:u*1:1:*')),
      'wider',
    ],
  ])('%s', (_, a, b, relation) => {
    const found = compare(a, b);
    expect(found.relation).toBe(relation);
    expect(found.reason === null).toBe(relation !== 'unknown');
    if (relation === 'unknown') expect(found.reason).toContain('past the colon');
  });

  test('the reason shows the resource, and the witness is one as decide reads it', () => {
    const { gained, lost, reason } = compare(policy(allow(tables), deny(prod)), policy(allow(tables)));
    expect(reason).toContain(`\`${prod}\``);
    expect(lost).toBeNull();
    expect(decide(policy(allow(tables), deny(prod)), gained!).decision).toBe('explicitDeny');
    expect(decide(policy(allow(tables)), gained!).decision).toBe('allowed');
  });

  test('where the first witness is one under one reading only, another is found', () => {
    const { relation, gained } = compare(policy(allow(tables)), policy(allow([tables, prod])));
    expect(relation).toBe('wider');
    expect(gained!.resource).toMatch(/^arn:aws:dynamodb:[^:]*:table\/prod-[^:]*:/);
  });
});

test('combine keeps what only one reading makes needless', () => {
  const found = combine([
    policy(allow('arn:aws:logs:*:x/*', 'logs:*')),
    policy(allow('arn:aws:logs:us:1:x/y', 'logs:*')),
  ]);
  expect(found.Statement.flatMap(({ Resource }) => Resource)).toHaveLength(2);
  const needless = combine([
    policy(allow('arn:aws:logs:*:*:x/*', 'logs:*')),
    policy(allow('arn:aws:logs:us:1:x/y', 'logs:*')),
  ]);
  expect(needless.Statement.flatMap(({ Resource }) => Resource)).toHaveLength(1);
});

test('split is proved under every reading', () => {
  expect(split([policy(allow(tables), deny(prod))], 'managedPolicy')).toHaveLength(1);
});
