import { fits, isRun, type Letters } from '../../../src/access/compare/letters.js';

/** Whether the letters match the text, as simply as can be: every way to divide it is tried. */
export function matchesSlowly(letters: Letters, text: string): boolean {
  const [first, ...rest] = letters;
  if (first === undefined) return text === '';
  const fitsFirst = text !== '' && fits(first, text.charCodeAt(0));
  if (isRun(first)) return matchesSlowly(rest, text) || (fitsFirst && matchesSlowly(letters, text.slice(1)));
  return fitsFirst && matchesSlowly(rest, text.slice(1));
}
