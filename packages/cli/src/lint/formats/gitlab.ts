import { createHash } from 'node:crypto';
import { writeLine } from '../../io.js';
import { plainJson, plainLine } from '../../reports/plain.js';
import { fingerprintOf } from '../finding.js';
import type { Level } from '../rule.js';
import type { LintFormat, LintFormatDefinition } from '../format.js';
import { describeSummary } from '../summary.js';

const severities: Readonly<Record<Level, string>> = { error: 'critical', warning: 'major', note: 'info' };

/**
 * A code quality report of GitLab.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const gitlabFormat: LintFormatDefinition = {
  place: 50,
  make: (io): LintFormat => {
    const rows: object[] = [];
    const seen = new Map<string, number>();
    return {
      file(file, findings) {
        for (const { finding } of findings) {
          const key = `${file} | ${fingerprintOf(finding)}`;
          const times = seen.get(key) ?? 0;
          seen.set(key, times + 1);
          rows.push({
            description: plainLine(finding.message),
            check_name: finding.rule,
            fingerprint: createHash('sha256').update(`${key} | ${times}`).digest('hex'),
            severity: severities[finding.level],
            location: { path: file.replaceAll('\\', '/').replace(/^\.\//, ''), lines: { begin: finding.line ?? 1 } },
          });
        }
      },
      end(summary) {
        writeLine(io.stdout, plainJson(rows, 2));
        writeLine(io.stderr, describeSummary(summary));
      },
    };
  },
};
