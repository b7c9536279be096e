import type { RecordedProof } from '@postern/core';
import { expect, test } from 'vitest';
import { sealProof, whyProve } from '../../src/against/proved.js';

const evidence: RecordedProof = {
  useCase: 'push',
  tools: { aws: '2.0' },
  counts: { proved: 1, replayed: 0, tolerated: 0, claimed: 0 },
  scenarios: [],
  atoms: [],
  hostile: [],
  requests: ['ecr:PutImage'],
};
const parts = { policies: 'a', plan: 'b', engine: 'c', 'service ecr': 'd', 'client aws': '2.0 e' };
const proved = sealProof(evidence, parts);
const read = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

test('what was proved against the same is not proved again', () => {
  expect(whyProve(evidence, read(proved), parts)).toBeUndefined();
});

test.each([
  ['policies', 'x', 'its policies changed since its evidence was recorded'],
  ['plan', 'x', 'its plan changed since its evidence was recorded'],
  ['engine', 'x', 'what all proofs rest on changed since its evidence was recorded'],
  ['service ecr', 'x', 'the service ecr of the sandbox changed since its evidence was recorded'],
  ['service s3', 'x', 'the service s3 of the sandbox changed since its evidence was recorded'],
  ['client aws', '2.1 x', 'the client aws (2.0 then, 2.1 here) changed since its evidence was recorded'],
  ['client aws', '2.0 x', 'the client aws changed since its evidence was recorded'],
  ['client jq', 'missing x', 'the client jq (none then, missing here) changed since its evidence was recorded'],
])('with another %s it is: %s', (name, value, why) => {
  expect(whyProve(evidence, read(proved), { ...parts, [name]: value })).toBe(why);
});

test('a part that is gone is a change, and several are told together', () => {
  const rest = Object.fromEntries(Object.entries(parts).filter(([name]) => name !== 'plan'));
  expect(whyProve(evidence, read(proved), { ...rest, engine: 'x' })).toBe(
    'its plan, what all proofs rest on changed since its evidence was recorded',
  );
});

test('without evidence, without a record, and with one that is none, it is proved', () => {
  expect(whyProve(undefined, read(proved), parts)).toMatch(/no committed evidence/);
  expect(whyProve(evidence, undefined, parts)).toMatch(/nothing says/);
  for (const value of [null, 'x', [], {}, { evidence: 1 }, { ...proved, seal: '' }, { ...proved, parts: null }])
    expect(whyProve(evidence, value, parts), JSON.stringify(value)).toMatch(/by hand/);
});

test('a record that was brought up to date by hand is proved', () => {
  const now = { ...parts, engine: 'x' };
  expect(whyProve(evidence, { ...proved, parts: now }, now)).toMatch(/by hand/);
});

test('the parts of two runs in one record are those of no run', () => {
  const [ours, theirs] = [sealProof(evidence, { ...parts, plan: 'x' }), sealProof(evidence, { ...parts, engine: 'y' })];
  const merged = { ...parts, plan: 'x', engine: 'y' };
  for (const { seal } of [ours, theirs])
    expect(whyProve(evidence, { ...ours, parts: merged, seal }, merged)).toMatch(/by hand/);
});

test('evidence that was written by hand is proved', () => {
  const counts = { ...evidence.counts, proved: 2 };
  expect(whyProve({ ...evidence, counts }, read(proved), parts)).toMatch(/another one than the proof gave/);
});
