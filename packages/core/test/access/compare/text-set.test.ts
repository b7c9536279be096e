import { describe, expect, test } from 'vitest';
import { Budget, unsure } from '../../../src/access/compare/budget.js';
import { one, oneInPart, oneInService, run, runInPart, symbol } from '../../../src/access/compare/letters.js';
import {
  actionPattern,
  anyAction,
  anyText,
  fromLetters,
  valuePattern,
  type TextReading,
  type TextPattern,
} from '../../../src/access/compare/text-pattern.js';
import {
  fill,
  findInSets,
  matchesSome,
  surelyIn,
  textSet,
  type Example,
  type TextSet,
  type TextWish,
} from '../../../src/access/compare/text-set.js';
import { Random } from '../random.js';
import { roundsOf, seed } from './rounds.js';

console.log(`text-set: POSTERN_SEED=${seed}`);

const texts = [''];
for (let index = 0; texts[index]!.length < 5; index += 1)
  for (const letter of 'ab:') texts.push(texts[index]! + letter);

const variable = String.fromCharCode(symbol(0));
const enough = () => new Budget(100_000);
const noExample: Example = () => [];
const filled: Example = ({ letters }) => [fill(letters, 'a') ?? [], fill(letters, 'b') ?? []].flat();

function like(...values: string[]): TextReading[] {
  return values.map((value) => valuePattern(value, 'stringLike', true, new Map([['v', variable]])));
}

function setOf(...values: string[]): TextSet {
  return textSet(like(...values), false, anyText);
}

function inside(set: TextSet): TextWish {
  return { set, inside: true };
}

function outside(set: TextSet): TextWish {
  return { set, inside: false };
}

describe(`findInSets finds a text wherever there is one (seed ${seed})`, () => {
  test.each([
    ['any text', anyText, noExample],
    ['any text, with examples', anyText, filled],
    ['any action', anyAction, noExample],
  ])('%s', (_, domain, example) => {
    const random = new Random(seed);
    const pattern = (): string =>
      Array.from({ length: random.pick([1, 2, 3, 4]) }, () => random.pick([...'aab*?:'])).join('');
    let found = 0;
    let none = 0;
    for (let round = 0; round < roundsOf(300); round += 1) {
      const wishes = Array.from({ length: random.pick([1, 2, 3, 4]) }, (): TextWish => {
        const patterns = Array.from({ length: random.pick([0, 1, 2, 3]) }, () => actionPattern(pattern()));
        return { set: textSet(patterns, random.chance(0.3), domain), inside: random.chance(0.5) };
      });
      const isIn = (set: TextSet, text: string): boolean =>
        set.patterns.some(({ matches }) => matches(text)) !== set.negated;
      const fulfils = (text: string): boolean =>
        domain.matches(text) && wishes.every((wish) => isIn(wish.set, text) === wish.inside);
      const text = findInSets(wishes, domain, enough(), example);
      const question = JSON.stringify(
        wishes.map((wish) => [wish.inside, wish.set.negated, wish.set.patterns.map(({ letters }) => letters.join())]),
      );
      if (typeof text === 'string') {
        expect(fulfils(text), `${text} for ${question}`).toBe(true);
        found += 1;
      } else {
        expect(text, question).toBeNull();
        expect(texts.find(fulfils), question).toBeUndefined();
        none += 1;
      }
    }
    expect(Math.min(found, none)).toBeGreaterThan(roundsOf(300) / 10);
  });
});

describe('what findInSets takes first', () => {
  test('a text that is listed, and of examples the first that suits', () => {
    expect(findInSets([inside(setOf('b', 'a*'))], anyText, enough(), filled)).toBe('b');
    expect(findInSets([inside(setOf('a*'))], anyText, enough(), filled)).toBe('aa');
    expect(findInSets([inside(setOf('a*')), outside(setOf('aa'))], anyText, enough(), filled)).toBe('ab');
    expect(findInSets([inside(setOf('a*')), outside(setOf('aa', 'ab'))], anyText, enough(), filled)).toBe('a');
    expect(findInSets([], anyText, enough(), filled)).toBe('a');
  });

  test('an example of another set, where its own do not suit', () => {
    expect(findInSets([inside(setOf('*')), inside(setOf('?b*'))], anyText, enough(), filled)).toBe('aba');
  });

  test('the list that is easiest to go through', () => {
    const hard = setOf(...Array.from({ length: 50 }, (_, index) => `*${'?'.repeat(index)}a`));
    expect(findInSets([inside(hard), inside(setOf('xa'))], anyText, new Budget(1), noExample)).toBe('xa');
    expect(findInSets([inside(setOf('xa')), inside(hard)], anyText, new Budget(1), noExample)).toBe('xa');
  });

  test('says unsure where the steps do not suffice, unless a later pattern has a text', () => {
    const hard = ['*a?????????????????????*', '*b?????????????????????*'];
    const wishes = [inside(setOf(hard[0]!)), inside(setOf(hard[1]!)), outside(setOf('*?????????c*', '*d?????*'))];
    expect(findInSets(wishes, anyText, new Budget(10), noExample)).toBe(unsure);
    const either = [inside(setOf(hard[0]!, 'b*')), inside(setOf(hard[1]!, 'bb'))];
    expect(findInSets(either, anyText, enough(), noExample)).not.toBe(unsure);
  });

  test('what nobody can find costs no steps', () => {
    const everything = textSet(['everything'], false, anyText);
    for (const wishes of [
      [inside(setOf('a*')), outside(setOf('a*'))],
      [inside(setOf('ab*', 'ac*')), outside(setOf('a*'))],
      [inside(setOf('a*')), inside(setOf('b*'))],
      [inside(setOf('a*b')), outside(everything)],
      [inside(setOf('a*b', 'b*a')), outside(setOf('b*a', 'a*b', 'c'))],
      [inside(setOf('a')), outside(setOf('a', '*b'))],
    ]) {
      const none = new Budget(1);
      expect(findInSets(wishes, anyText, none, noExample)).toBeNull();
      expect(none.exhausted).toBe(false);
    }
  });
});

describe('a set', () => {
  test('has one identity however its patterns are ordered and repeated', () => {
    expect(setOf('a', 'b*').identity).toBe(setOf('b*', 'a', 'a').identity);
    expect(setOf('a', 'b*').identity).not.toBe(setOf('a').identity);
    expect(textSet(['everything'], false, anyText).identity).not.toBe(setOf('*').identity);
    const unclear: TextReading = { unclear: 'x' };
    expect(textSet([unclear, ...like('a')], false, anyText).identity).toBe(
      textSet([...like('a'), unclear], false, anyText).identity,
    );
    expect(textSet([unclear], false, anyText).identity).not.toBe(textSet([], false, anyText).identity);
  });

  test('knows what is in it', () => {
    const set = textSet([...like('a', 'b*', `c${'${v}'}`), 'nothing'], false, anyText);
    expect(set).toMatchObject({ symbolic: true, unclear: false, everything: false });
    expect(set.patterns).toHaveLength(3);
    expect(Array.from(set.literals)).toEqual(['a', `c${variable}`]);
    expect(set.wild.map(({ prefix }) => prefix)).toEqual(['b']);
    expect(['a', 'ab', 'b', 'bb', `c${variable}`, 'cc'].map((text) => matchesSome(set, text))).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(textSet(['everything', { unclear: 'x' }], false, anyText)).toMatchObject({
      patterns: [anyText],
      unclear: false,
      everything: true,
    });
    expect(textSet([{ unclear: 'x' }], false, anyText)).toMatchObject({ patterns: [], unclear: true });
    expect(setOf('a', 'b')).toMatchObject({ wild: [], symbolic: false });
  });
});

describe('surelyIn', () => {
  const negated = (found: readonly TextReading[]): TextSet => textSet(found, true, anyText);

  test.each<[string, TextSet, string, boolean]>([
    ['a text that a pattern matches', setOf('a*'), 'ab', true],
    ['a text that none does', setOf('a*'), 'b', false],
    ['a variable under a star', setOf('a*'), `a${variable}`, true],
    ['a variable that may be the text', setOf('ab'), `a${variable}`, false],
    ['outside: a text that none matches', negated(like('a*')), 'b', true],
    ['outside: a text that one does', negated(like('a*')), 'ab', false],
    ['outside: a variable that may be the text', negated(like('ab')), `a${variable}`, false],
    ['outside: a variable that may be the text of the second', negated(like('c', 'ab')), `a${variable}`, false],
    ['outside: a variable that cannot be the text', negated(like('b')), `a${variable}`, true],
    ['outside: a text that a pattern with a variable may match', negated(like('a${v}')), 'ab', false],
    ['outside: a text that a pattern with a variable cannot match', negated(like('a${v}')), 'b', true],
    ['outside: what cannot be compared', negated([{ unclear: 'x' }]), 'b', false],
    ['outside: nothing', negated([]), 'b', true],
  ])('%s', (_, set, text, expected) => {
    expect(surelyIn(set, text, enough())).toBe(expected);
  });

  test('is not where the steps do not suffice', () => {
    const hard = negated(like('*a?????????????????*${v}', '*c'));
    expect(surelyIn(hard, `${'ab'.repeat(20)}${variable}`, new Budget(1))).toBe(false);
  });
});

describe('sets that nobody knows', () => {
  const unclear = textSet([{ unclear: 'x' }], false, anyText);

  test('are left out where a text must be in them, and rule nothing out', () => {
    expect(findInSets([inside(unclear), inside(setOf('a'))], anyText, enough(), noExample)).toBe('a');
    expect(findInSets([outside(unclear), inside(setOf('a'))], anyText, enough(), noExample)).toBe('a');
    expect(findInSets([inside(setOf('b')), inside(setOf('a'))], anyText, enough(), noExample)).toBeNull();
  });

  test('with variables in two of them, a text for one value may be proposed', () => {
    const both = [inside(setOf('a${v}')), inside(setOf('*b'))];
    expect(findInSets(both, anyText, enough(), noExample)).toMatch(/^a.*b$/);
    expect(findInSets([inside(setOf('a${v}'))], anyText, enough(), noExample)).toBe(`a${variable}`);
  });
});

test('fill puts one letter for each wildcard, and knows no other classes', () => {
  const a = 97;
  expect(fill([a, run, one, runInPart, oneInPart, symbol(0)], 'x')).toBe(`axxxx${variable}`);
  expect(fill([], 'x')).toBe('');
  expect(fill([a, oneInService], 'x')).toBeUndefined();
  expect(fill((like('a?*')[0] as TextPattern).letters, 'x')).toBe('axx');
  expect(fromLetters([a]).literal).toBe(fill([a], 'x'));
});
