import type { Matcher } from '../pattern.js';
import { fits, isRun, type Letters } from './letters.js';

/** As many characters as most texts have; more are looked up anew. */
const mostMasks = 256;

/**
 * Builds a matcher for a row of letters of any class. It reads the text once, with a bit for each place in the row that
 * the text so far may have come to; so no row makes it slow, as rows go.
 */
export function compileLetters(letters: Letters): Matcher {
  const words = (letters.length >>> 5) + 1;
  const runs = maskOf(letters, words, isRun);
  const masks = new Map<number, Uint32Array>();
  const maskFor = (letter: number): Uint32Array => {
    let mask = masks.get(letter);
    if (mask === undefined) {
      if (masks.size >= mostMasks) masks.clear();
      mask = maskOf(letters, words, (element) => fits(element, letter));
      masks.set(letter, mask);
    }
    return mask;
  };
  const start = new Uint32Array(words);
  start[0] = 1;
  leave(start, runs);
  return (text) => {
    const state = start.slice();
    for (let index = 0; index < text.length; index += 1) {
      const mask = maskFor(text.charCodeAt(index));
      let carry = 0;
      let any = 0;
      for (let word = 0; word < words; word += 1) {
        const fitting = state[word]! & mask[word]!;
        const moving = fitting & ~runs[word]!;
        const next = (moving << 1) | carry | (fitting & runs[word]!);
        carry = moving >>> 31;
        state[word] = next;
        any |= next;
      }
      if (any === 0) return false;
      leave(state, runs);
    }
    return ((state[words - 1]! >>> (letters.length & 31)) & 1) === 1;
  };
}

function maskOf(letters: Letters, words: number, wanted: (element: number) => boolean): Uint32Array {
  const mask = new Uint32Array(words);
  letters.forEach((element, index) => {
    if (wanted(element)) mask[index >>> 5]! |= 1 << (index & 31);
  });
  return mask;
}

/** A run may be left without a character: what stands at one stands behind it too. */
function leave(state: Uint32Array, runs: Uint32Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    let carry = 0;
    for (let word = 0; word < state.length; word += 1) {
      const leaving = state[word]! & runs[word]!;
      const next = (state[word]! | (leaving << 1) | carry) >>> 0;
      carry = leaving >>> 31;
      if (next !== state[word]) {
        state[word] = next;
        changed = true;
      }
    }
  }
}
