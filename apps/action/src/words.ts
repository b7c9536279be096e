/**
 * The words of a line as a shell would divide it: by blanks, with quotation marks around what belongs together. Nothing in it is run or
 * replaced, and a backslash is itself.
 */
export function takeWords(line: string): { readonly words: readonly string[]; readonly problem?: string } {
  const words: string[] = [];
  let word: string | undefined;
  let mark = '';
  for (const character of line) {
    if (mark !== '') {
      if (character === mark) mark = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      mark = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (mark !== '') return { words, problem: `its ${mark} is not closed: close it` };
  if (word !== undefined) words.push(word);
  return { words };
}
