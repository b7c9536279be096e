import { expect, test } from 'vitest';
import { compare, type Comparison, type Witness } from '../../src/index.js';
import { pairDisagreements } from './disagreements.js';
import { naiveDecide, pages, type NaiveRequest, type PageReading } from './naive.js';
import { aimedRequest, randomPair } from './random-pair.js';
import { madeBySomebody, Random, withPrincipals } from './random.js';

type Json = Record<string, unknown>;

const rounds = Number(process.env['POSTERN_ROUNDS'] ?? 20_000);
const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const requestsEach = 12;

test(`no request contradicts a verdict on ${rounds} random pairs (seed ${seed})`, { timeout: 3_600_000 }, () => {
  console.log(`random pairs: ${rounds} rounds, POSTERN_SEED=${seed}`);
  const random = new Random(seed);
  const relations: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  for (let round = 0; round < rounds; round += 1) {
    const [a, b] = randomPair(random);
    const comparison = compare(a, b);
    relations[comparison.relation] = (relations[comparison.relation] ?? 0) + 1;
    const reason = comparison.reason?.replace(/as in `.*?`, /, '');
    if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const requests = Array.from({ length: requestsEach }, () => aimedRequest(random, [...a, ...b]));
    const problem = contradiction(a, b, comparison, requests);
    if (problem !== undefined)
      expect.fail(`round ${round}: ${problem}\n${JSON.stringify({ a, b, comparison }, null, 1)}`);
  }
  console.log(`relations: ${JSON.stringify(relations)}`);
  console.log(`reasons: ${JSON.stringify(reasons)}`);
  // A generator that only ever meets one relation would compare nothing, and so would an engine that never knows.
  for (const relation of ['equal', 'narrower', 'wider', 'incomparable']) {
    expect(relations[relation], relation).toBeGreaterThan(rounds / 20);
  }
  expect(relations['unknown'] ?? 0).toBeLessThan(rounds / 25);
});

const pairsOfResources = rounds / 4;

test(`no request contradicts a verdict on ${pairsOfResources} random pairs of resource policies (seed ${seed})`, () => {
  const random = new Random(seed);
  const relations: Record<string, number> = {};
  for (let round = 0; round < pairsOfResources; round += 1) {
    const [one, other] = randomPair(random);
    const named = one.map((document) => withPrincipals(random, document));
    // Often the same principals on both sides, so that the rest makes the difference.
    const a = random.chance(0.5) ? other.map((document) => withPrincipals(random, document)) : changeOne(random, named);
    const [before, after] = random.chance(0.5) ? [named, a] : [a, named];
    const comparison = compare(before, after);
    relations[comparison.relation] = (relations[comparison.relation] ?? 0) + 1;
    const requests = Array.from({ length: requestsEach }, () =>
      madeBySomebody(random, aimedRequest(random, [...before, ...after])),
    );
    const problem = contradiction(before, after, comparison, requests);
    if (problem !== undefined) {
      expect.fail(`round ${round}: ${problem}\n${JSON.stringify({ before, after, comparison }, null, 1)}`);
    }
  }
  console.log(`relations of resource policies: ${JSON.stringify(relations)}`);
  for (const relation of ['equal', 'narrower', 'wider', 'incomparable']) {
    expect(relations[relation], relation).toBeGreaterThan(pairsOfResources / 50);
  }
  expect(relations['unknown'] ?? 0).toBeLessThan(pairsOfResources / 2);
}, 3_600_000);

/** The same documents with one statement's principal drawn anew, or as they were. */
function changeOne(random: Random, documents: readonly Json[]): Json[] {
  const copies = structuredClone(documents) as Json[];
  const statement = random.pick([random.pick(copies)['Statement']].flat() as Json[]);
  if (random.chance(0.7)) {
    delete statement['Principal'];
    delete statement['NotPrincipal'];
    const [drawn] = [withPrincipals(random, { Statement: [statement] })['Statement']].flat() as Json[];
    Object.assign(statement, drawn);
  }
  return copies;
}

test.each(pairDisagreements)('no request contradicts: $name', ({ a, b, request }) => {
  expect(differs(b, a, request) || differs(a, b, request)).toBe(true);
  expect(contradiction(a, b, compare(a, b), [request])).toBeUndefined();
});

/** What is wrong with a verdict, in the eyes of the naive engine. */
function contradiction(
  a: Json[],
  b: Json[],
  { relation, gained, lost, reason }: Comparison,
  requests: readonly NaiveRequest[],
): string | undefined {
  if ((relation === 'unknown') !== (reason !== null)) return 'a reason goes with unknown, and only with it';
  if (relation !== 'unknown') {
    const fromWitnesses = gained ? (lost ? 'incomparable' : 'wider') : lost ? 'narrower' : 'equal';
    if (relation !== fromWitnesses) return `the witnesses say ${fromWitnesses}`;
  }
  // Where the answer is not known, a witness is one as IAM's page on `Resource` has it; else as every page has it.
  // The pages differ about a star before a colon only.
  const differ = relation !== 'unknown' && JSON.stringify([a, b]).includes('*:');
  for (const page of differ ? pages : pages.slice(0, 1)) {
    if (gained && !differs(a, b, gained, page)) return `what was gained is not (${page})`;
    if (lost && !differs(b, a, lost, page)) return `what was lost is not (${page})`;
    for (const request of requests) {
      const missed = (witness: Witness | null, from: Json[], to: Json[]) =>
        relation !== 'unknown' && witness === null && differs(from, to, request, page);
      if (missed(gained, a, b)) return `b allows ${JSON.stringify(request)} and a does not (${page})`;
      if (missed(lost, b, a)) return `a allows ${JSON.stringify(request)} and b does not (${page})`;
    }
  }
  return undefined;
}

/** Whether the request is allowed by the second, and for certain not by the first. */
function differs(from: Json[], to: Json[], request: Witness | NaiveRequest, page: PageReading = 'expands'): boolean {
  const naive = { ...request, context: request.context as NaiveRequest['context'] };
  return naiveDecide(to, naive, page) === 'allowed' && naiveDecide(from, naive, page).endsWith('Deny');
}
