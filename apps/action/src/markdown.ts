import type { ReportSection } from './finding.js';
import { oneLine } from './plain.js';

const marks = { passed: '✅', findings: '⚠️', failed: '❌', skipped: '➖' } as const;
/** What stands of a body that does not fit. */
const more = '… cut here: the rest stands in the log of the job';

/**
 * What all commands said, as Markdown for a summary or a comment. Texts of the repository stand in code, where they mention nobody,
 * link nowhere and are no HTML.
 * @param most how many UTF-16 units it may have
 */
export function renderMarkdown(sections: readonly ReportSection[], notes: readonly string[], most: number): string {
  const heads = sections.map(
    ({ outcome, sentence, title }) =>
      `### ${marks[outcome]} ${codeSpan(`postern ${title}`)}\n\n${asText(sentence, 2000)}`,
  );
  const end = notes.map((note) => `\n${asText(note, 2000)}\n`).join('');
  const used = heads.join('').length + end.length + 200;
  let left = Math.max(0, most - used);
  const bodies = sections.map((section, index) => {
    const body = bodyOf(section, Math.floor(left / (sections.length - index)));
    left -= body.length;
    return body;
  });
  const parts = heads.map((head, index) => `${head}\n${bodies[index]!}`);
  return `## Postern\n\n${parts.join('\n')}${end}`;
}

function bodyOf({ lines, markdown }: ReportSection, most: number): string {
  if (markdown !== undefined && markdown.length + 2 <= most) return `\n${markdown}`;
  if (lines.length === 0) return '';
  const plain = lines.map(oneLine);
  const fence = '`'.repeat(Math.max(3, longestRun(plain.join('\n')) + 1));
  const room = most - 2 * fence.length - more.length - 20;
  const kept: string[] = [];
  let size = 0;
  for (const line of plain) {
    size += line.length + 1;
    if (size > room) break;
    kept.push(line);
  }
  if (kept.length === 0) return `\n${more}\n`;
  const rest = kept.length < plain.length ? [more] : [];
  return `\n${[`${fence}text`, ...kept, ...rest, fence].join('\n')}\n`;
}

/**
 * A sentence of ours with names of others between backticks. Where it holds outside of them what Markdown or GitHub may take for
 * more than text, or backticks that could be paired otherwise, all of it becomes one code span.
 */
function asText(sentence: string, most: number): string {
  const plain = oneLine(sentence);
  const short = plain.length > most ? `${plain.slice(0, most)}…` : plain;
  const isPlain = /^(?:[a-zA-Z0-9 ,.;:'()/-]|`[^`]+`)*$/.test(short) && !/``|:\/\/|\bwww\./i.test(short);
  return isPlain ? short : codeSpan(short);
}

/** A code span that no text can break out of. */
function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}
