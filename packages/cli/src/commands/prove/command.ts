import { useCases, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { flagsOf, once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern prove` besides those of the use case. */
export interface ProveFlags {
  readonly scenario?: string;
  readonly exhaustive?: true;
  readonly keep?: true;
  readonly json?: true;
  readonly check?: string;
  readonly evidence?: string;
  readonly require?: true;
  readonly seed?: string;
  readonly tool?: readonly string[];
  readonly options?: string;
}

const ids = useCases.map(({ id }) => id).join(', ');

/** `postern prove`: its flags, and those of the use case that is named. */
export function addProve(program: PosternCommand, io: Io, args: readonly string[]): void {
  const command = program
    .command('prove')
    .description('Run the real tools under a policy in a sandbox, and take each permission away.')
    .argument('[use-case]', `one of: ${ids}`)
    .addOption(once('--scenario <name>', 'only this scenario'))
    .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file'))
    .option('--exhaustive', 'every permission in every option cell, and every pair: takes long')
    .option('--keep', 'leave the folders of the runs, to look at')
    .option('--require', 'a missing tool is a finding')
    .option('--tool <name=path...>', 'the program to run as terraform, skopeo, aws or terragrunt')
    .addOption(once('--seed <number>', 'for the random pairs (default: 1)'))
    .addOption(once('--check <file>', 'compare with the evidence in a file'))
    .addOption(once('--evidence <file>', 'write the evidence to a file; never where a tool is missing'))
    .option('--json', 'print the evidence as JSON');
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => args.includes(id));
  if (useCase !== undefined) for (const flag of flagsOf(useCase)) command.addOption(flag);
  command
    .addHelpText(
      'after',
      () =>
        '\nWithout options of the use case, its own option cells are proved; with them, these options.\nNothing leaves this machine: the tools see a sandbox on 127.0.0.1.\n\nExamples:\n  postern prove ecr-docker-push\n  postern prove terraform-remote-state-s3 --bucket acme-state --keys app/terraform.tfstate --access plan --account 123456789012 --region eu-west-1',
    )
    .action(async (id: string | undefined, flags: ProveFlags & Record<string, unknown>) => {
      if (id === undefined) throw new InputError(['`postern prove` needs a use case: see `postern list`']);
      const { prove } = await import('../on-use.js');
      return prove(id, flags, io);
    });
}
