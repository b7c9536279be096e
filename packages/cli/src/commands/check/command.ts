import { useCases } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { typeFlag, typeProblems } from '../../options/document-type.js';
import { once, Operand, parameterFlag } from '../../options/flags.js';
import { files, useCaseIds } from '../../options/offer.js';
import { takeUseCase } from '../../options/use-case-flags.js';
import { wordProblems } from '../../options/words.js';
import { exampleJob, findUseCase } from '../../use-cases.js';
import { findingsThatFail, type CheckFlags } from './flags.js';

const missing = '`--use-case` is missing: name the job, see `postern list`';

/**
 * `postern check POLICY --use-case ID`: what a policy lacks for a job, and what it allows besides. Without options they are
 * guessed, and without a use case those that fit best are named.
 */
export const checkCommand: CommandDefinition = {
  description:
    'Check a real policy against a use case: what is missing, and what is extra. Options that are not given are guessed from the policy, and printed; without a use case those that fit best are named.',
  place: 50,
  define(command, io) {
    command
      .addArgument(
        new Operand(
          '[policy]',
          'a policy file, `FILE#NAME` (a role by its name, ARN or path too), a CDK assembly, or `-`; it stands before the flags',
          files,
        ),
      )
      .addOption(once('--use-case <id>', `the job: ${useCases.map(({ id }) => id).join(', ')}`, useCaseIds))
      .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file', files))
      .option('--json', 'print JSON')
      .option('--sarif', 'print SARIF 2.1.0, for code scanning')
      .option('--fix', 'print the policy with what is missing added, proved by comparison')
      .option('--remove-extra', 'with --fix: take out what is not needed, too')
      .addOption(parameterFlag())
      .addOption(typeFlag())
      .addOption(
        once(
          '--fail-on <word>',
          `what makes the exit 1: ${findingsThatFail.join(', ')} (default: any)`,
          () => findingsThatFail,
        ),
      );
    takeUseCase(command, { nameOf: ({ values }) => values.get('--use-case')?.at(-1), missing });
    command
      .addHelpText(
        'after',
        () =>
          `\nExamples:\n  postern check role.json\n  postern check role.json --use-case ${exampleJob().id}\n  postern check role.json --use-case ${exampleJob().words}\n  postern check cdk.out#Ci/Role --use-case ${exampleJob().id} --options job.yaml --fix`,
      )
      .action(async (policy: string | undefined, flags: CheckFlags & Record<string, unknown>) => {
        const problems = problemsOf(policy, flags);
        if (problems.length > 0) throw new InputError(problems);
        const { check, findFits } = await import('./run.js');
        if (flags.useCase === undefined) return findFits(policy!, flags, io);
        return check(policy!, findUseCase(flags.useCase), flags, io);
      });
  },
};

function problemsOf(policy: string | undefined, flags: CheckFlags): string[] {
  return [
    ...(policy === undefined ? ['`postern check` needs a policy, before the flags: see `postern check --help`'] : []),
    ...(flags.useCase === undefined && (policy === undefined || asksForCheck(flags)) ? [missing] : []),
    ...typeProblems(flags.type),
    ...(flags.type === 'trust' || flags.type === 'resource'
      ? [
          '`postern check` is about what a job is allowed, which an identity policy says: `postern assume` asks a trust policy',
        ]
      : []),
    ...(flags.json && flags.sarif ? ['`--json` and `--sarif` exclude each other: keep one'] : []),
    ...(flags.removeExtra && !flags.fix ? ['`--remove-extra` goes with `--fix`: add it'] : []),
    ...(flags.fix && (flags.json || flags.sarif) ? ['`--fix` prints a policy: leave `--json` and `--sarif` out'] : []),
    ...wordProblems('--fail-on', flags.failOn, findingsThatFail),
  ];
}

/** Flags that say how findings are told, which there are only of a use case. */
function asksForCheck({ json, sarif, fix, failOn, options }: CheckFlags): boolean {
  return [json, sarif, fix, failOn, options].some((flag) => flag !== undefined);
}
