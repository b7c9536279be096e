import { expect, test } from 'vitest';
import { compare, decide, type DocumentSource } from '@postern/core';
import { findGains } from '../src/access/gains.js';
import { lazyReference } from '../src/access/reference.js';
import { examplePlace } from '../src/policies/place.js';

const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** A small generator that gives the same numbers for the same seed. */
function generator(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const actions = [
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:PutObject',
  'iam:PassRole',
  'ecr:Batch*',
  '*',
  'ecr:GetAuthorizationToken',
];
const resources = [
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::${aws:username}/*',
  'arn:aws:iam::111122223333:role/ci',
];
const conditions = [
  { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:TokenIssueTime': 'true' } },
];

function randomPolicy(below: (most: number) => number): DocumentSource {
  const pick = <Item>(list: readonly Item[]): Item => list[below(list.length)]!;
  const some = (list: readonly string[]) => Array.from({ length: 1 + below(2) }, () => pick(list));
  const statement = () => ({
    Effect: below(3) === 0 ? 'Deny' : 'Allow',
    ...(below(6) === 0 ? { NotAction: some(actions.slice(0, 6)) } : { Action: some(actions) }),
    ...(below(6) === 0 ? { NotResource: some(resources.slice(1)) } : { Resource: some(resources) }),
    ...(below(3) === 0 ? { Condition: pick(conditions) } : {}),
  });
  return {
    ...(below(5) === 0 ? {} : { Version: '2012-10-17' }),
    Statement: Array.from({ length: 1 + below(4) }, statement),
  };
}

test(
  'where something is gained some pattern says so, where nothing is none does, and every request is confirmed',
  { timeout: 120_000 },
  async () => {
    const below = generator(seed);
    const surroundings = { place: examplePlace, reference: lazyReference(), mostTried: 20 };
    for (let count = 0; count < 60; count += 1) {
      const [a, b] = [randomPolicy(below), randomPolicy(below)];
      const { gained, relation } = compare(a, b);
      const { gains, doubts } = await findGains([a], [b], surroundings);
      const pair = `POSTERN_SEED=${seed} pair ${count}: ${JSON.stringify([a, b])}`;
      for (const { witness } of gains) {
        expect(decide(b, witness).decision, pair).toBe('allowed');
        expect(decide(a, witness).decision, pair).toMatch(/Deny$/);
      }
      if (gained !== null && doubts.length === 0) expect(gains.length, pair).toBeGreaterThan(0);
      if (gained === null && relation !== 'unknown') expect(gains, pair).toEqual([]);
    }
  },
);
