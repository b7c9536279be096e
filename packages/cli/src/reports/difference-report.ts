import { visible, type Comparison, type DocumentSource, type Witness } from '@postern/core';
import { listGains } from './differences.js';
import { diffStatements, type StatementChange } from './statement-diff.js';
import { describeComparison, describeWitness } from './words.js';

/** All there is to say about two sets of documents. */
export interface DifferenceReport {
  readonly sentence: string;
  readonly gains: readonly Witness[];
  readonly losses: readonly Witness[];
  readonly changes: readonly StatementChange[];
}

export function reportDifference(
  a: readonly DocumentSource[],
  b: readonly DocumentSource[],
  comparison: Comparison,
): DifferenceReport {
  const gains = listGains(a, b, comparison.gained);
  const losses = listGains(b, a, comparison.lost);
  return { sentence: describeComparison(comparison, gains, losses), gains, losses, changes: diffStatements(a, b) };
}

/** Prints a report for a terminal. */
export function printText(
  { sentence, gains, losses, changes }: DifferenceReport,
  heading: (text: string) => string,
): string {
  const lines = [sentence];
  const list = (title: string, witnesses: readonly Witness[]): void => {
    if (witnesses.length === 0) return;
    lines.push('', heading(title), ...witnesses.map((witness) => `  ${describeWitness(witness)}`));
  };
  list('Gained, for example', gains);
  list('Lost, for example', losses);
  if (changes.length > 0) lines.push('', heading('Statements'));
  for (const { name, lines: changed } of changes) lines.push(`  ${name}`, ...changed.map((line) => `    ${line}`));
  return `${lines.join('\n')}\n`;
}

/** Prints a report for a comment on a pull request. */
export function printMarkdown({ sentence, gains, losses, changes }: DifferenceReport, names: [string, string]): string {
  const lines = [`**${escapeText(sentence)}**`, '', `From ${codeSpan(names[0])} to ${codeSpan(names[1])}.`];
  const list = (title: string, witnesses: readonly Witness[]): void => {
    if (witnesses.length === 0) return;
    lines.push('', `${title}, for example:`, '', ...witnesses.map((one) => `- ${describeWitness(one, codeSpan)}`));
  };
  list('Gained', gains);
  list('Lost', losses);
  if (changes.length > 0) {
    const body = changes.flatMap(({ name, lines: changed }) => [
      `  ${name}`,
      ...changed.map((line) => `${line[0]}   ${line.slice(2)}`),
    ]);
    const fence = '`'.repeat(Math.max(3, longestRun(body.join('\n')) + 1));
    lines.push('', '<details><summary>Statements</summary>', '', `${fence}diff`, ...body, fence, '', '</details>');
  }
  return `${lines.join('\n')}\n`;
}

/** Text between backticks is as the sentence has it; what lies outside is ours. */
function escapeText(sentence: string): string {
  return visible(sentence).replace(/[<>*|]/g, (character) => `\\${character}`);
}

/** A code span that no text can break out of. */
function codeSpan(text: string): string {
  const plain = visible(text);
  const fence = '`'.repeat(longestRun(plain) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
