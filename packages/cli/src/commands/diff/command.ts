import { partitions } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { typeFlag, typeProblems } from '../../options/document-type.js';
import { once, Operand, parameterFlag } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import { wordProblems } from '../../options/words.js';
import { exampleJob } from '../../use-cases.js';
import { failures, type DiffFlags } from './flags.js';

const words = Object.keys(failures);

/** Whether an argument may name a `postern.yaml`, by its ending. */
function mayBeRoles(argument: string): boolean {
  return /\.(ya?ml|json)(#[^#]*)?$/i.test(argument);
}

/** `postern diff A B`: what the second allows and the first does not, and the other way round. */
export const diffCommand: CommandDefinition = {
  description: 'Compare what two policies allow, over all requests, with a request for each difference.',
  place: 40,
  define(command, io) {
    command
      .addArgument(
        new Operand(
          '[a]',
          'before: a policy file, `FILE#NAME` (with --type trust, who may assume the role), a CDK assembly, `-`, a use case with its flags in one word, or a postern.yaml, which is compared role by role with another or with details of an account',
          files,
        ),
      )
      .addArgument(new Operand('[b]', 'after', files))
      .option(
        '--json',
        'print the result as JSON: relation, gained, lost, reason, and each pattern in gains and losses',
      )
      .option('--markdown', 'print Markdown, for a comment on a pull request')
      .option('--sarif', 'print SARIF 2.1.0, for code scanning')
      .addOption(once('--fail-on <word>', `exit with 1 if the second is so: ${words.join(', ')}`, () => words))
      .option('--pairs', 'read pairs from standard input, as JSON Lines { id, a, b }, and write a JSON line for each')
      .addOption(once('--shard <i/n>', 'with --pairs: take every n-th pair only, beginning with the i-th'))
      .addOption(once('--account <id>', 'what a template has for AWS::AccountId'))
      .addOption(once('--region <region>', 'what a template has for AWS::Region'))
      .addOption(
        once('--partition <partition>', 'what a template has for AWS::Partition', () => Object.keys(partitions)),
      )
      .addOption(parameterFlag())
      .addOption(typeFlag())
      .addHelpText(
        'after',
        () =>
          `\nExamples:\n  postern diff before.json after.json --fail-on wider\n  postern diff '${exampleJob().id} --options job.yaml' role.json\n  postern diff main/cdk.out#Ci/Role branch/cdk.out#Ci/Role --markdown\n  postern diff postern.yaml account.json`,
      )
      .action(async (a: string | undefined, b: string | undefined, flags: DiffFlags) => {
        const problems = [...wordProblems('--fail-on', flags.failOn, words), ...typeProblems(flags.type)];
        const formats = (['json', 'markdown', 'sarif'] as const).filter((name) => flags[name]);
        if (formats.length > 1) {
          const names = formats.map((name) => `\`--${name}\``);
          problems.push(`${names.join(' and ')} exclude each other: keep one`);
        }
        if (problems.length > 0) throw new InputError(problems);
        if (flags.pairs) {
          if (a !== undefined) throw new InputError(['`--pairs` reads standard input: name no policies beside it']);
          const { diffPairs } = await import('./pairs.js');
          return diffPairs(flags, io);
        }
        if (a === undefined || b === undefined) {
          throw new InputError(['`postern diff` needs two policies: see `postern diff --help`']);
        }
        if (a === '-' && b === '-') throw new InputError(['standard input can be one side only']);
        if (mayBeRoles(a) || mayBeRoles(b)) {
          const { diffRoles, readRoles } = await import('./roles.js');
          const sides = [await readRoles(a, io), await readRoles(b, io)] as const;
          if (sides.some((side) => side !== undefined)) return diffRoles(a, b, sides, flags, io);
        }
        const { diff } = await import('./run.js');
        return diff(a, b, flags, io);
      });
  },
};
