import { quote, useCases } from '@postern/core';
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
          '[policy...]',
          'a policy file, `FILE#NAME` (a role by its name, ARN or path too), a CDK assembly, or `-`; it stands before the flags; with --config: details of accounts',
          files,
        ),
      )
      .addOption(once('--use-case <id>', `the job: ${useCases.map(({ id }) => id).join(', ')}`, useCaseIds))
      .addOption(once('--options <file>', 'read options of the use case from a JSON or YAML file', files))
      .addOption(
        once(
          '--config <file>',
          'compare every role of this postern.yaml with the details of accounts, from `aws iam get-account-authorization-details`: one in a file, or one on each line',
          files,
        ),
      )
      .option('--json', 'print JSON')
      .option('--sarif', 'print SARIF 2.1.0, for code scanning')
      .option('--markdown', 'with --config: print Markdown')
      .addOption(once('--shard <i/n>', 'with --config: take every n-th account only, beginning with the i-th'))
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
          `\nExamples:\n  postern check role.json\n  postern check role.json --use-case ${exampleJob().id}\n  postern check role.json --use-case ${exampleJob().words}\n  postern check cdk.out#Ci/Role --use-case ${exampleJob().id} --options job.yaml --fix\n  postern check account.json --config postern.yaml`,
      )
      .action(async (policies: readonly string[], flags: CheckFlags & Record<string, unknown>) => {
        const [policy, second] = policies;
        const problems =
          flags.config === undefined ? problemsOf(policy, second, flags) : accountProblems(policy, flags);
        if (problems.length > 0) throw new InputError(problems);
        if (flags.config !== undefined) {
          const { checkAccounts } = await import('./accounts.js');
          return checkAccounts(flags.config, policies, flags, io);
        }
        const { check, findFits } = await import('./run.js');
        if (flags.useCase === undefined) return findFits(policy!, flags, io);
        return check(policy!, findUseCase(flags.useCase), flags, io);
      });
  },
};

function problemsOf(policy: string | undefined, second: string | undefined, flags: CheckFlags): string[] {
  return [
    ...(second === undefined
      ? []
      : [
          `${quote(second)} is too much, \`postern check\` takes one policy, and several files with \`--config\`: see \`postern check --help\``,
        ]),
    ...(flags.markdown || flags.shard !== undefined
      ? ['`--markdown` and `--shard` go with `--config`: name a postern.yaml, or leave them out']
      : []),
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

/** What is wrong with a line that compares a file of roles with accounts. */
function accountProblems(account: string | undefined, flags: CheckFlags): string[] {
  const { fix, json, markdown, options, parameter, removeExtra, sarif, type, useCase } = flags;
  const others = { 'use-case': useCase, options, fix, 'remove-extra': removeExtra, parameter, type };
  const taken = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [`\`--${name}\``]));
  const forms = Object.entries({ json, sarif, markdown }).flatMap(([name, value]) => (value ? [`\`--${name}\``] : []));
  return [
    ...(account === undefined
      ? [
          '`--config` compares with accounts: name what `aws iam get-account-authorization-details` printed, before the flags',
        ]
      : []),
    ...(taken.length === 0 ? [] : [`${taken.join(', ')} is about one policy: leave it out with \`--config\``]),
    ...(forms.length > 1 ? [`${forms.join(' and ')} exclude each other: keep one`] : []),
    ...wordProblems('--fail-on', flags.failOn, findingsThatFail),
  ];
}

/** Flags that say how findings are told, which there are only of a use case. */
function asksForCheck({ json, sarif, fix, failOn, options }: CheckFlags): boolean {
  return [json, sarif, fix, failOn, options].some((flag) => flag !== undefined);
}
