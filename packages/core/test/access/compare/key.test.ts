import { describe, expect, test } from 'vitest';
import { literalOf } from '../../../src/access/compare/box.js';
import { Budget, unsure } from '../../../src/access/compare/budget.js';
import { findKeyValue, mayHold, type Count, type KeyValue, type LiteralWish } from '../../../src/access/compare/key.js';
import { symbol } from '../../../src/access/compare/letters.js';
import { compileConditions } from '../../../src/access/match-condition.js';
import { readContext } from '../../../src/access/request.js';
import { Random } from '../random.js';
import { roundsOf, seed } from './rounds.js';

console.log(`key: POSTERN_SEED=${seed}`);

const kinds: Record<string, { operators: string[]; values: string[] }> = {
  text: {
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringEqualsIgnoreCase',
      'BinaryEquals',
    ],
    values: ['a', 'A', 'b', 'a*', '*', '?', 'a?*', '', '10', '5', 'true', 'arn:aws:s3:::b', '10.0.0.1', '2026-01-01'],
  },
  number: {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (name) => `Numeric${name}`,
    ),
    values: ['5', '10', '5.5', '-1', 'x', '100000000000000000000'],
  },
  date: {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (name) => `Date${name}`,
    ),
    values: ['2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', '2026', '1767225600', '0', 'x'],
  },
  address: {
    operators: ['IpAddress', 'NotIpAddress'],
    values: ['10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9', '10.0.0.1', '0.0.0.0/0', '::/0', '2001:db8::/32', 'x'],
  },
  arn: {
    operators: ['ArnLike', 'ArnNotEquals'],
    values: ['arn:aws:s3:::b', 'arn:aws:s3:::*', 'arn:*:s3:::b', 'arn:aws:s3', '*'],
  },
  bool: { operators: ['Bool'], values: ['true', 'false', 'TRUE', 'x'] },
};

const pool = [
  ...['', 'a', 'A', 'b', 'ab', 'x', 'zz', 'true', 'TRUE', 'false', 'arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:s3'],
  ...['-2', '-1', '0', '4', '5', '5.25', '5.5', '7', '10', '11', '100000000000000000000', '1e3'],
  ...[
    '2025',
    '2026-01-01',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:30Z',
    '2026-01-01T00:01:00Z',
    '2027',
    '1767225600',
    '1767225601',
  ],
  ...[
    '9.0.0.0',
    '10.0.0.0',
    '10.0.0.1',
    '10.0.0.2',
    '10.128.0.0',
    '11.0.0.0',
    '::1',
    '2001:db8::1',
    '2001:db9::',
    '10.0.0',
  ],
];
const single: KeyValue[] = [undefined, ...pool.map((value) => [value])];
const several: KeyValue[] = pool.flatMap((value) => pool.map((other) => [value, other]));
const candidates: Record<Count, KeyValue[]> = { one: single, any: [...single, ...several], several };

interface Wish {
  readonly operator: string;
  readonly values: string[];
  readonly wanted: LiteralWish['wanted'];
}

function toWish({ operator, values, wanted }: Wish): LiteralWish {
  return { literal: literalOf(operator, 'k', values, false, new Map()), wanted };
}

/** What `decide` makes of the condition. */
function isFulfilled({ operator, values, wanted }: Wish): (value: KeyValue) => boolean {
  const matches = compileConditions({ [operator]: { k: values } }, false);
  return (value) => {
    const truth = matches(readContext(value === undefined ? {} : { k: value }));
    return wanted === 'holds' ? truth === true : wanted === 'fails' ? truth === false : truth !== false;
  };
}

function find(wishes: readonly Wish[], count: Count): ReturnType<typeof findKeyValue> {
  return findKeyValue(wishes.map(toWish), count, new Budget(100_000));
}

test.each(['one', 'any', 'several'] as const)(`finds a value wherever there is one: %s (seed ${seed})`, (count) => {
  const random = new Random(seed);
  const tally = { found: 0, none: 0, unsure: 0 };
  for (let round = 0; round < roundsOf(400); round += 1) {
    const kind = random.pick(Object.keys(kinds));
    const wishes = Array.from({ length: random.pick([1, 1, 2, 2, 3, 4]) }, (): Wish => {
      const { operators, values } = kinds[random.chance(0.8) ? kind : random.pick(Object.keys(kinds))]!;
      const wanted = random.pick(['holds', 'holds', 'fails', 'fails', 'mayHold'] as const);
      if (random.chance(0.15)) return { operator: 'Null', values: random.some(['true', 'false'], 1), wanted };
      const set = count === 'one' ? '' : random.pick(['', 'ForAllValues:', 'ForAnyValue:', 'ForAnyValue:']);
      const operator = set + random.pick(operators) + (random.chance(0.2) ? 'IfExists' : '');
      return { operator, values: random.some(values, 3), wanted };
    });
    const found = find(wishes, count);
    const question = JSON.stringify({ wishes, found: found === unsure ? 'unsure' : found });
    const fulfilled = wishes.map(isFulfilled);
    const fulfils = (value: KeyValue): boolean => fulfilled.every((check) => check(value));
    if (found === unsure) tally.unsure += 1;
    else if (found === null) {
      tally.none += 1;
      expect(
        candidates[count].find((value) => fulfils(value)) ??
          (count !== 'several' && fulfils(undefined) ? 'absent' : null),
        question,
      ).toBeNull();
    } else {
      tally.found += 1;
      expect(fulfils(found), question).toBe(true);
      if (count === 'one') expect(found?.length ?? 0, question).toBeLessThan(2);
      if (count === 'several') expect(found?.length, question).toBeGreaterThan(1);
    }
  }
  const rounds = roundsOf(400);
  expect(tally.found, JSON.stringify(tally)).toBeGreaterThan(rounds / 4);
  expect(tally.none, JSON.stringify(tally)).toBeGreaterThan(rounds / 10);
  expect(tally.unsure, JSON.stringify(tally)).toBeLessThan(rounds / 6);
});

test(`mayHold is what decide says, or that AWS does not say (seed ${seed})`, () => {
  const random = new Random(seed);
  for (let round = 0; round < roundsOf(400); round += 1) {
    const { operators, values } = kinds[random.pick(Object.keys(kinds))]!;
    const set = random.pick(['', '', 'ForAllValues:', 'ForAnyValue:']);
    const operator = random.chance(0.1)
      ? 'Null'
      : set + random.pick(operators) + (random.chance(0.2) ? 'IfExists' : '');
    const wish: Wish = {
      operator,
      values: random.some(operator === 'Null' ? ['true', 'false'] : values, 2),
      wanted: 'mayHold',
    };
    const value = random.pick(random.chance(0.5) ? single : several);
    expect(mayHold(toWish(wish).literal, value, new Budget(100_000)), JSON.stringify({ wish, value })).toBe(
      isFulfilled(wish)(value),
    );
  }
});

describe('values at the edges of what is asked', () => {
  const holds = (operator: string, ...values: string[]): Wish => ({ operator, values, wanted: 'holds' });
  const fails = (operator: string, ...values: string[]): Wish => ({ operator, values, wanted: 'fails' });
  const there = holds('Null', 'false');

  test.each<[string, Wish[], unknown]>([
    ['between two whole numbers', [holds('NumericGreaterThan', '1'), holds('NumericLessThan', '2')], ['1.5']],
    ['a whole number where there is one', [holds('NumericGreaterThan', '1'), holds('NumericLessThan', '4')], ['3']],
    ['above all', [holds('NumericGreaterThan', '7')], ['8']],
    ['below all', [holds('NumericLessThan', '-7')], ['-8']],
    [
      'above a number that a floating-point number cannot tell from the next',
      [holds('NumericGreaterThan', '100000000000000000000')],
      ['100000000000000000001'],
    ],
    ['below such a number', [holds('NumericLessThan', '-100000000000000000000')], ['-100000000000000000001']],
    [
      'between two numbers that are one floating-point number',
      [holds('NumericGreaterThan', '9007199254740992'), holds('NumericLessThan', '9007199254740994')],
      ['9007199254740993'],
    ],
    ['above a number of no length', [holds('NumericGreaterThan', '1e999999999')], ['1e1000000000']],
    ['no number at all', [there, fails('NumericLessThan', '5'), fails('NumericGreaterThanEquals', '5')], ['x']],
    ['no number between', [holds('NumericGreaterThan', '5'), holds('NumericLessThan', '5')], null],
    ['a minute later', [holds('DateGreaterThan', '2026-01-01T00:00:00Z')], ['2026-01-01T00:01:00Z']],
    ['a minute earlier', [holds('DateLessThan', '2026-01-01T00:00:00Z')], ['2025-12-31T23:59:00Z']],
    [
      'a fraction of a second between dates',
      [holds('DateGreaterThan', '2026-01-01T00:00:00Z'), holds('DateLessThan', '2026-01-01T00:00:01Z')],
      ['2026-01-01T00:00:00.500Z'],
    ],
    ['a time before all that have a year', [holds('DateLessThan', '-99999999999999')], ['-100000000000059']],
    ['the first address of a range', [holds('IpAddress', '10.1.2.3/8')], ['10.0.0.0']],
    ['the first behind a range', [holds('IpAddress', '10.0.0.0/8'), fails('IpAddress', '10.0.0.0/9')], ['10.128.0.0']],
    ['an address outside', [holds('NotIpAddress', '0.0.0.0/0'), holds('IpAddress', '::/0')], ['0:0:0:0:0:0:0:0']],
    [
      'an address of IPv6 behind a range',
      [holds('IpAddress', '2001:db8::/31'), fails('IpAddress', '2001:db8::/32')],
      ['2001:db9:0:0:0:0:0:0'],
    ],
    ['no address between', [holds('IpAddress', '10.0.0.0/8'), fails('IpAddress', '10.0.0.0/9', '10.128.0.0/9')], null],
    ['a listed text that is a number', [holds('StringEquals', 'a', '7', '3'), holds('NumericLessThan', '5')], ['3']],
    ['no listed text that is a number', [holds('StringEquals', 'a', '7'), holds('NumericLessThan', '5')], null],
    ['only absent', [holds('Null', 'true')], undefined],
    ['there, and nothing else', [there], ['x']],
    ['there and absent', [there, holds('Null', 'true')], null],
    ['the empty text, where nothing else will do', [holds('StringLike', '*'), fails('StringLike', '?*')], ['']],
    ['the empty text is not there', [there, fails('StringLike', '?*')], null],
    ['the empty text is as good as absent', [holds('Null', 'true'), holds('StringEquals', '')], ['']],
  ])('%s', (_, wishes, expected) => {
    expect(find(wishes, 'one')).toEqual(expected);
  });

  test('several values: one for each wish, and empty texts count as absent', () => {
    const both = [holds('ForAnyValue:StringEquals', 'a'), holds('ForAnyValue:StringEquals', 'b')];
    expect(find(both, 'any')).toEqual(['a', 'b']);
    expect(find(both, 'one')).toBeNull();
    expect(find([...both, holds('ForAllValues:StringEquals', 'a')], 'any')).toBeNull();
    expect(find([holds('ForAnyValue:StringEquals', 'a')], 'several')).toEqual(['a', 'a']);
    expect(find([holds('ForAllValues:StringEquals', 'a'), fails('ForAnyValue:StringEquals', 'a')], 'several')).toEqual([
      '',
      '',
    ]);
    expect(
      find([there, holds('ForAllValues:StringEquals', 'a'), fails('ForAnyValue:StringEquals', 'a')], 'several'),
    ).toBeNull();
    expect(
      find([there, holds('StringEquals', 'a'), holds('ForAnyValue:StringEquals', 'a', 'b')], 'several'),
    ).toBeNull();
  });

  test('two empty texts, where a condition for one value may be undetermined', () => {
    const wishes = [
      fails('ForAnyValue:StringLike', '*'),
      { ...holds('StringEquals', 'a'), wanted: 'mayHold' } as const,
      holds('ForAnyValue:StringEqualsIfExists', 'b'),
    ];
    expect(find(wishes, 'several')).toEqual(['', '']);
    const present = { ...holds('StringLike', '*'), wanted: 'mayHold' } as const;
    expect(find(wishes.slice(0, 2).concat(present), 'any')).toEqual(['', '']);
    expect(find(wishes.slice(0, 2).concat(there), 'any')).toBeNull();
  });

  test('the same condition cannot hold and fail', () => {
    expect(find([holds('StringLike', 'a*'), fails('StringLike', 'a*')], 'any')).toBeNull();
    expect(find([{ ...holds('StringLike', 'a*'), wanted: 'mayHold' }, fails('StringLike', 'a*')], 'any')).toBeNull();
  });

  test('conditions of different kinds that cannot be told apart are unsure', () => {
    expect(find([holds('StringLike', '*.?'), holds('NumericGreaterThan', '5')], 'one')).toBe(unsure);
    expect(
      find(
        [holds('NumericGreaterThan', '5'), holds('DateLessThan', '2020-01-01'), fails('NumericLessThan', '1')],
        'one',
      ),
    ).toEqual(['6']);
  });

  test('numbers are found however small, and texts that are a number and a date are unsure where none was found', () => {
    const tiny = `0.${'0'.repeat(105)}1`;
    expect(find([holds('NumericGreaterThan', '0'), holds('NumericLessThan', tiny)], 'one')).toEqual(['5e-107']);
    expect(find([holds('NumericEquals', '2000.5'), holds('DateEquals', '2026')], 'one')).toBe(unsure);
    expect(find([holds('NumericEquals', '5'), holds('NumericEquals', '6')], 'one')).toBeNull();
    expect(find([holds('DateEquals', '2025'), holds('DateEquals', '2026')], 'one')).toBeNull();
  });

  test('the letter of a variable is no number and no address for certain', () => {
    const budget = new Budget(1000);
    const variable = [String.fromCharCode(symbol(0))];
    for (const operator of ['NumericEquals', 'NotIpAddress', 'NumericNotEquals', 'StringNotEquals']) {
      expect(mayHold(literalOf(operator, 'k', ['5'], false, new Map()), variable, budget), operator).toBe(false);
    }
  });
});
