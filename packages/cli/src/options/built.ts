import { tryBuild, type AnyEntry, type Host } from '@postern/core';
import type { GivenOptions } from './given.js';
import { describeProblem } from './spell.js';

/** What came of options: the document, and every problem as a line, in the words in which the options were given. */
export type BuiltPolicy = Omit<ReturnType<typeof tryBuild>, 'problems'> & { readonly problems: readonly string[] };

/**
 * Builds the policy of options that were given; it is whole where there is no problem.
 * @param host what is known besides of the place where the policy goes
 */
export function buildGiven(
  useCase: AnyEntry,
  { options, spelling }: Pick<GivenOptions, 'options' | 'spelling'>,
  host: Host = {},
): BuiltPolicy {
  const { problems, ...built } = tryBuild(useCase, options, { ...spelling, ...host });
  return { ...built, problems: problems.map((problem) => describeProblem(problem, spelling)) };
}
