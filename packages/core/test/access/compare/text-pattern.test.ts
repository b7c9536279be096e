import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/access/compare/letters.js';
import {
  actionPattern,
  anyAction,
  anyArn,
  anyText,
  arnValuePattern,
  fromLetters,
  patternOfText,
  relax,
  resourcePatterns,
  valuePattern,
  type Binding,
  type TextReading,
  type TextPattern,
} from '../../../src/access/compare/text-pattern.js';
import { compileArnValue, compileResource, RequestArn } from '../../../src/access/match-resource.js';
import { compileValue } from '../../../src/access/match-value.js';
import { compilePattern, readPattern } from '../../../src/access/pattern.js';
import { readContext, type Context } from '../../../src/access/request.js';
import { parseOperator } from '../../../src/document/condition.js';
import { Random } from '../random.js';
import { roundsOf, seed } from './rounds.js';
import { matchesSlowly } from './slowly.js';

console.log(`text-pattern: POSTERN_SEED=${seed}`);

const arns = ['', 'a'].flatMap((partition) =>
  ['', 'a'].flatMap((service) =>
    ['', 'b'].flatMap((region) =>
      ['', 'a'].flatMap((account) =>
        ['', 'a', 'a:b', 'b/a', 'ab', '*', 'b:a:a'].map(
          (name) => `arn:${[partition, service, region, account, name].join(':')}`,
        ),
      ),
    ),
  ),
);
const others = [
  '',
  'a',
  '*',
  'arn',
  'arn:',
  'arn:a:a:b:a',
  'xarn:a:a:b:a:a',
  'a:a:a:b:a:a',
  'A',
  'TRUE',
  'true',
  'ab',
  'b/a',
];
const texts = [...arns, ...others];

/** What a variable may be: for the comparison, and in a request. */
const variables: [bound: string | null | undefined, context: Context][] = [
  ['a', readContext({ v: 'a' })],
  ['b:a', readContext({ v: 'b:a' })],
  ['*', readContext({ v: '*' })],
  [undefined, readContext({})],
  [null, readContext({ v: ['a', 'b'] })],
];

/** What a resource is in one form, as it is when a `*` stays in its part. */
function resourcePattern(text: string, substitutes: boolean, binding: Binding): TextReading {
  const [found] = resourcePatterns(text, substitutes, binding, 'bound');
  return found!;
}

function bindTo(value: string | null | undefined): Binding {
  return new Map([['v', value]]);
}

function matches(found: TextReading, text: string): boolean {
  if (found === 'everything') return true;
  if (found === 'nothing') return false;
  if ('unclear' in found) throw new Error(`${found.unclear} is not clear`);
  return found.matches(text);
}

/** What a pattern says about itself must be so for every text. */
function expectTrueToItself(found: TextReading, among: readonly string[]): void {
  if (typeof found === 'string' || 'unclear' in found) return;
  const { letters, literal, prefix, start } = found;
  for (const text of among) {
    const matched = found.matches(text);
    const what = `${letters.join()} and \`${text}\``;
    expect(matched, what).toBe(matchesSlowly(letters, text));
    if (literal !== undefined) expect(matched, what).toBe(text === literal);
    if (prefix !== undefined) expect(matched, what).toBe(text.startsWith(prefix));
    if (matched) expect(text.startsWith(start), what).toBe(true);
  }
}

function randomText(random: Random, pieces: readonly string[], most: number): string {
  return Array.from({ length: Math.floor(random.next() * (most + 1)) }, () => random.pick(pieces)).join('');
}

const inParts = ['', '', 'a', 'a', '*', '?', 'a*', '*?', '?*', '**', 'b', '${v}', "${v, 'a'}", '${*}'];

describe(`patterns match what decide matches (seed ${seed})`, () => {
  test('texts of a Resource', () => {
    const random = new Random(seed);
    for (let round = 0; round < roundsOf(300); round += 1) {
      const arn = ['arn', ...Array.from({ length: random.pick([1, 4, 5, 5, 5, 6]) }, () => random.pick(inParts))].join(
        ':',
      );
      const text = random.pick([arn, arn, arn, randomText(random, ['*', 'arn', ':', 'a', '?'], 5)]);
      const substitutes = random.pick([true, true, false]);
      const [value, context] = random.pick(variables);
      for (const reading of ['runs', 'completed', 'bound'] as const) {
        const found = resourcePatterns(text, substitutes, bindTo(value), reading);
        const expected = compileResource(text, substitutes, reading);
        for (const one of arns) {
          const what = `${reading}: \`${text}\` and \`${one}\``;
          expect(
            found.some((pattern) => matches(pattern, one)),
            what,
          ).toBe(expected(new RequestArn(one), context));
        }
        expect(found.includes('everything'), text).toBe(expected(new RequestArn('*'), context));
        for (const pattern of found) expectTrueToItself(pattern, arns);
      }
    }
  });

  test('values of an Arn operator', () => {
    const random = new Random(seed);
    for (let round = 0; round < roundsOf(300); round += 1) {
      const head = random.pick(['arn', 'arn', '*', 'a*', '?rn', 'ar', '${v}', 'arn?']);
      const rest = Array.from({ length: random.pick([0, 4, 5, 5, 5, 6]) }, () => random.pick(inParts));
      const text = [head, ...rest].join(':');
      const substitutes = random.pick([true, true, false]);
      const [value, context] = random.pick(variables);
      const found = arnValuePattern(text, substitutes, bindTo(value));
      const expected = compileArnValue(text, substitutes);
      for (const one of texts) {
        expect(matches(found, one), `\`${text}\` and \`${one}\``).toBe(expected(new RequestArn(one), context));
      }
      expectTrueToItself(found, texts);
    }
  });

  test.each([
    ['string', 'StringEquals'],
    ['stringLike', 'StringLike'],
    ['stringIgnoreCase', 'StringEqualsIgnoreCase'],
    ['bool', 'Bool'],
    ['binary', 'BinaryEquals'],
  ] as const)('values of %s', (comparison, name) => {
    const random = new Random(seed);
    const values = [
      '',
      'a',
      'A',
      'ab',
      'aB',
      'b',
      'true',
      'TRUE',
      'trUe',
      'false',
      'FALSE',
      '*',
      'a*',
      'a:b',
      'k',
      'K',
      '\u212a',
      'é',
      'É',
      'x',
    ];
    for (let round = 0; round < roundsOf(150); round += 1) {
      const text = random.pick([
        random.pick(values),
        randomText(random, ['a', 'A', 'k', 'É', 'b', '*', '?', 'true', 'False', '${v}', "${v, 'a'}", '${?}'], 3),
      ]);
      const substitutes = random.pick([true, true, false]);
      const [value, context] = random.pick(variables);
      const found = valuePattern(text, comparison, substitutes, bindTo(value));
      const expected = compileValue(parseOperator(name)!, text, substitutes);
      for (const one of values) {
        expect(matches(found, one), `\`${text}\` and \`${one}\``).toBe(expected(one, context));
      }
      expectTrueToItself(found, values);
    }
  });

  test('actions', () => {
    const random = new Random(seed);
    const actions = ['a:b', 'a:bb', 'a:', 'ab:c', 'b:a', 'a:b_c'];
    for (let round = 0; round < roundsOf(100); round += 1) {
      const text = randomText(random, ['a', 'A', 'b', ':', '*', '?', '_'], 5);
      const expected = compilePattern(readPattern(text.toLowerCase()));
      const pattern = actionPattern(text);
      for (const action of actions) expect(pattern.matches(action), `${text} ${action}`).toBe(expected(action));
      expectTrueToItself(pattern, actions);
    }
  });
});

describe('identities', () => {
  test.each([
    ['?*', '*?'],
    ['**', '*'],
    ['a*?*?b', 'a??*b'],
  ])('`%s` and `%s` are one', (one, other) => {
    const identities = [one, other].map(
      (text) => (resourcePattern(`arn:a:a:*:*:${text}`, true, new Map()) as TextPattern).identity,
    );
    expect(identities[0]).toBe(identities[1]);
    expect(actionPattern(`a:${one}`).identity).toBe(actionPattern(`a:${other}`).identity);
    const parts = [one, other].map(
      (text) => (resourcePattern(`arn:a:${text}:b:c:d`, true, new Map()) as TextPattern).identity,
    );
    expect(parts[0]).toBe(parts[1]);
  });

  test.each([
    ['?*', '*'],
    ['?', '*'],
    ['??', '?'],
    ['a?', '?a'],
  ])('`%s` and `%s` are two', (one, other) => {
    expect(actionPattern(`a:${one}`).identity).not.toBe(actionPattern(`a:${other}`).identity);
  });
});

describe('variables that may have any value', () => {
  const variable = String.fromCharCode(symbol(0));
  const open: Binding = new Map([['v', variable]]);

  test('stand as a letter of their own, which only they and a run match', () => {
    const pattern = resourcePattern('arn:aws:s3:::b/${v}/x', true, open) as TextPattern;
    expect(pattern.symbolic).toBe(true);
    expect(pattern.matches(`arn:aws:s3:::b/${variable}/x`)).toBe(true);
    expect(pattern.matches('arn:aws:s3:::b/a/x')).toBe(false);
    const [run, one] = ['*', '?'].map((text) => resourcePattern(`arn:aws:s3:::b/${text}/x`, true, open) as TextPattern);
    expect([run, one].map((wild) => wild!.matches(`arn:aws:s3:::b/${variable}/x`))).toEqual([true, false]);
    expect([run, one].map((wild) => wild!.symbolic)).toEqual([false, false]);
  });

  test.each<[string, () => TextReading]>([
    ['a Resource that is no ARN', () => resourcePattern('b${v}', true, open)],
    ['an ARN in a condition, before its sixth part', () => arnValuePattern('arn:aws:s3:${v}::x', true, open)],
    ['the beginning of an ARN in a condition', () => arnValuePattern('${v}:aws:s3:::x', true, open)],
    ['a truth', () => valuePattern('${v}', 'bool', true, open)],
  ])('are not clear in %s', (_, find) => {
    expect(find()).toHaveProperty('unclear', expect.stringContaining('${v}'));
  });

  test('are clear in the sixth part of an ARN in a condition, and in other texts', () => {
    expect(arnValuePattern('arn:aws:s3:::${v}', true, open)).toMatchObject({ symbolic: true });
    expect(valuePattern('A${v}', 'stringIgnoreCase', true, open)).toMatchObject({ symbolic: true });
    expect((valuePattern('A${v}', 'stringIgnoreCase', true, open) as TextPattern).matches(`a${variable}`)).toBe(true);
    expect(valuePattern('${v}', 'stringLike', false, open)).toMatchObject({ symbolic: false, literal: '${v}' });
    expect(resourcePattern('arn:aws:${v}:::x', true, open)).toBe('nothing');
  });

  test('relaxed, they match whatever they may be', () => {
    const pattern = resourcePattern('arn:aws:s3:::b/${v}*/x', true, open) as TextPattern;
    const relaxed = relax(pattern);
    for (const value of ['', 'a', 'a/b', 'x:y']) expect(relaxed.matches(`arn:aws:s3:::b/${value}c/x`)).toBe(true);
    expect(relaxed.matches('arn:aws:s3:::c/a/x')).toBe(false);
    expect(relaxed.symbolic).toBe(false);
    expect(relax(relaxed)).toBe(relaxed);
    expect(patternOfText(`a${variable}b`).matches('axyzb')).toBe(true);
    expect(patternOfText(`a${variable}b`).matches('axyz')).toBe(false);
    expect(patternOfText('ab').literal).toBe('ab');
  });
});

test('what counts at all as an action, an ARN and a text', () => {
  for (const text of [
    ...texts,
    'a:b',
    'a-1:b_C',
    'a_b:c',
    'a:',
    ':a',
    'A:b',
    'a:b:c',
    'a:b_c-d',
    'arn:a',
    'arn::::',
    'arn:::::',
  ]) {
    for (const domain of [anyAction, anyArn, anyText]) {
      expect(domain.matches(text), `${domain.identity} ${text}`).toBe(matchesSlowly(domain.letters, text));
    }
  }
  expect(['a:b', 'a-1:b_c', 'a:', ':a', 'a_b:c'].map(anyAction.matches)).toEqual([true, true, false, false, false]);
  expect(['arn:::::', 'arn::::', 'a:::::', 'arn:a:b:c:d:e:f'].map(anyArn.matches)).toEqual([true, false, false, true]);
  expect(anyText).toMatchObject({ prefix: '', start: '', literal: undefined });
  expect(fromLetters([])).toMatchObject({ literal: '', start: '' });
});
