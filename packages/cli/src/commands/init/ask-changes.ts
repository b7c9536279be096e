import { setImmediate } from 'node:timers/promises';
import type { Found } from '@postern/detect';
import { titleOf } from '../../config/content.js';
import type { Proposal } from '../../config/proposal.js';
import { blockOf, type Choose } from '../../config/write-additions.js';
import { plainLine } from '../../reports/plain.js';
import { askOpen, interruption } from './ask.js';
import { isPlace, openQuestions, type OpenQuestion } from './open-questions.js';

/**
 * Asks on the terminal which additions are wanted, one after the other, and then what is open of those. Enter alone adds nothing.
 * @param interrupted by Ctrl-C where no question takes it
 * @throws {InputError} where the questions are interrupted
 */
export function askChanges(interrupted: AbortSignal): Choose {
  return async (found, file, addable) => {
    const { confirm, isCancel, log } = await import('@clack/prompts');
    // A signal that came meanwhile is told now.
    await setImmediate();
    if (interrupted.aborted) throw interruption();
    const proposals: Proposal[] = [];
    for (const [index, proposal] of addable.entries()) {
      const [, , ...lines] = blockOf(found, file, proposal);
      log.message([titleOf(found, proposal), ...lines].map(plainLine).join('\n'));
      const wanted = await confirm({
        message: `Add it to ${plainLine(file.name)}? (${index + 1} of ${addable.length})`,
        initialValue: false,
        signal: interrupted,
      });
      if (isCancel(wanted)) throw interruption();
      if (wanted) proposals.push(proposal);
    }
    const questions = questionsOf(found, proposals);
    const answered = questions.length === 0 ? found : await askOpen(found, interrupted, questions);
    return { found: answered, proposals };
  };
}

/** What is open of the jobs and roles that come in; account and region are what the file says. */
function questionsOf(found: Found, proposals: readonly Proposal[]): OpenQuestion[] {
  const jobs = new Set<number>();
  const roles = new Set<string>();
  for (const proposal of proposals) {
    if (proposal.what === 'useCase') jobs.add(proposal.job);
    if (proposal.what !== 'role') continue;
    for (const role of proposal.pair === undefined ? [proposal.role] : [proposal.pair.plan, proposal.pair.apply]) {
      roles.add(role.name);
      role.jobs.forEach((job) => jobs.add(job));
    }
  }
  return openQuestions(found)
    .filter(({ option }) => !isPlace(option))
    .map((one) => ({
      ...one,
      jobs: one.jobs.filter((job) => jobs.has(job)),
      roles: one.roles.filter((role) => roles.has(role)),
    }))
    .filter((one) => one.jobs.length + one.roles.length > 0);
}
