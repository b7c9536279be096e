import { expect, test } from 'vitest';
import { compare, parse, prepare, type PolicyDocument, type Relation, type Statement } from '../../src/index.js';
import { randomPair } from './random-pair.js';
import { Random, randomDocument } from './random.js';

type Json = Record<string, unknown>;

const rounds = Math.min(1500, Number(process.env['POSTERN_ROUNDS'] ?? 1500));
const seed = Number(process.env['POSTERN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
console.log(`laws: POSTERN_SEED=${seed}`);

function law(title: string, check: (random: Random) => Relation | undefined): void {
  test(`${title} (seed ${seed})`, () => {
    const random = new Random(seed);
    const met: Partial<Record<Relation | 'none', number>> = {};
    for (let round = 0; round < rounds; round += 1) {
      const relation = check(random) ?? 'none';
      met[relation] = (met[relation] ?? 0) + 1;
    }
    // A law about pairs that never come up would hold of itself.
    expect((met.none ?? 0) + (met.unknown ?? 0)).toBeLessThan(rounds * 0.9);
  });
}

const opposite: Record<Relation, Relation> = {
  equal: 'equal',
  narrower: 'wider',
  wider: 'narrower',
  incomparable: 'incomparable',
  unknown: 'unknown',
};

law('comparing the other way round gives the opposite', (random) => {
  const [a, b] = randomPair(random);
  const there = compare(a, b).relation;
  const back = compare(b, a).relation;
  expect(back).toBe(opposite[there]);
  return there;
});

law('what is not more than b, and b not more than c, is not more than c', (random) => {
  const [a, b] = randomPair(random);
  const c = [...structuredClone(b), { Version: '2012-10-17', Statement: randomDocument(random)['Statement'] }];
  const sets = [a, b, c].map((documents) => prepare(documents));
  for (const [x, y, z] of permutations(sets)) {
    const [first, second] = [compare(x!, y!).relation, compare(y!, z!).relation];
    if (!isWithin(first) || !isWithin(second)) continue;
    const third = compare(x!, z!).relation;
    if (third === 'unknown') continue;
    expect(isWithin(third)).toBe(true);
    if (first === 'equal' && second === 'equal') expect(third).toBe('equal');
    return third;
  }
  return undefined;
});

law('order, duplicates, Sids and lists for scalars do not matter', (random) => {
  const document = randomDocument(random);
  const { relation } = compare(document, rewritten(random, document));
  if (relation !== 'unknown') expect(relation).toBe('equal');
  return relation;
});

law('every document is equal to itself', (random) => {
  const document = randomDocument(random);
  const { relation } = compare(document, structuredClone(document));
  expect(relation).toBe('equal');
  return relation;
});

law('combining documents never takes access away where nothing is denied', (random) => {
  const [a, b] = [allowsOf(randomDocument(random)), allowsOf(randomDocument(random))];
  const { relation } = compare(a, [a, b]);
  if (relation !== 'unknown') expect(relation).toMatch(/^(equal|wider)$/);
  return relation;
});

law('adding a Deny never gives access', (random) => {
  const a = randomDocument(random);
  const { relation, gained } = compare(a, [a, deniesOf(randomDocument(random))]);
  expect(gained).toBeNull();
  if (relation !== 'unknown') expect(relation).toMatch(/^(equal|narrower)$/);
  return relation;
});

law('a Deny of everything wins over every Allow', (random) => {
  const a = randomDocument(random);
  const nothing = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
  const { relation } = compare([], [a, nothing]);
  expect(relation).toBe('equal');
  return relation;
});

function isWithin(relation: Relation): boolean {
  return relation === 'equal' || relation === 'wider';
}

function permutations<T>([a, b, c]: readonly T[]): (T | undefined)[][] {
  return [
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
}

function canonical(document: Json): PolicyDocument {
  return parse(document).document!;
}

function allowsOf(document: Json): Json {
  const { Version, Statement } = canonical(document);
  return { ...(Version && { Version }), Statement: Statement.map((statement) => ({ ...statement, Effect: 'Allow' })) };
}

function deniesOf(document: Json): Json {
  const { Version, Statement } = canonical(document);
  return { ...(Version && { Version }), Statement: Statement.map((statement) => ({ ...statement, Effect: 'Deny' })) };
}

function rewritten(random: Random, document: Json): Json {
  const { Version, Statement } = canonical(document);
  const shuffle = <T>(list: readonly T[]): T[] => {
    const keyed = [...list, random.pick(list)].map((item) => ({ item, at: random.next() }));
    return keyed.sort((x, y) => x.at - y.at).map(({ item }) => item);
  };
  const statements = shuffle(Statement).map((statement, index): Statement => {
    const { Action, NotAction, Resource, NotResource } = statement;
    return {
      ...statement,
      Sid: `Sid${index}`,
      ...(Action && { Action: shuffle(Action) }),
      ...(NotAction && { NotAction: shuffle(NotAction) }),
      ...(Resource && { Resource: shuffle(Resource) }),
      ...(NotResource && { NotResource: shuffle(NotResource) }),
    };
  });
  return { ...(Version && { Version }), Statement: statements };
}
