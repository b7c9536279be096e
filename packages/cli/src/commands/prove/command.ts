import { useCases } from '@postern/core';
import { loadProof } from '@postern/core/catalog';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { Flag, once, Operand } from '../../options/flags.js';
import { files, oneUseCase, type Offer } from '../../options/offer.js';
import { takeUseCase } from '../../options/use-case-flags.js';
import { exampleJob } from '../../use-cases.js';
import type { ProveFlags } from './flags.js';

const missing = '`postern prove` needs a use case: see `postern list`';

/** `postern prove`: its flags, and those of the use case that is named. */
export const proveCommand: CommandDefinition = {
  description: 'Run the real tools under a policy in a sandbox, and take each permission away.',
  place: 120,
  define(command, io) {
    /** Those that were recorded: the plans themselves are loaded to run them only. */
    const scenarios: Offer = async () => {
      const proof = await loadProof(taken.useCase?.id ?? '');
      return proof?.scenarios.map(({ name }) => name) ?? [];
    };
    command
      .addArgument(new Operand('[use-case]', `one of: ${useCases.map(({ id }) => id).join(', ')}`, oneUseCase))
      .addOption(once('--scenario <name>', 'only this scenario', scenarios))
      .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file', files))
      .option('--exhaustive', 'every permission in every option cell, and every pair: takes long')
      .option(
        '--warm',
        'start clients sooner from their second command on (forked, or with their compiled code kept): the same, and sooner done',
      )
      .option('--keep', 'leave the folders of the runs, to look at')
      .option('--require', 'a missing tool is a finding')
      .addOption(new Flag('--tool <name=path...>', 'the program to run as that tool, such as aws=/opt/aws/bin/aws'))
      .addOption(once('--seed <number>', 'for the random pairs (default: 1)'))
      .addOption(once('--check <file>', 'compare with the evidence in a file', files))
      .addOption(once('--evidence <file>', 'write the evidence to a file; never where a tool is missing', files))
      .option('--json', 'print the evidence as JSON');
    const taken = takeUseCase(command, {
      nameOf: ({ operands }) => operands[0],
      missing,
      found: ({ id }) => (command.about = id),
    });
    command
      .addHelpText(
        'after',
        () =>
          `\nWithout options of the use case, its own option cells are proved; with them, these options.\nNothing leaves this machine: the tools see a sandbox on 127.0.0.1.\n\nExamples:\n  postern prove ${exampleJob().id}\n  postern prove ${exampleJob().words}`,
      )
      .action(async (id: string | undefined, flags: ProveFlags & Record<string, unknown>) => {
        if (id === undefined) {
          taken.refuseSwallowed();
          throw new InputError([missing]);
        }
        const { prove } = await import('./run.js');
        return prove(id, flags, io);
      });
  },
};
