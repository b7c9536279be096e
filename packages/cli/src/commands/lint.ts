import { quote } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { once } from '../options/flags.js';
import type { PosternCommand } from '../postern-command.js';

/** The flags of `postern lint`. */
export interface LintFlags {
  readonly json?: true;
  readonly sarif?: true;
  readonly lines?: true;
  readonly rules?: true;
  readonly failOn?: string;
  readonly shard?: string;
}

/** `postern lint FILE...`: mistakes and dangers in identity policies. */
export function addLint(program: PosternCommand, io: Io): void {
  program
    .command('lint')
    .description('Look for mistakes and dangers in identity policies.')
    .argument('[files...]', 'files, folders or patterns; a file may be a policy, account details, a template or a plan')
    .option('--json', 'print a JSON line for each finding')
    .option('--sarif', 'print SARIF 2.1.0, for code scanning')
    .option('--lines', 'read JSON Lines from standard input: a policy on each, or { id, policy }')
    .option('--rules', 'list the rules, with the reason and the source of each')
    .addOption(once('--fail-on <word>', 'what makes the exit 1: error, warning (default: warning)'))
    .addOption(once('--shard <i/n>', 'take every n-th file or line only, beginning with the i-th'))
    .addHelpText('after', () => "\nExamples:\n  postern lint policies/\n  postern lint 'infra/**/*.json' --sarif")
    .action(async (files: string[], flags: LintFlags) => {
      if (flags.rules && (flags.sarif || flags.lines || files.length > 0)) {
        throw new InputError(['`--rules` lists the rules alone: keep it, with `--json` at most, or leave it out']);
      }
      if (flags.rules) return (await import('../lint/list-rules.js')).listRules(flags.json === true, io);
      const problems = [
        ...(flags.lines === true && files.length > 0
          ? ['`--lines` reads standard input: name no files beside it']
          : []),
        ...(!flags.lines && files.length === 0 ? ['`postern lint` needs files: see `postern lint --help`'] : []),
        ...(flags.json && flags.sarif ? ['`--json` and `--sarif` exclude each other: keep one'] : []),
        ...(flags.failOn !== undefined && !['error', 'warning'].includes(flags.failOn)
          ? [`--fail-on: ${quote(flags.failOn)} is neither \`error\` nor \`warning\``]
          : []),
      ];
      if (problems.length > 0) throw new InputError(problems);
      return (await import('../lint/lint.js')).lint(files, flags, io);
    });
}
