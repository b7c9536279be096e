import { quote } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { formats } from '../../lint/formats/index.js';
import { once, Operand } from '../../options/flags.js';
import { files, type Offer } from '../../options/offer.js';
import { typeFlag, typeProblems } from '../../options/document-type.js';
import { wordProblems } from '../../options/words.js';
import type { LintFlags } from './flags.js';

const words = Object.keys(formats);
const levels = ['error', 'warning', 'note'];

/** Loaded when they are asked for. */
const ruleIds: Offer = async () => [...(await import('../../lint/rules/all.js')).allRules.keys()];

/** `postern lint FILE...`: mistakes and dangers in policies of identities, roles and resources. */
export const lintCommand: CommandDefinition = {
  description: 'Look for mistakes and dangers in policies: of identities, of who may assume a role, of resources.',
  place: 60,
  define(command, io) {
    command
      .addArgument(
        new Operand(
          '[files...]',
          'files, folders or patterns; a file may be a policy, account details, a template or a plan',
          files,
        ),
      )
      .option('--json', 'print a JSON line for each finding')
      .option('--sarif', 'print SARIF 2.1.0, for code scanning')
      .addOption(once('--format <name>', `how to print: ${words.join(', ')} (default: text)`, () => words))
      .option('--lines', 'read JSON Lines from standard input: a policy on each, or { id, policy }')
      .option('--rules', 'list the rules, with the reason and the source of each')
      .addOption(once('--explain <rule>', 'say what a rule finds and why, with examples', ruleIds))
      .option('--fix', 'apply the changes that alter no meaning, and print the rest')
      .addOption(once('--config <file>', 'suppressions with reasons (default: .postern-lint.yaml where it is)', files))
      .addOption(once('--baseline <file>', 'leave out the findings that the file has', files))
      .option('--update-baseline', 'write what is found now to the file of --baseline')
      .addOption(
        once('--fail-on <word>', 'what makes the exit 1: error, warning, note (default: warning)', () => levels),
      )
      .addOption(typeFlag())
      .addOption(once('--shard <i/n>', 'take every n-th file or line only, beginning with the i-th'))
      .addHelpText(
        'after',
        () =>
          "\nExamples:\n  postern lint policies/\n  postern lint 'infra/**/*.json' --sarif\n  postern lint --explain resource-mismatch",
      )
      .action(async (inputs: string[], flags: LintFlags) => {
        if (flags.rules && (flags.sarif || flags.lines || flags.explain || inputs.length > 0)) {
          throw new InputError(['`--rules` lists the rules alone: keep it, with `--json` at most, or leave it out']);
        }
        if (flags.rules) return (await import('./list-rules.js')).listRules(flags.json === true, io);
        if (flags.explain !== undefined && inputs.length > 0) {
          throw new InputError(['`--explain` explains one rule alone: name no files beside it']);
        }
        if (flags.explain !== undefined) return (await import('./list-rules.js')).explainRule(flags.explain, io);
        const problems = problemsOf(inputs, flags);
        if (problems.length > 0) throw new InputError(problems);
        return (await import('./run.js')).lint(inputs, flags, io);
      });
  },
};

function problemsOf(inputs: readonly string[], flags: LintFlags): string[] {
  const named = [
    ...(flags.json ? ['--json'] : []),
    ...(flags.sarif ? ['--sarif'] : []),
    ...(flags.format === undefined ? [] : ['--format']),
  ];
  return [
    ...(flags.lines === true && inputs.length > 0 ? ['`--lines` reads standard input: name no files beside it'] : []),
    ...(flags.lines === true && flags.fix === true ? ['`--fix` changes files: leave `--lines` out'] : []),
    ...(flags.fix === true && inputs.includes('-') ? ['`--fix` changes files: name one instead of `-`'] : []),
    ...(!flags.lines && inputs.length === 0 ? ['`postern lint` needs files: see `postern lint --help`'] : []),
    ...(named.length > 1 ? [`${named.map(quote).join(' and ')} exclude each other: keep one`] : []),
    ...wordProblems('--format', flags.format, words),
    ...wordProblems('--fail-on', flags.failOn, levels),
    ...typeProblems(flags.type),
    ...(flags.updateBaseline === true && flags.baseline === undefined
      ? ['`--update-baseline` writes the file of `--baseline`: name it']
      : []),
  ];
}
