import { writeLine } from '../../io.js';
import { printSarif, type SarifFinding } from '../../reports/sarif.js';
import { fingerprintOf } from '../finding.js';
import { sarifFix } from '../fix/apply.js';
import type { LintFormat, LintFormatDefinition } from '../format.js';
import { describeSummary } from '../summary.js';

/** SARIF 2.1.0, for code scanning. */
export const sarifFormat: LintFormatDefinition = {
  place: 30,
  make: (io, rules): LintFormat => {
    const kept: SarifFinding[] = [];
    return {
      file(file, findings, source) {
        for (const reported of findings) {
          const { finding } = reported;
          const rule = rules.get(finding.rule);
          const place = [finding.policy, finding.path].filter((part) => part !== '').join(': ');
          const fix = source === undefined ? undefined : sarifFix(reported, source.places, source.text);
          kept.push({
            id: finding.rule,
            title: rule?.title ?? finding.rule,
            help: `${finding.why} See ${finding.link}`,
            helpUri: finding.link,
            level: finding.level,
            ruleLevel: rule?.level ?? finding.level,
            message: place === '' ? finding.message : `${place}: ${finding.message}`,
            uri: file,
            line: finding.line,
            column: finding.column,
            key: fingerprintOf(finding),
            ...(fix === undefined ? {} : { fix }),
          });
        }
      },
      end(summary) {
        io.stdout.write(printSarif(kept));
        writeLine(io.stderr, describeSummary(summary));
      },
    };
  },
};
