import { quote, visible, type DocumentSource } from '@postern/core';
import type { Gain } from '../access/gains.js';
import type { Difference } from '../commands/diff/difference.js';
import { isDeferred, openStatements } from '../policies/deferred.js';
import { plainLine } from './plain.js';
import type { SarifFinding } from './sarif.js';
import { diffStatements, type StatementChange } from './statement-diff.js';
import { describeComparison, describeGain, describeWitness, some, type Side } from './words.js';

/** All there is to say about two sets of documents. */
export interface DifferenceReport {
  readonly sentence: string;
  readonly gains: readonly Gain[];
  readonly losses: readonly Gain[];
  /** How many patterns were not looked at. */
  readonly unseen: { readonly gains: number; readonly losses: number };
  /** What is known only after deployment, by statement. */
  readonly open: readonly string[];
  readonly changes: readonly StatementChange[];
}

export function reportDifference(
  a: readonly DocumentSource[],
  b: readonly DocumentSource[],
  { relation, reason, gained, lost }: Difference,
  isOpen: boolean,
): DifferenceReport {
  const unseen = { gains: gained.unseen, losses: lost.unseen };
  const sentence = describeComparison({ relation, reason }, gained.gains, lost.gains, unseen);
  const open = isOpen ? openTexts([...a, ...b]) : [];
  return { sentence, gains: gained.gains, losses: lost.gains, unseen, open, changes: diffStatements(a, b) };
}

/** What each statement leaves open: its actions, and where or under what. */
export function openTexts(documents: readonly DocumentSource[]): string[] {
  const sources = documents.filter((source): source is Exclude<DocumentSource, string> => typeof source !== 'string');
  const texts = openStatements(sources).map(({ statement }) => {
    const { Sid, Effect, Action, NotAction = [], Resource = [], NotResource = [], Condition } = statement;
    const list = (all: readonly string[]) =>
      some(
        all.map((text) => quote(text)),
        mostInOpen,
      );
    const what = Action === undefined ? `every action except ${list(NotAction)}` : list(Action);
    const open = [...Resource, ...NotResource].filter(isDeferred);
    const where =
      open.length > 0 ? `on ${list(open)}` : Resource.includes('*') ? 'on every resource' : `on ${list(Resource)}`;
    const keys = Object.values(Condition ?? {}).flatMap((block) => Object.entries(block));
    const under = keys.flatMap(([key, values]) => [key, ...values].filter(isDeferred));
    const by = Sid === undefined ? '' : `, in ${Sid}`;
    return `${Effect === 'Deny' ? 'denied: ' : ''}${what} ${where}${under.length > 0 ? ` under ${list(under)}` : ''}${by}`;
  });
  return [...new Set(texts)];
}

const mostInOpen = 12;

/** Prints a report for a terminal. */
export function printText(report: DifferenceReport, heading: (text: string) => string): string {
  const { sentence, gains, losses, unseen, open, changes } = report;
  const lines = [plainLine(sentence)];
  const list = (title: string, side: Side, patterns: readonly Gain[], hidden: number): void => {
    if (patterns.length === 0) return;
    lines.push('', heading(title));
    for (const gain of patterns) {
      const by = `  ${describeGain(gain, side)}, in ${gain.statement}`;
      lines.push(plainLine(by), plainLine(`      for example ${describeWitness(gain.witness)}`));
    }
    if (hidden > 0) lines.push(`  … and ${hidden} more, not looked at one by one`);
  };
  list('Gained', 'gained', gains, unseen.gains);
  list('Lost', 'lost', losses, unseen.losses);
  if (open.length > 0)
    lines.push('', heading('Known only after deployment'), ...open.map((text) => plainLine(`  ${text}`)));
  if (changes.length > 0) lines.push('', heading('Statements'));
  for (const { name, lines: changed } of changes) {
    lines.push(plainLine(`  ${name}`), ...changed.map((line) => plainLine(`    ${line}`)));
  }
  return `${lines.join('\n')}\n`;
}

/** Prints a report for a comment on a pull request. */
export function printMarkdown(report: DifferenceReport, names: [string, string]): string {
  const { sentence, gains, losses, unseen, open, changes } = report;
  const lines = [`**${escapeText(sentence)}**`, '', `From ${codeSpan(names[0])} to ${codeSpan(names[1])}.`];
  const list = (title: string, side: Side, patterns: readonly Gain[], hidden: number): void => {
    if (patterns.length === 0) return;
    lines.push('', `${title}:`, '');
    for (const gain of patterns) {
      lines.push(
        `- ${describeGain(gain, side, codeSpan)}, in ${codeSpan(gain.statement)}: for example ${describeWitness(gain.witness, codeSpan)}`,
      );
    }
    if (hidden > 0) lines.push(`- … and ${hidden} more, not looked at one by one`);
  };
  list('Gained', 'gained', gains, unseen.gains);
  list('Lost', 'lost', losses, unseen.losses);
  if (open.length > 0)
    lines.push('', 'Known only after deployment:', '', ...open.map((text) => `- ${escapeText(text)}`));
  if (changes.length > 0) {
    const body = changes.flatMap(({ name, lines: changed }) => [
      `  ${name}`,
      ...changed.map((line) => `${line[0]}   ${line.slice(2)}`),
    ]);
    const fence = '`'.repeat(Math.max(3, longestRun(body.join('\n')) + 1));
    lines.push('', '<details><summary>Statements</summary>', '', `${fence}diff`, ...body, fence, '', '</details>');
  }
  return `${lines.map(plainLine).join('\n')}\n`;
}

/** The report for code scanning: each pattern that was gained or lost, in the file that is the second. */
export function differenceFindings(
  { gains, losses, unseen, open, sentence }: DifferenceReport,
  uri: string,
): SarifFinding[] {
  const finding =
    (id: string, side: Side, title: string, level: 'warning' | 'note') =>
    (gain: Gain): SarifFinding => ({
      id,
      title,
      level,
      message: `${describeGain(gain, side)}, in ${gain.statement}: for example ${describeWitness(gain.witness)}.`,
      uri,
      key: `${gain.statement} ${describeGain(gain, side)}`,
    });
  const rest = (count: number, what: string): SarifFinding[] =>
    count === 0
      ? []
      : [
          {
            ...note,
            message: `${count} more patterns were ${what}, or not, and were not looked at one by one.`,
            uri,
            key: what,
          },
        ];
  const note = { id: 'not-compared', title: 'Part of the policies could not be compared', level: 'warning' } as const;
  return [
    ...gains.map(finding('gained-access', 'gained', 'The second policy allows what the first does not', 'warning')),
    ...rest(unseen.gains, 'gained'),
    ...losses.map(finding('lost-access', 'lost', 'The second policy does not allow what the first does', 'note')),
    ...rest(unseen.losses, 'lost'),
    ...open.map((text) => ({ ...note, message: `Known only after deployment: ${text}.`, uri, key: text })),
    ...(gains.length + losses.length === 0 && !sentence.startsWith('Nothing')
      ? [{ ...note, message: sentence, uri, key: sentence }]
      : []),
  ];
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
