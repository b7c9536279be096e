/** Flags whose input of a tool is called otherwise than in camelCase. */
const names: Readonly<Record<string, string>> = { 'client-id': 'clientIds', token: 'claims', file: 'text' };

/**
 * What a command says, in the words of one who has no flags: a flag is the input of its name. What stands in a command line to
 * be copied stays.
 */
export function inputWords(text: string): string {
  return text
    .split('`')
    .map((part) =>
      part.startsWith('postern ') ? part : part.replace(/(?<![\w-])--([a-z][a-z0-9-]*)( (?=\S))?/g, inputWord),
    )
    .join('`');
}

function inputWord(_: string, flag: string, value: string | undefined): string {
  const name = Object.hasOwn(names, flag)
    ? names[flag]!
    : flag.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  return value === undefined ? name : `${name}: `;
}
