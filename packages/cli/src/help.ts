import type { Command, Help } from 'commander';

/** How wide help is: the terminal's width, within reason; 80 columns where there is no terminal. */
export function helpWidth(columns: number | undefined): number {
  return columns === undefined || columns < 40 ? 80 : columns;
}

/** A command in the list of commands, with `[options]` where its own help names some. */
export function commandTerm(command: Command): string {
  const options = command.options.some(({ hidden }) => !hidden) ? ['[options]'] : [];
  const operands = command.registeredArguments.map((one) => {
    const name = one.variadic ? `${one.name()}...` : one.name();
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...options, ...operands].join(' ');
}

/** An item of a list in help: the description beside its term, or below it where the term is long. */
export function formatItem(term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  const column = Math.min(termWidth, Math.floor(width / 3));
  const start = ' '.repeat(column + 4);
  const lines = wrapped(description, width - start.length);
  const length = helper.displayWidth(term);
  if (description === '') return `  ${term}`;
  if (length > column) return [`  ${term}`, ...lines.map((line) => start + line)].join('\n');
  const [first, ...others] = lines;
  return [`  ${term}${' '.repeat(column - length)}  ${first}`, ...others.map((line) => start + line)].join('\n');
}

/** Text behind the lists: prose is folded at blanks, the commands of examples go on behind a backslash. */
export function wrapHelp(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.length <= width) return [line];
      if (line.startsWith('  postern ') || / \| postern /.test(line)) return wrappedCommand(line.trim(), width);
      return line.startsWith(' ') ? [line] : wrapped(line, width);
    })
    .join('\n');
}

function wrapped(text: string, width: number): string[] {
  return fold(text.split(/\s+/), width);
}

/** Folded between words and not within quotes, so that it can be pasted into a shell; a flag stays with its value. */
function wrappedCommand(command: string, width: number): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const pieces: string[] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    if (last?.startsWith('-') && !word.startsWith('-') && !last.includes(' ')) pieces[pieces.length - 1] += ` ${word}`;
    else pieces.push(word);
  }
  const [first, ...others] = fold(pieces, width - 6);
  return [`  ${first}`, ...others.map((line) => `    ${line}`)].map((line, index) =>
    index < others.length ? `${line} \\` : line,
  );
}

function fold(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + piece.length > width) lines.push(piece);
    else lines[lines.length - 1] = `${last} ${piece}`;
  }
  return lines;
}
