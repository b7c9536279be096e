import { writeLine } from '../../io.js';
import { plainLine } from '../../reports/plain.js';
import type { Level } from '../rule.js';
import type { LintFormat, LintFormatDefinition } from '../format.js';
import { describeSummary } from '../summary.js';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Annotations of GitHub Actions: the only lines that are commands are our own.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const githubFormat: LintFormatDefinition = {
  place: 40,
  make: (io): LintFormat => ({
    file(_, findings) {
      for (const { finding } of findings) {
        const { file, line, column, level, rule, policy, path, message } = finding;
        const properties = [
          ['file', file],
          ['line', line ?? 1],
          ...(column === undefined ? [] : [['col', column] as const]),
          ['title', `postern ${rule}`],
        ].map(([name, value]) => `${name}=${property(plainLine(String(value)))}`);
        const place = [policy, path].filter((part) => part !== '').join(': ');
        const text = data(plainLine(`${place === '' ? '' : `${place}: `}${message}`));
        writeLine(io.stdout, `::${commands[level]} ${properties.join(',')}::${text}`);
      }
    },
    end(summary) {
      writeLine(io.stdout, describeSummary(summary));
    },
  }),
};

function data(text: string): string {
  return text.replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
