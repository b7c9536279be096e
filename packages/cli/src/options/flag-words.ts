import { isTrustEntry, quote, type AnyEntry } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { PosternCommand } from '../postern-command.js';
import { flagsOf, once } from './flags.js';
import { readOptions, type GivenOptions } from './given.js';
import { refuseSwallowedFlags } from './swallowed-flags.js';

/**
 * Reads the options of an entry from words that stand for a command line of their own.
 * @param otherwise options that hold where the words say nothing
 * @throws {InputError} where a flag is none of the entry, or a word belongs to no flag
 */
export async function readFlagWords(
  entry: AnyEntry,
  words: readonly string[],
  io: Io,
  otherwise: object = {},
): Promise<GivenOptions> {
  const command = new PosternCommand(`postern ${isTrustEntry(entry) ? 'trust' : 'generate'} ${entry.id}`)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.helpOption(false).allowExcessArguments();
  const flags = flagsOf(entry);
  for (const flag of flags) command.addOption(flag);
  command.addOption(once('--options <file>', 'read options from a file'));
  refuseSwallowedFlags(command, words, flags);
  command.parse([...words], { from: 'user' });
  if (command.args.length > 0) {
    throw new InputError([`${quote(command.args[0])} belongs to no flag of ${quote(command.name())}`]);
  }
  return readOptions(entry, command.opts(), io, otherwise);
}
