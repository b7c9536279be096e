/** A suppression that stands as a comment in a YAML file. */
export interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string;
  /** Where it stands itself, counted from 1. */
  readonly line: number;
  /** The lines it is about, counted from 1, both included. */
  readonly from: number;
  readonly to: number;
}

const comment = /(?:^|\s)#\s*postern-ignore\b[ \t]*([^:]*)(?::[ \t]*(.*))?$/;

/**
 * Finds `# postern-ignore RULE: why` in a YAML text. Behind something it is about its own line; on a line of its own, about
 * the part of the document that begins on the next line, whole.
 */
export function commentsIn(text: string): Suppression[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((content, index): Suppression[] => {
    if (!content.includes('postern-ignore')) return [];
    const match = comment.exec(content);
    if (match === null) return [];
    const rules = match[1]!.split(/[\s,]+/).filter((rule) => rule !== '');
    const [from, to] = /^\s*#/.test(content) ? partAfter(lines, index) : [index, index];
    return [{ rules, reason: (match[2] ?? '').trim(), line: index + 1, from: from + 1, to: to + 1 }];
  });
}

/** The lines of the part that begins behind a comment: as long as they are set in deeper. */
function partAfter(lines: readonly string[], comment: number): [from: number, to: number] {
  const isText = (line: string): boolean => line.trim() !== '' && !line.trimStart().startsWith('#');
  let from = comment + 1;
  while (from < lines.length && !isText(lines[from]!)) from += 1;
  if (from >= lines.length) return [comment, comment];
  const indent = indentOf(lines[from]!);
  const isItem = lines[from]!.trimStart().startsWith('- ');
  let to = from;
  for (let next = from + 1; next < lines.length; next += 1) {
    const line = lines[next]!;
    if (!isText(line)) continue;
    const deeper = indentOf(line) > indent;
    // The items of a list may stand as far left as the key that holds it.
    const ownItem = !isItem && indentOf(line) === indent && line.trimStart().startsWith('- ');
    if (!deeper && !ownItem) break;
    to = next;
  }
  return [from, to];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
