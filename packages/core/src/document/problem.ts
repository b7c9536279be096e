import { textOfNumber } from './number-literal.js';

/** One thing that is wrong with an input, and where. */
export interface Problem {
  /** Where: `Statement[0].Action[2]` in a document, `repositories[1]` in options; empty for the whole. */
  readonly path: string;
  /** One lowercase sentence, the input in backticks, with the next step. */
  readonly message: string;
}

/** The text as it is shown in a message: in backticks, short, with control characters escaped. */
export function quote(input: unknown): string {
  let text = typeof input === 'string' ? input : textOfNumber(input);
  if (text === undefined) {
    try {
      text = JSON.stringify(input) ?? String(input);
    } catch {
      // Nested too deep, or in a circle.
      text = typeof input === 'object' ? Object.prototype.toString.call(input) : String(input);
    }
  }
  const shown = text.slice(0, 200).replaceAll('`', escapeCharacter);
  return '`' + visible(shown) + (text.length > 200 ? '…' : '') + '`';
}

/** The text with control characters escaped, so that it can neither steer a terminal nor look like another text. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0');
}

/** `, did you mean …?` for the candidate nearest to the word; nothing where none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? '' : `, did you mean ${quote(nearest)}?`;
}

/**
 * The only candidate that begins with the word; else the one with the smallest edit distance to it, of those that begin with
 * it where there are several. Letter case is ignored.
 * @returns undefined where more than a third of the letters (and at least two) would have to change
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined;
  const all = [...candidates];
  const longer = word.length < 3 ? [] : all.filter((one) => one.toLowerCase().startsWith(word.toLowerCase()));
  if (longer.length === 1) return longer[0];
  let nearest: string | undefined;
  let smallest = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of longer.length > 1 ? longer : all) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < smallest) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Optimal string alignment: a swap of two neighbours, the usual slip, counts as one change. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
