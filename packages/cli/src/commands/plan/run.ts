import { loadConfig, quote, type BuiltConfigRole } from '@postern/core';
import { readConfigFile, readConfigText, type ConfigFile } from '../../config/read-file.js';
import { reportChanges } from '../../config/report-changes.js';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { examplePlace } from '../../policies/place.js';
import { plainLine } from '../../reports/plain.js';
import { findChanges } from './changes.js';
import type { PlanFlags } from './flags.js';
import { textAt } from './revision.js';

/** Says what a change of `postern.yaml` since a revision grants and takes away. */
export async function plan(since: string, flags: PlanFlags, io: Io): Promise<void> {
  if (flags.config === '-') throw new InputError(['--config: name a file, whose history is read']);
  const file = await readConfigFile(flags.config, io);
  const after = builtOf(file);
  const old = textAt(since, file.name);
  const before = old === undefined ? [] : builtOf(await readConfigText(old, `${since}:${file.name}`));
  if (old === undefined)
    writeLine(io.stderr, plainLine(`note: ${quote(since)} has no ${quote(file.name)}: every role is new`));
  if ([...before, ...after].some(({ given }) => given.settings['account'] === undefined)) {
    writeLine(
      io.stderr,
      `note: where no account is given, both sides are compared as in the account ${examplePlace.account}`,
    );
  }
  const changes = await findChanges(before, after);
  reportChanges(changes, { ...flags, names: [since, 'now'], same: 'every role is what it was' }, io);
}

function builtOf({ describe, value }: ConfigFile): readonly BuiltConfigRole[] {
  const { built, problems } = loadConfig(value, { place: examplePlace });
  if (problems.length > 0) throw new InputError(describe(problems));
  return built;
}
