import { styleText } from 'node:util';
import { writeLine } from '../../io.js';
import { plainLine } from '../../reports/plain.js';
import { plural, sayFinding, type Reported } from '../finding.js';
import type { Level } from '../rule.js';
import { describeSummary } from '../summary.js';
import type { LintFormat, LintFormatDefinition } from '../format.js';

const colours = { error: 'red', warning: 'yellow', note: 'blue' } as const;

/** Findings below the name of their file, and a last line with all counts. */
export const textFormat: LintFormatDefinition = {
  place: 10,
  make: (io): LintFormat => {
    const { stdout, env } = io;
    const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb' || stdout.isTTY !== true;
    const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
      plain ? text : styleText(format, text, { validateStream: false });
    const level = (word: Level): string => paint(colours[word], word);
    return {
      file(file, findings) {
        if (findings.length === 0) return;
        writeLine(stdout, `${paint('bold', plainLine(file))}: ${countsOf(findings)}`);
        for (const { finding } of findings) {
          const at = finding.line === undefined ? '-' : `${finding.line}:${finding.column}`;
          const what = plainLine(sayFinding(finding));
          writeLine(stdout, `  ${at.padEnd(7)} ${level(finding.level)}: ${what} [${finding.rule}]`);
        }
        writeLine(stdout, '');
      },
      end(summary) {
        writeLine(stdout, describeSummary(summary));
      },
    };
  },
};

/** `2 errors and 1 note`: what there is of each level. */
function countsOf(findings: readonly Reported[]): string {
  const counts = (['error', 'warning', 'note'] as const).flatMap((word) => {
    const count = findings.filter(({ finding }) => finding.level === word).length;
    return count === 0 ? [] : [plural(count, word)];
  });
  return counts.join(', ');
}
