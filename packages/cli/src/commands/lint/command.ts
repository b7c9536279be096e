import { didYouMean, quote } from '@postern/core';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern lint`. */
export interface LintFlags {
  readonly json?: true;
  readonly sarif?: true;
  readonly format?: string;
  readonly lines?: true;
  readonly rules?: true;
  readonly explain?: string;
  readonly fix?: true;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly failOn?: string;
  readonly shard?: string;
}

const formats = ['text', 'json', 'sarif', 'github', 'gitlab'];
const levels = ['error', 'warning', 'note'];

/** `postern lint FILE...`: mistakes and dangers in identity policies. */
export function addLint(program: PosternCommand, io: Io): void {
  program
    .command('lint')
    .description('Look for mistakes and dangers in identity policies.')
    .argument('[files...]', 'files, folders or patterns; a file may be a policy, account details, a template or a plan')
    .option('--json', 'print a JSON line for each finding')
    .option('--sarif', 'print SARIF 2.1.0, for code scanning')
    .addOption(once('--format <name>', `how to print: ${formats.join(', ')} (default: text)`))
    .option('--lines', 'read JSON Lines from standard input: a policy on each, or { id, policy }')
    .option('--rules', 'list the rules, with the reason and the source of each')
    .addOption(once('--explain <rule>', 'say what a rule finds and why, with examples'))
    .option('--fix', 'apply the changes that alter no meaning, and print the rest')
    .addOption(once('--config <file>', 'suppressions with reasons (default: .postern-lint.yaml where it is)'))
    .addOption(once('--baseline <file>', 'leave out the findings that the file has'))
    .option('--update-baseline', 'write what is found now to the file of --baseline')
    .addOption(once('--fail-on <word>', 'what makes the exit 1: error, warning, note (default: warning)'))
    .addOption(once('--shard <i/n>', 'take every n-th file or line only, beginning with the i-th'))
    .addHelpText(
      'after',
      () =>
        "\nExamples:\n  postern lint policies/\n  postern lint 'infra/**/*.json' --sarif\n  postern lint --explain resource-mismatch",
    )
    .action(async (files: string[], flags: LintFlags) => {
      if (flags.rules && (flags.sarif || flags.lines || flags.explain || files.length > 0)) {
        throw new InputError(['`--rules` lists the rules alone: keep it, with `--json` at most, or leave it out']);
      }
      if (flags.rules) return (await import('./list-rules.js')).listRules(flags.json === true, io);
      if (flags.explain !== undefined && files.length > 0) {
        throw new InputError(['`--explain` explains one rule alone: name no files beside it']);
      }
      if (flags.explain !== undefined) return (await import('./list-rules.js')).explainRule(flags.explain, io);
      const problems = problemsOf(files, flags);
      if (problems.length > 0) throw new InputError(problems);
      return (await import('./run.js')).lint(files, flags, io);
    });
}

function problemsOf(files: readonly string[], flags: LintFlags): string[] {
  const named = [
    ...(flags.json ? ['--json'] : []),
    ...(flags.sarif ? ['--sarif'] : []),
    ...(flags.format === undefined ? [] : ['--format']),
  ];
  return [
    ...(flags.lines === true && files.length > 0 ? ['`--lines` reads standard input: name no files beside it'] : []),
    ...(flags.lines === true && flags.fix === true ? ['`--fix` changes files: leave `--lines` out'] : []),
    ...(flags.fix === true && files.includes('-') ? ['`--fix` changes files: name one instead of `-`'] : []),
    ...(!flags.lines && files.length === 0 ? ['`postern lint` needs files: see `postern lint --help`'] : []),
    ...(named.length > 1 ? [`${named.map(quote).join(' and ')} exclude each other: keep one`] : []),
    ...oneOf('--format', flags.format, formats),
    ...oneOf('--fail-on', flags.failOn, levels),
    ...(flags.updateBaseline === true && flags.baseline === undefined
      ? ['`--update-baseline` writes the file of `--baseline`: name it']
      : []),
  ];
}

function oneOf(flag: string, value: string | undefined, words: readonly string[]): string[] {
  if (value === undefined || words.includes(value)) return [];
  const hint = didYouMean(value, words) || `: give one of ${words.map(quote).join(', ')}`;
  return [`${flag}: ${quote(value)} is none of its words${hint}`];
}
