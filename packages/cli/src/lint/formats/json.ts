import { writeLine } from '../../io.js';
import { plainJson } from '../../reports/plain.js';
import type { LintFormat, LintFormatDefinition } from '../format.js';
import { describeSummary } from '../summary.js';

/** A JSON line for each finding; the counts go to standard error. */
export const jsonFormat: LintFormatDefinition = {
  place: 20,
  make: (io): LintFormat => ({
    file(_, findings) {
      for (const { finding } of findings) writeLine(io.stdout, plainJson(finding, 0));
    },
    end(summary) {
      writeLine(io.stderr, describeSummary(summary));
    },
  }),
};
