import { tryBuild, type AnyEntry, type Entry, type Host } from '@postern/core';
import type { Io } from '../io.js';
import { readOptionsFile } from './file.js';
import { describeProblem, spellingOf } from './spell.js';

/** The options of a use case as they were given. */
export interface GivenOptions {
  /** All of them by their camelCase names, unchecked: flags replace what the file says. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Those that were flags. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** How messages write them: as they were given. */
  readonly spelling: Host;
}

/**
 * Reads the options of a use case from flags, and from the file that `--options` names.
 * @param flags all flags of the command, by their camelCase names: those of the use case are taken
 * @param otherwise options that hold where neither says anything
 * @throws {InputError} where the file cannot be read
 */
export async function readOptions(
  useCase: Entry,
  flags: Readonly<Record<string, unknown>>,
  io: Io,
  otherwise: object = {},
): Promise<GivenOptions> {
  const own = Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(useCase.options, name)));
  const { options: path } = flags;
  const file = typeof path === 'string' ? await readOptionsFile(path, io) : undefined;
  return { options: { ...otherwise, ...file, ...own }, flags: own, spelling: spellingOf(file, own) };
}

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
