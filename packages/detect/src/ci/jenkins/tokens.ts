/** A piece of a Jenkinsfile. */
export interface JenkinsToken {
  readonly kind: 'text' | 'name' | 'sign';
  /** What a text says, with its escapes read. */
  readonly text: string;
  /** The text is in double quotes, so that `${…}` in it is Groovy's. */
  readonly open: boolean;
  readonly line: number;
}

/** Cuts a Jenkinsfile into texts, names and signs; comments are left out. */
export function tokensOf(source: string): JenkinsToken[] {
  const tokens: JenkinsToken[] = [];
  let at = 0;
  let line = 1;
  const take = (until: number): string => {
    const piece = source.slice(at, until);
    for (const character of piece) if (character === '\n') line++;
    at = until;
    return piece;
  };
  while (at < source.length) {
    const character = source[at]!;
    const begun = line;
    if (/\s/.test(character)) take(at + 1);
    else if (source.startsWith('//', at) || (character === '#' && at === 0)) take(endOf(source, '\n', at));
    else if (source.startsWith('/*', at)) take(Math.min(source.length, endOf(source, '*/', at + 2) + 2));
    else if (character === "'" || character === '"') {
      const triple = source.startsWith(character.repeat(3), at);
      const quote = triple ? character.repeat(3) : character;
      const end = closing(source, quote, at + quote.length);
      const piece = take(Math.min(source.length, end + quote.length));
      tokens.push({
        kind: 'text',
        text: unescaped(piece.slice(quote.length, piece.length - quote.length)),
        open: character === '"',
        line: begun,
      });
    } else if (/[A-Za-z_]/.test(character)) {
      let end = at + 1;
      while (end < source.length && /[\w.]/.test(source[end]!)) end++;
      tokens.push({ kind: 'name', text: take(end), open: false, line: begun });
    } else tokens.push({ kind: 'sign', text: take(at + 1), open: false, line: begun });
  }
  return tokens;
}

function endOf(source: string, wanted: string, from: number): number {
  const found = source.indexOf(wanted, from);
  return found < 0 ? source.length : found;
}

function closing(source: string, quote: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(quote, at)) return at;
    else if (quote.length === 1 && source[at] === '\n') return at;
  }
  return source.length;
}

/** `\$` stays marked for the shell; a line that is continued stays a line. */
function unescaped(text: string): string {
  return text.replace(/\\(\n|.)/g, (whole, character: string) => {
    if (character === '\n') return whole;
    if (character === 'n') return '\n';
    if (character === 't') return '\t';
    return character;
  });
}
