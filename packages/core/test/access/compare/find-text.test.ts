import { describe, expect, test } from 'vitest';
import { Budget, unsure } from '../../../src/access/compare/budget.js';
import { findText } from '../../../src/access/compare/find-text.js';
import {
  one,
  oneInName,
  oneInPart,
  oneInService,
  run,
  runInName,
  runInPart,
  runInService,
  type Letters,
} from '../../../src/access/compare/letters.js';
import { compare } from '../../../src/index.js';
import { Random } from '../random.js';
import { roundsOf, seed } from './rounds.js';
import { matchesSlowly } from './slowly.js';

// `x` stands for all that no pattern names.
const alphabet = 'ab:x';
const texts = [''];
for (let index = 0; texts[index]!.length < 5; index += 1) {
  for (const letter of alphabet) texts.push(texts[index]! + letter);
}

function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

const anywhere = [...codes('aab:'), one, run, run, oneInPart, runInPart];
const wanted = [...anywhere, oneInService, runInService, runInName];

function randomLetters(random: Random, elements = wanted): Letters {
  return Array.from({ length: random.pick([0, 1, 2, 3, 4]) }, () => random.pick(elements));
}

test(`finds a shortest text wherever there is one (seed ${seed})`, () => {
  console.log(`find-text: POSTERN_SEED=${seed}`);
  const random = new Random(seed);
  let found = 0;
  let none = 0;
  for (let round = 0; round < roundsOf(400); round += 1) {
    const some = (most: number, elements: number[]): Letters[] =>
      Array.from({ length: random.pick([0, 1, most]) }, () => randomLetters(random, elements));
    const first = randomLetters(random);
    const lists = some(2, wanted).map((letters) => [letters, ...some(1, wanted)]);
    const avoided = some(3, anywhere);
    const expected = texts.find(
      (text) =>
        matchesSlowly(first, text) &&
        lists.every((list) => list.some((letters) => matchesSlowly(letters, text))) &&
        !avoided.some((letters) => matchesSlowly(letters, text)),
    );
    const text = findText(first, lists, avoided, new Budget(100_000));
    const question = JSON.stringify({ first, lists, avoided, text });
    // What is longer than all texts here cannot be looked up in them.
    if (typeof text === 'string' && text.length > 5) continue;
    expect(typeof text === 'string' ? text.length : text, question).toBe(expected?.length ?? null);
    if (typeof text === 'string') {
      expect(matchesSlowly(first, text), question).toBe(true);
      expect(
        lists.every((list) => list.some((letters) => matchesSlowly(letters, text))),
        question,
      ).toBe(true);
      expect(
        avoided.some((letters) => matchesSlowly(letters, text)),
        question,
      ).toBe(false);
      found += 1;
    } else none += 1;
  }
  expect(Math.min(found, none)).toBeGreaterThan(roundsOf(400) / 10);
});

describe('the characters that no pattern names', () => {
  const any = new Budget(100_000);

  test('a familiar one is taken', () => {
    expect(findText([one, one], [], [], any)).toBe('xx');
    expect(findText([one], [], [codes('x'), codes('y')], any)).toBe('z');
  });

  test('there is always one more', () => {
    const printable = Array.from({ length: 0x7f }, (_, letter) => [letter]);
    expect(findText([one], [], printable, any)).toBe('\u00a1');
    expect(findText([one], [], [...printable, [0xa1]], any)).toBe('\u00a2');
  });

  test('a hyphen may begin a service prefix where no letter and no digit may, and an underscore may not', () => {
    const named = codes('abcdefghijklmnopqrstuvwxyz0123456789').map((letter) => [letter, run]);
    expect(findText([oneInService], [], named, any)).toBe('-');
    expect(findText([oneInName], [], named, any)).toBe('_');
    expect(findText([oneInService], [], [...named, codes('-')], any)).toBeNull();
    expect(findText([oneInName], [], [...named, codes('_')], any)).toBe('-');
    const actions = Array.from('abcdefghijklmnopqrstuvwxyz0123456789', (letter) => `${letter}*`);
    const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
    const denied = policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: actions, Resource: '*' },
    );
    expect(compare([], denied).gained?.action).toBe('-:x');
  });
});

test('says unsure where the steps do not suffice, and what is ruled out at once costs none', () => {
  const hard = Array.from({ length: 30 }, (_, index) => [
    run,
    ...codes('a'),
    ...Array.from({ length: index }, () => one),
  ]);
  expect(
    findText(
      [run],
      hard.map((letters) => [letters]),
      [],
      new Budget(50),
    ),
  ).toBe(unsure);
  const none = new Budget(1);
  expect(findText([run], [], [[run]], none)).toBeNull();
  expect(findText([run], [[]], [], none)).toBeNull();
  expect(findText([], [], [], none)).toBe('');
  expect(none.exhausted).toBe(false);
});
