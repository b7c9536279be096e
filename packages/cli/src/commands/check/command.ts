import { quote, useCases, type UseCase } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { flagsOf, once, parameterFlag } from '../../options/flags.js';
import { readType, typeFlag } from '../../options/document-type.js';
import type { PosternCommand } from '../../postern-command.js';
import { findUseCase } from '../../use-cases.js';

/** The flags of `postern check` besides those of the use case. */
export interface CheckFlags {
  readonly useCase?: string;
  readonly options?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly failOn?: string;
  readonly fix?: true;
  readonly removeExtra?: true;
  readonly parameter?: readonly string[];
  readonly type?: string;
}

/** What `--fail-on` may say. */
const findingsThatFail = ['missing', 'extra', 'any'] as const;

/**
 * `postern check POLICY --use-case ID`: what a policy lacks for a job, and what it allows besides. Without options they are
 * guessed, and without a use case those that fit best are named.
 * @param args what stands behind `check` on the command line: the use case in it brings its flags
 */
export function addCheck(program: PosternCommand, io: Io, args: readonly string[]): void {
  const command = program
    .command('check')
    .description(
      'Check a real policy against a use case: what is missing, and what is extra. Options that are not given are guessed from the policy, and printed; without a use case those that fit best are named.',
    )
    .argument(
      '[policy]',
      'a policy file, `FILE#NAME` (a role by its name, ARN or path too), a CDK assembly, or `-`; it stands before the flags',
    )
    .addOption(once('--use-case <id>', `the job: ${useCases.map(({ id }) => id).join(', ')}`))
    .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file'))
    .option('--json', 'print JSON')
    .option('--sarif', 'print SARIF 2.1.0, for code scanning')
    .option('--fix', 'print the policy with what is missing added, proved by comparison')
    .option('--remove-extra', 'with --fix: take out what is not needed, too')
    .addOption(parameterFlag())
    .addOption(typeFlag())
    .addOption(once('--fail-on <word>', `what makes the exit 1: ${findingsThatFail.join(', ')} (default: any)`));
  const useCase = (useCases as readonly UseCase[]).find(({ id }) => id === useCaseIn(args));
  if (useCase !== undefined) for (const flag of flagsOf(useCase)) command.addOption(flag);
  command
    .addHelpText(
      'after',
      () =>
        '\nExamples:\n  postern check role.json\n  postern check role.json --use-case ecr-docker-push\n  postern check role.json --use-case ecr-docker-push --repositories my-app --account 123456789012 --region eu-west-1\n  postern check cdk.out#Ci/Role --use-case ecr-docker-push --options push.yaml --fix',
    )
    .action(async (policy: string | undefined, flags: CheckFlags & Record<string, unknown>) => {
      const problems = [
        ...(policy === undefined
          ? ['`postern check` needs a policy, before the flags: see `postern check --help`']
          : []),
        ...(flags.useCase === undefined && (policy === undefined || asksForCheck(flags))
          ? ['`--use-case` is missing: name the job, see `postern list`']
          : []),
        ...(['trust', 'resource'].includes(readType(flags.type) ?? '')
          ? [
              '`postern check` is about what a job is allowed, which an identity policy says: `postern assume` asks a trust policy',
            ]
          : []),
        ...(flags.json && flags.sarif ? ['`--json` and `--sarif` exclude each other: keep one'] : []),
        ...(flags.removeExtra && !flags.fix ? ['`--remove-extra` goes with `--fix`: add it'] : []),
        ...(flags.fix && (flags.json || flags.sarif)
          ? ['`--fix` prints a policy: leave `--json` and `--sarif` out']
          : []),
        ...(flags.failOn !== undefined && !(findingsThatFail as readonly string[]).includes(flags.failOn)
          ? [`--fail-on: ${quote(flags.failOn)} is none of ${findingsThatFail.map(quote).join(', ')}`]
          : []),
      ];
      if (problems.length > 0) throw new InputError(problems);
      const { check, findFits } = await import('./run.js');
      if (flags.useCase === undefined) return findFits(policy!, flags, io);
      return check(policy!, findUseCase(flags.useCase), flags, io);
    });
}

/** Flags that say how findings are told, which there are only of a use case. */
function asksForCheck({ json, sarif, fix, failOn, options }: CheckFlags): boolean {
  return [json, sarif, fix, failOn, options].some((flag) => flag !== undefined);
}

function useCaseIn(args: readonly string[]): string | undefined {
  const index = args.indexOf('--use-case');
  return index >= 0 ? args[index + 1] : args.find((arg) => arg.startsWith('--use-case='))?.slice('--use-case='.length);
}
