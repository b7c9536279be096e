import { describe, expect, test } from 'vitest';
import { compilePattern, readPattern } from '../../src/index.js';

function matches(pattern: string, text: string): boolean {
  return compilePattern(readPattern(pattern))(text);
}

/** Tries every split; for short texts only. */
function slowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return Array.from({ length: text.length + 1 }, (_, cut) => cut).some((cut) =>
      slowly(pattern.slice(1), text.slice(cut)),
    );
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && slowly(pattern.slice(1), text.slice(1));
}

function textsOver(alphabet: string, longest: number): string[] {
  const texts = [''];
  for (const text of texts) if (text.length < longest) texts.push(...[...alphabet].map((letter) => text + letter));
  return texts;
}

test('agrees with trying every split, for every pattern of up to 5 and every text of up to 5 letters', () => {
  const texts = textsOver('ab', 5);
  let compared = 0;
  for (const pattern of textsOver('ab*?', 5)) {
    const matcher = compilePattern(readPattern(pattern));
    for (const text of texts) {
      if (matcher(text) !== slowly(pattern, text)) expect.fail(`${pattern} on ${text}`);
      compared += 1;
    }
  }
  expect(compared).toBe(1365 * 63);
});

test('a piece with ? longer than a machine word is found', () => {
  const piece = `${'ab?'.repeat(30)}c`;
  const text = `${'ab'.repeat(50)}${'abx'.repeat(30)}c`;
  expect(matches(`*${piece}*`, text)).toBe(true);
  expect(matches(`*${piece}*`, text.slice(0, -1))).toBe(false);
});

describe('hostile patterns end at once', () => {
  const long = 'a'.repeat(50_000);
  test.each([
    ['many stars', 'a*'.repeat(1000) + 'b', long],
    ['many stars and question marks', '*a?'.repeat(500) + 'b', long],
    ['a long piece that almost matches', `*${'a'.repeat(5000)}b*`, long],
    ['a long piece with question marks', `*${'a?'.repeat(2500)}b*`, long],
  ])('%s', (_, pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });
});
