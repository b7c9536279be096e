import type { Relation } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once, parameterFlag } from '../../options/flags.js';
import { typeFlag } from '../../options/document-type.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern diff`. */
export interface DiffFlags {
  readonly json?: true;
  readonly markdown?: true;
  readonly sarif?: true;
  readonly pairs?: true;
  readonly failOn?: string;
  readonly shard?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly parameter?: readonly string[];
  readonly type?: string;
}

/** The relations that each word of `--fail-on` fails on. What is not known may be what one is afraid of. */
export const failures: Readonly<Record<string, readonly Relation[]>> = {
  wider: ['wider', 'incomparable', 'unknown'],
  narrower: ['narrower', 'incomparable', 'unknown'],
  different: ['wider', 'narrower', 'incomparable', 'unknown'],
};

/** `postern diff A B`: what the second allows and the first does not, and the other way round. */
export function addDiff(program: PosternCommand, io: Io): void {
  program
    .command('diff')
    .description('Compare what two policies allow, over all requests, with a request for each difference.')
    .argument(
      '[a]',
      'before: a policy file, `FILE#NAME`, a CDK assembly, `-`, or a use case with its flags in one word',
    )
    .argument('[b]', 'after')
    .option('--json', 'print the result as JSON: relation, gained, lost, reason, and each pattern in gains and losses')
    .option('--markdown', 'print Markdown, for a comment on a pull request')
    .option('--sarif', 'print SARIF 2.1.0, for code scanning')
    .addOption(once('--fail-on <word>', `exit with 1 if the second is so: ${Object.keys(failures).join(', ')}`))
    .option('--pairs', 'read pairs from standard input, as JSON Lines { id, a, b }, and write a JSON line for each')
    .addOption(once('--shard <i/n>', 'with --pairs: take every n-th pair only, beginning with the i-th'))
    .addOption(once('--account <id>', 'what a template has for AWS::AccountId'))
    .addOption(once('--region <region>', 'what a template has for AWS::Region'))
    .addOption(once('--partition <partition>', 'what a template has for AWS::Partition'))
    .addOption(parameterFlag())
    .addOption(typeFlag())
    .addHelpText(
      'after',
      () =>
        "\nExamples:\n  postern diff before.json after.json --fail-on wider\n  postern diff 'ecr-docker-push --options push.yaml' role.json\n  postern diff main/cdk.out#Ci/Role branch/cdk.out#Ci/Role --markdown",
    )
    .action(async (a: string | undefined, b: string | undefined, flags: DiffFlags) => {
      if (flags.failOn !== undefined && !Object.hasOwn(failures, flags.failOn)) {
        throw new InputError([`--fail-on: \`${flags.failOn}\` is none of \`wider\`, \`narrower\`, \`different\``]);
      }
      const formats = (['json', 'markdown', 'sarif'] as const).filter((name) => flags[name]);
      if (formats.length > 1) {
        const names = formats.map((name) => `\`--${name}\``);
        throw new InputError([`${names.join(' and ')} exclude each other: keep one`]);
      }
      if (flags.pairs) {
        if (a !== undefined) throw new InputError(['`--pairs` reads standard input: name no policies beside it']);
        const { diffPairs } = await import('./pairs.js');
        return diffPairs(flags, io);
      }
      if (a === undefined || b === undefined) {
        throw new InputError(['`postern diff` needs two policies: see `postern diff --help`']);
      }
      if (a === '-' && b === '-') throw new InputError(['standard input can be one side only']);
      const { diff } = await import('./run.js');
      return diff(a, b, flags, io);
    });
}
