import { quote } from '@postern/core';
import { InputError } from '../errors.js';
import type { FoundPolicies } from '../policies/found.js';
import { findInText } from '../policies/in-text.js';
import type { LintFinding } from './finding.js';
import { lintPlace, look, place, sayOf, sourceOf } from './look.js';
import { allRules } from './rules/all.js';
import type { ServiceReference } from './service-reference.js';
import { describeSummary } from './summary.js';
import { Suppressions } from './suppressions/apply.js';

/** Which service reference is used, and whether it is too old. */
export function describeReference(reference: ServiceReference, now: Date): string {
  const days = reference.staleDays(now);
  const date = reference.date.toISOString().slice(0, 10);
  return `service reference of ${date}${days === undefined ? '' : `: ${days} days old, update postern`}`;
}

/** What the linter says of one text. */
export interface LintAnswer {
  /** Why it, or part of it, could not be looked at. */
  readonly said: readonly string[];
  readonly notes: readonly string[];
  readonly findings: readonly LintFinding[];
  /** How much was looked at, and what was found. */
  readonly summary: string;
}

/**
 * Looks at a text as `postern lint` looks at a file.
 * @param file what the text is called
 */
export async function lintText(text: string, file: string, reference: ServiceReference): Promise<LintAnswer> {
  const said: string[] = [];
  let found: FoundPolicies | undefined;
  try {
    found = await findInText(text, quote(file), lintPlace);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    said.push(...sayOf(file, error.message));
  }
  const looked = await look(found, file, text, reference, undefined);
  for (const message of looked.said) said.push(...sayOf(file, message));
  const source = await sourceOf(text, looked.findings);
  const placed = source === undefined ? looked.findings : place(looked.findings, source);
  const suppressions = new Suppressions([], new Set(allRules.keys()));
  const findings = suppressions.apply(file, placed, text).map(({ finding }) => finding);
  const count = (level: LintFinding['level']) => findings.filter((one) => one.level === level).length;
  return {
    said,
    notes: (found?.notes ?? []).map((note) => `note: ${file}: ${note}`),
    findings,
    summary: describeSummary({
      ...looked,
      files: 1,
      unread: looked.unread + (found === undefined ? 1 : 0),
      suppressed: suppressions.suppressed,
      known: 0,
      error: count('error'),
      warning: count('warning'),
      note: count('note'),
    }),
  };
}
