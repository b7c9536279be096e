/** A JSON value in a text, by the lines it stands on. */
export interface JsonInText {
  readonly value: unknown;
  readonly at: number;
  readonly end: number;
}

/** The most lines of one pretty-printed value. */
const mostLines = 50_000;

/** Finds JSON values in a text: the whole of it, single lines, and pretty-printed ones that end at their own indentation. */
export function findJson(text: string): JsonInText[] {
  const whole = text.trim();
  if (/^[{[]/.test(whole)) {
    const value = parsed(whole) ?? parsed(`[${whole.replace(/\}\s*\{/g, '},{')}]`);
    if (value !== undefined) return [{ value, at: 0, end: text.length }];
  }
  const lines = text.split('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  // The line that ends a value, by its indentation: the next one from each line on.
  const found: JsonInText[] = [];
  for (let number = 0; number < lines.length; number += 1) {
    const line = lines[number]!;
    const open = line.search(/[{[]/);
    if (open < 0) continue;
    const alone = parsed(line.slice(open, Math.max(line.lastIndexOf('}'), line.lastIndexOf(']')) + 1));
    if (alone !== undefined) {
      found.push({ value: alone, at: starts[number]! + open, end: starts[number]! + line.length });
      continue;
    }
    if (!/[{[]\s*$/.test(line)) continue;
    const last = closingLine(lines, number);
    if (last === undefined) continue;
    const value = parsed(`${line.slice(open)}\n${lines.slice(number + 1, last + 1).join('\n')}`.replace(/,\s*$/, ''));
    if (value === undefined) continue;
    found.push({ value, at: starts[number]! + open, end: starts[last]! + lines[last]!.length });
    number = last;
  }
  return found;
}

/** Counts brackets at the ends of lines, which is where a pretty-printer writes them. */
function closingLine(lines: readonly string[], first: number): number | undefined {
  let depth = 0;
  for (let number = first; number < Math.min(lines.length, first + mostLines); number += 1) {
    const line = lines[number]!.trim();
    if (number > first && /^[}\]]/.test(line)) depth -= 1;
    if (/[{[]$/.test(line)) depth += 1;
    if (depth === 0) return number;
    if (depth < 0) return undefined;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
