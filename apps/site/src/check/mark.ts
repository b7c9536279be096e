import type { LintFinding } from '@postern/cli/browser';

/** A line of a text, and what was found in it. */
export interface MarkedLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** The places of its findings in the list of all. */
  readonly findings: readonly number[];
  /** How many lines above it are not shown. */
  readonly skipped: number;
}

/** The lines of a text that are shown. */
export interface Marked {
  readonly lines: readonly MarkedLine[];
  /** How many lines below them are not shown. */
  readonly rest: number;
}

/** A text of no more lines is shown whole; of a longer one, the lines with findings and those around them. */
const whole = 400;
const around = 3;
/** No more lines than these are shown, and no more of a line. */
const most = 1000;
const longest = 400;

/** Marks the lines of a text that findings are about. */
export function markLines(text: string, findings: readonly LintFinding[]): Marked {
  const all = text.replace(/\n$/, '').split(/\r?\n/);
  const byLine = new Map<number, number[]>();
  for (const [index, { line }] of findings.entries()) {
    if (line !== undefined) byLine.set(line, [...(byLine.get(line) ?? []), index]);
  }
  const isShort = all.length <= whole;
  const near = new Set([...byLine.keys()].flatMap((line) => span(line - around, line + around)));
  const lines: MarkedLine[] = [];
  let last = 0;
  for (const [index, line] of all.entries()) {
    const number = index + 1;
    if (lines.length === most) break;
    if (!isShort && !near.has(number)) continue;
    const own = byLine.get(number) ?? [];
    const column = findings[own[0] ?? -1]?.column ?? 1;
    lines.push({ number, text: partOf(line, column), findings: own, skipped: number - last - 1 });
    last = number;
  }
  return { lines, rest: all.length - last };
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** A line that is too long is shown around what was found first. */
function partOf(line: string, column: number): string {
  if (line.length <= longest) return line;
  const from = Math.max(0, Math.min(column - 1 - longest / 4, line.length - longest));
  const end = from + longest;
  return `${from > 0 ? '… ' : ''}${line.slice(from, end)}${end < line.length ? ' …' : ''}`;
}
