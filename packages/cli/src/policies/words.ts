import { InputError } from '../errors.js';

/**
 * Splits a text into words as a shell does for plain commands: white space between words, single and double quotes, a
 * backslash before one character. Nothing is substituted.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let open: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (open !== undefined && character === open) open = undefined;
    else if (open === undefined && (character === "'" || character === '"')) {
      open = character;
      word ??= '';
    } else if (character === '\\' && open !== "'" && index + 1 < text.length) word = (word ?? '') + text[(index += 1)]!;
    else if (open === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (open !== undefined) throw new InputError([`a quote ${open} is not closed in \`${text}\``]);
  if (word !== undefined) words.push(word);
  return words;
}
