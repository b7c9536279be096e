import type { Result } from './result.js';

/**
 * What the tests of all projects did, in a few lines: the counts, what was skipped and why, and every seed.
 * @param results the results by the folder of the project
 */
export function summarize(results: ReadonlyMap<string, Result>): string {
  const total = (of: 'passed' | 'failed' | 'skipped') =>
    [...results.values()].reduce((sum, result) => sum + result[of], 0);
  const failed = total('failed') === 0 ? '' : `, ${total('failed')} failed`;
  const rows = [...results].flatMap(([project, { skipped, reasons, seeds }]) => [
    ...(skipped === 0 && reasons.length === 0
      ? []
      : [`  ${project}: ${skipped} skipped${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`]),
    ...(seeds.length === 0 ? [] : [`  ${project}: POSTERN_SEED=${seeds.join(', POSTERN_SEED=')}`]),
  ]);
  const head = `checks of ${results.size} projects: ${total('passed')} passed${failed}, ${total('skipped')} skipped`;
  return [head, ...rows].join('\n');
}
