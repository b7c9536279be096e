import { partitions } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { once, Operand } from '../../options/flags.js';
import { anyFile, files, oneUseCase, type Offer } from '../../options/offer.js';
import { takeUseCase } from '../../options/use-case-flags.js';
import { exampleJob, isUseCase } from '../../use-cases.js';
import type { BoundaryFlags } from './flags.js';

const missing = '`postern boundary` needs a use case or a policy: see `postern list`';

/** A use case stands alone, files stand beside each other. */
const policies: Offer = async (line) => {
  const [first] = line.operands;
  if (first !== undefined && isUseCase(first)) return [];
  return [...(await oneUseCase(line)), anyFile];
};

/** `postern boundary`: the permissions boundary of a use case with its flags, or of policy files. */
export const boundaryCommand: CommandDefinition = {
  description:
    'Print a permissions boundary: the most that an identity with this job may be given, and no change of it.',
  place: 90,
  define(command, io) {
    command
      .addArgument(new Operand('[policies...]', 'a use case, or policy files', policies))
      .addOption(once('--name <name>', 'what the boundary is called (default: the use case and -boundary)'))
      .addOption(once('--path <path>', 'its path (default: /)'))
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files));
    const taken = takeUseCase(command, {
      nameOf: ({ operands }) => operands[0],
      missing,
      orFiles: true,
      withOne: [once('--options <file>', 'read options of the use case from a JSON or YAML file', files)],
      withoutOne: [
        once('--account <id>', 'the account of the boundary (default: any)'),
        once('--partition <partition>', 'its partition (default: that of the ARNs in the files)', () =>
          Object.keys(partitions),
        ),
      ],
      found: ({ id }) => (command.about = id),
    });
    command
      .addHelpText(
        'after',
        () =>
          `\nExamples:\n  postern boundary ${exampleJob().words}\n  postern boundary push.json deploy.json --name ci-boundary --account 123456789012`,
      )
      .action(async (given: string[], flags: BoundaryFlags & Record<string, unknown>) => {
        if (given.length === 0) {
          taken.refuseSwallowed();
          throw new InputError([missing]);
        }
        if (taken.useCase !== undefined && given.length > 1)
          throw new InputError(['a use case stands alone: give its flags, or name policy files only']);
        const { boundaryOfFiles, boundaryOfUseCase } = await import('./run.js');
        if (taken.useCase === undefined) return boundaryOfFiles(given, flags, io);
        return boundaryOfUseCase(taken.useCase, flags, io);
      });
  },
};
