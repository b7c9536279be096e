import type { Entry, Host } from '@postern/core';
import type { Io } from '../io.js';
import { readOptionsFile } from './file.js';
import { spellingOf } from './spell.js';

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
