import { useCases, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { flagsOf, once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern boundary` besides those of the use case. */
export interface BoundaryFlags {
  readonly options?: string;
  readonly name?: string;
  readonly path?: string;
  readonly output?: string;
}

/**
 * `postern boundary`: the permissions boundary of a use case with its flags, or of policy files.
 * @param args what stands behind `boundary` on the command line: a use case in it brings its flags
 */
export function addBoundary(program: PosternCommand, io: Io, args: readonly string[]): void {
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => args.find((arg) => !arg.startsWith('-')) === id);
  const command = program
    .command('boundary')
    .description(
      'Print a permissions boundary: the most that an identity with this job may be given, and no change of it.',
    )
    .argument('[policies...]', 'a use case, before its flags, or policy files')
    .addOption(once('--name <name>', 'what the boundary is called (default: the use case and -boundary)'))
    .addOption(once('--path <path>', 'its path (default: /)'))
    .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all'));
  if (useCase === undefined) {
    command
      .addOption(once('--account <id>', 'the account of the boundary (default: any)'))
      .addOption(once('--partition <partition>', 'its partition (default: that of the ARNs in the files)'));
  } else {
    command.addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file'));
    for (const flag of flagsOf(useCase)) command.addOption(flag);
  }
  command
    .addHelpText(
      'after',
      () =>
        '\nExamples:\n  postern boundary ecr-docker-push --repositories my-app --account 123456789012 --region eu-west-1\n  postern boundary push.json deploy.json --name ci-boundary --account 123456789012',
    )
    .action(async (policies: string[], flags: BoundaryFlags & Record<string, unknown>) => {
      if (policies.length === 0)
        throw new InputError(['`postern boundary` needs a use case or a policy, before the flags: see `postern list`']);
      if (useCase !== undefined && policies.length > 1)
        throw new InputError(['a use case stands alone: give its flags, or name policy files only']);
      const { boundaryOfFiles, boundaryOfUseCase } = await import('./run.js');
      return useCase === undefined ? boundaryOfFiles(policies, flags, io) : boundaryOfUseCase(useCase, flags, io);
    });
}
