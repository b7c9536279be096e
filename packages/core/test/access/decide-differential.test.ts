import { expect, test } from 'vitest';
import { decide } from '../../src/index.js';
import { disagreements } from './disagreements.js';
import { naiveDecide, type NaiveRequest } from './naive.js';
import { madeBySomebody, Random, randomDocument, randomRequest, withPrincipals } from './random.js';

const rounds = Number(process.env['POSTERN_ROUNDS'] ?? 50_000);
const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test(`decide agrees with the naive engine on ${rounds} random policies and requests (seed ${seed})`, () => {
  console.log(`random decisions: ${rounds} rounds, POSTERN_SEED=${seed}`);
  const random = new Random(seed);
  const answers: Record<string, number> = {};
  for (let round = 0; round < rounds; round += 1) {
    const documents = Array.from({ length: random.chance(0.7) ? 1 : 2 }, () => randomDocument(random));
    const request: NaiveRequest = randomRequest(random);
    const expected = naiveDecide(documents, request);
    const { decision } = decide(documents, request);
    if (decision !== expected) {
      expect.fail(`round ${round}: ${decision}, not ${expected}\n${JSON.stringify({ documents, request }, null, 1)}`);
    }
    answers[decision] = (answers[decision] ?? 0) + 1;
  }
  console.log(`answers: ${JSON.stringify(answers)}`);
  // A generator that only ever meets one answer would compare nothing.
  for (const answer of ['allowed', 'implicitDeny', 'explicitDeny', 'undetermined']) {
    expect(answers[answer], answer).toBeGreaterThan(rounds / 100);
  }
});

test(`decide agrees with the naive engine on ${rounds / 2} random resource policies and callers (seed ${seed})`, () => {
  const random = new Random(seed);
  const answers: Record<string, number> = {};
  for (let round = 0; round < rounds / 2; round += 1) {
    const documents = [withPrincipals(random, randomDocument(random))];
    const request = madeBySomebody(random, randomRequest(random));
    const expected = naiveDecide(documents, request);
    const { decision } = decide(documents, request);
    if (decision !== expected) {
      expect.fail(`round ${round}: ${decision}, not ${expected}\n${JSON.stringify({ documents, request }, null, 1)}`);
    }
    answers[decision] = (answers[decision] ?? 0) + 1;
  }
  for (const answer of ['allowed', 'implicitDeny', 'explicitDeny', 'undetermined']) {
    expect(answers[answer], answer).toBeGreaterThan(rounds / 400);
  }
});

test.each(disagreements)('both engines: $name', ({ documents, request, decision }) => {
  expect(decide(documents, request).decision).toBe(decision);
  expect(naiveDecide(documents, request)).toBe(decision);
});
