/** A piece of a line with what it is. */
export interface ColouredText {
  readonly text: string;
  readonly is: 'text' | 'name' | 'string' | 'word' | 'comment' | 'sign';
}

const pieces =
  /(?<comment>(?:^|(?<=\s))(?:#|\/\/).*$)|(?<name>"(?:[^"\\]|\\.)*"(?=\s*[:=])|^\s*(?:- )?[\w:-]+(?=\s*[:=](?:\s|$)))|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|(?<word>\b(?:import|from|const|new|export|resource|data|true|false|null)\b)|(?<sign>[{}[\](),;:=])/g;

/** Takes a line apart for its colours: near enough for every format, whichever it is. */
export function colour(line: string): ColouredText[] {
  // A document on one line is shown as it is.
  if (line.length > 2000) return [{ text: line, is: 'text' }];
  const found: ColouredText[] = [];
  let end = 0;
  for (const match of line.matchAll(pieces)) {
    if (match.index > end) found.push({ text: line.slice(end, match.index), is: 'text' });
    const { comment, name, string, word } = match.groups ?? {};
    const is = comment ? 'comment' : name ? 'name' : string ? 'string' : word ? 'word' : 'sign';
    found.push({ text: match[0], is });
    end = match.index + match[0].length;
  }
  if (end < line.length) found.push({ text: line.slice(end), is: 'text' });
  return found;
}
