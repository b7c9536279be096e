import { didYouMean, quote } from '@postern/core';

/**
 * What is wrong with a flag that takes one of a few words.
 * @param flag as it is written, such as `--format`
 * @returns one line with the nearest word, or none where it is one of them or was not given
 */
export function wordProblems(flag: string, value: string | undefined, words: readonly string[]): string[] {
  if (value === undefined || words.includes(value)) return [];
  const hint = didYouMean(value, words) || ': choose one of them';
  return [`${flag}: ${quote(value)} is none of ${words.map(quote).join(', ')}${hint}`];
}
