import { didYouMean, quote } from '@postern/core';
import type { LintFinding, Reported } from '../finding.js';
import { isJson } from '../../reports/text-places.js';
import { commentsIn } from './comments.js';
import type { FileSuppression } from './file.js';
import { badSuppression, unusedSuppression } from './meta.js';

/** Takes the findings out that are suppressed, and says which suppressions are not used. */
export class Suppressions {
  suppressed = 0;
  private readonly used = new Set<FileSuppression>();

  constructor(
    private readonly ofFile: readonly FileSuppression[],
    private readonly rules: ReadonlySet<string>,
  ) {}

  /** The findings of one file that are left, with those about its own comments. */
  apply(file: string, findings: readonly Reported[], text: string | undefined): Reported[] {
    const comments = text === undefined || !text.includes('postern-ignore') || isJson(text) ? [] : commentsIn(text);
    const used = new Set<object>();
    const left = findings.filter(({ finding }) => {
      const comment = comments.find(
        ({ rules, reason, from, to }) =>
          reason !== '' &&
          rules.includes(finding.rule) &&
          finding.line !== undefined &&
          finding.line >= from &&
          finding.line <= to,
      );
      if (comment !== undefined) used.add(comment);
      const entry = this.ofFile.find(({ fits }) => fits(finding));
      if (entry !== undefined) this.used.add(entry);
      if (comment === undefined && entry === undefined) return true;
      this.suppressed += 1;
      return false;
    });
    const about = comments.flatMap((comment): Reported[] => {
      const problem = this.problemOf(comment.rules, comment.reason);
      if (problem !== undefined) return [report(file, comment.line, badSuppression, ...problem)];
      if (used.has(comment)) return [];
      const names = comment.rules.map(quote).join(', ');
      return [
        report(file, comment.line, unusedSuppression, `nothing is found here by ${names}`, 'take the comment out'),
      ];
    });
    return [...left, ...about];
  }

  /** The suppressions of the file that no finding fitted. */
  unused(file: string): Reported[] {
    return this.ofFile
      .filter((entry) => !this.used.has(entry))
      .map(({ rule, line }) =>
        report(file, line, unusedSuppression, `nothing is found here by ${quote(rule)}`, 'take the entry out'),
      );
  }

  private problemOf(rules: readonly string[], reason: string): [what: string, instead: string] | undefined {
    if (rules.length === 0) return ['the comment names no rule', 'write `# postern-ignore RULE: why`'];
    const unknown = rules.find((rule) => !this.rules.has(rule));
    if (unknown !== undefined) {
      const near = didYouMean(unknown, this.rules).replace(/^, /, '') || 'see `postern lint --rules`';
      return [`${quote(unknown)} is no rule`, near];
    }
    return reason === '' ? ['the comment gives no reason', 'write `# postern-ignore RULE: why`'] : undefined;
  }
}

function report(file: string, line: number, meta: typeof badSuppression, what: string, instead: string): Reported {
  const finding: LintFinding = {
    file,
    line,
    column: 1,
    policy: '',
    path: '',
    rule: meta.id,
    level: meta.level,
    message: `${what}: ${instead}`,
    why: meta.reason,
    instead,
    link: meta.source,
  };
  return { finding };
}
