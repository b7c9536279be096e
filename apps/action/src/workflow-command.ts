import type { ReportFinding } from './finding.js';
import { oneLine } from './plain.js';

/**
 * The text of a workflow command: what ends a line is escaped.
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** The value of a property of a workflow command: what ends it is escaped, too. */
export function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** A workflow command that shows a finding at its line. */
export function annotation({ column, file, level, line, message, rule }: ReportFinding): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    ...(file === undefined || line === undefined ? [] : [`line=${line}`]),
    ...(file === undefined || line === undefined || column === undefined ? [] : [`col=${column}`]),
    `title=${escapeProperty(`postern: ${oneLine(rule)}`)}`,
  ];
  const lines = message.split('\n').map(oneLine);
  return `::${level} ${properties.join(',')}::${escapeData(lines.join('\n'))}`;
}

/** GitHub shows ten of each level of a step. */
const mostOfLevel = 10;

/** Annotations for findings, as many as are shown, and one that says how many are not. */
export function annotations(findings: readonly ReportFinding[]): string[] {
  const counts = new Map<string, number>();
  const shown = findings.filter(({ level }) => {
    const count = (counts.get(level) ?? 0) + 1;
    counts.set(level, count);
    return count < mostOfLevel;
  });
  const rest = findings.length - shown.length;
  const more: ReportFinding[] =
    rest === 0
      ? []
      : [{ level: 'notice', rule: 'more', message: `${rest} more findings stand in the summary of the job` }];
  return [...shown, ...more].map(annotation);
}
