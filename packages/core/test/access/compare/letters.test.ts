import { describe, expect, test } from 'vitest';
import {
  eitherCase,
  fits,
  hasSymbol,
  isPlain,
  isRun,
  isSymbol,
  namedBy,
  one,
  oneInName,
  oneInPart,
  oneInService,
  run,
  runInName,
  runInPart,
  runInService,
  symbol,
} from '../../../src/access/compare/letters.js';

const variable = symbol(0);
const code = (character: string): number => character.charCodeAt(0);

/** Which of all characters up to U+FFFF fit an element. */
function fitting(element: number): string {
  return Array.from({ length: 0x10000 }, (_, letter) => letter)
    .filter((letter) => !isSymbol(letter) && fits(element, letter))
    .map((letter) => String.fromCharCode(letter))
    .join('');
}

const lower = 'abcdefghijklmnopqrstuvwxyz';

describe('which characters fit', () => {
  test.each([
    ['a letter', code('a'), 'a'],
    ['the first character of all', 0, '\0'],
    ['a letter in either case', eitherCase(code('a')), 'Aa'],
    ['a k in either case, as the sign for kelvin too', eitherCase(code('k')), 'Kk\u212a'],
    ['an å in either case, as the sign for ångström too', eitherCase(code('å')), 'Åå\u212b'],
    ['an ß in either case', eitherCase(code('ß')), 'ß\u1e9e'],
    ['an ÿ in either case', eitherCase(code('ÿ')), 'ÿŸ'],
    ['a µ, whose capital letter is that of another', eitherCase(code('µ')), 'µ'],
    ['what has no case', eitherCase(code('1')), '1'],
    ['one of a service prefix', oneInService, `-0123456789${lower}`],
    ['a run of a service prefix', runInService, `-0123456789${lower}`],
    ['one of an action name', oneInName, `-0123456789_${lower}`],
    ['a run of an action name', runInName, `-0123456789_${lower}`],
  ])('%s', (_, element, characters) => {
    expect(fitting(element)).toBe(Array.from(characters).sort().join(''));
  });

  test.each([
    ['one', one, 0x10000 - 0x1900, false],
    ['a run', run, 0x10000 - 0x1900, true],
    ['one in a part', oneInPart, 0x10000 - 0x1900 - 1, false],
    ['a run in a part', runInPart, 0x10000 - 0x1900 - 1, true],
  ])('%s takes all, without a colon in a part; only a run takes a variable', (_, element, count, takesVariable) => {
    expect(fitting(element)).toHaveLength(count);
    expect(fits(element, variable)).toBe(takesVariable);
    expect(fitting(element).includes(':')).toBe(element === one || element === run);
  });

  test('every letter in either case is every character with that letter as its lower case', () => {
    const all = Array.from({ length: 0x10000 }, (_, index) => String.fromCharCode(index));
    const near = all.filter((character) => code(character) < 0x250 || code(character.toLowerCase()) < 0x100);
    for (const letter of all.slice(0, 0x100).filter((character) => character.toLowerCase() === character)) {
      const expected = near.filter((character) => character.toLowerCase() === letter);
      const found = near.filter((character) => fits(eitherCase(code(letter)), code(character)));
      expect(found.join(''), letter).toBe(expected.join(''));
    }
  });
});

test('a variable fits itself alone among letters', () => {
  expect([symbol(0), symbol(1), code('a')].map((element) => fits(element, variable))).toEqual([true, false, false]);
  expect(symbol(1)).toBe(variable + 1);
  expect([0xdfff, 0xe000, 0xf8ff, 0xf900].map(isSymbol)).toEqual([false, true, true, false]);
  expect(['', 'ab', `a${String.fromCharCode(variable)}`, String.fromCharCode(symbol(5))].map(hasSymbol)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('the elements know what they are', () => {
  const plain = [0, code('a'), variable];
  const runs = [run, runInPart, runInService, runInName];
  const ones = [one, oneInPart, oneInService, oneInName, eitherCase(code('a')), eitherCase(code('b')), eitherCase(0)];
  expect([...plain, ...runs, ...ones].filter(isPlain)).toEqual(plain);
  expect([...plain, ...runs, ...ones].filter(isRun)).toEqual(runs);
});

test('the characters that an element asks for by name', () => {
  const elements = [
    0,
    code('a'),
    eitherCase(code('a')),
    eitherCase(code('k')),
    one,
    run,
    oneInPart,
    runInPart,
    oneInName,
  ];
  expect(
    elements.map((element) =>
      namedBy(element)
        .map((letter) => String.fromCharCode(letter))
        .join(''),
    ),
  ).toEqual(['\0', 'a', 'aA', 'kK\u212a', '', '', ':', ':', '']);
});
