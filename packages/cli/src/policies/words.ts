import { quote } from '@postern/core';
import { InputError } from '../errors.js';

/**
 * Splits a text into words as a shell does for plain commands: white space between words, single and double quotes, a
 * backslash before one character. Nothing is substituted.
 * @throws {InputError} with the place where a quote begins that is not closed
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let open: string | undefined;
  let opened = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (open !== undefined && character === open) open = undefined;
    else if (open === undefined && (character === "'" || character === '"')) {
      open = character;
      opened = index;
      word ??= '';
    } else if (character === '\\' && open !== "'" && index + 1 < text.length) word = (word ?? '') + text[(index += 1)]!;
    else if (open === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (open !== undefined) {
    throw new InputError([
      `the quote ${open} at character ${opened + 1} of ${quote(text)} is not closed: close it, or put a backslash before it`,
    ]);
  }
  if (word !== undefined) words.push(word);
  return words;
}
