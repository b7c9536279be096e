import { openCell } from './cell.js';
import { hostileSender } from './evidence.js';
import type { ProofPlan } from './scenario.js';
import type { ProgramName } from './tools.js';

/**
 * The programs that a plan runs: those of its steps in each option cell, what they start in turn, and what sends its hostile
 * requests. Others need not be looked for, which takes longer than many a proof.
 * @param options those that are proved instead of the plan's own cells, which must build
 */
export function toolsOfPlan(
  { useCase, cells, scenarios, hostile }: ProofPlan,
  options?: Readonly<Record<string, unknown>>,
): ProgramName[] {
  const opened =
    options === undefined
      ? cells.map((cell) => openCell(useCase, cell.name, cell.options, cell.only))
      : [openCell(useCase, 'given options', options)];
  const used = opened.flatMap((cell) =>
    scenarios
      .filter((scenario) => scenario.applies(cell.options))
      .flatMap((scenario) => scenario.steps(cell.options))
      .flatMap(({ tool, starts = [] }) => [tool, ...starts]),
  );
  const programs = used.filter((tool) => tool !== 'replay');
  const senders: ProgramName[] = hostile.length > 0 ? [hostileSender] : [];
  return [...new Set([...programs, ...senders])].sort();
}
