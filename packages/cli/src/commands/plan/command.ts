import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { once } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import { wordProblems } from '../../options/words.js';
import { failures } from '../diff/flags.js';
import type { PlanFlags } from './flags.js';

const words = Object.keys(failures);

/** `postern plan`: what a change of `postern.yaml` grants and takes away. */
export const planCommand: CommandDefinition = {
  description:
    'Say what a change of postern.yaml grants and takes away, role by role, with a request for each difference.',
  place: 7,
  define(command, io) {
    command
      .addOption(once('--since <revision>', 'a revision of git that has the file as it was, such as origin/main'))
      .addOption(once('--config <file>', 'the file with the roles (default: postern.yaml)', files))
      .option('--json', 'print JSON: each role with what it is, and how its trust and its permissions stand')
      .option('--markdown', 'print Markdown, for a comment on a pull request')
      .addOption(once('--fail-on <word>', `exit with 1 if a role is so: ${words.join(', ')}`, () => words))
      .addHelpText(
        'after',
        () =>
          '\nExamples:\n  postern plan --since origin/main\n  postern plan --since HEAD~1 --markdown --fail-on wider\n\nExit codes: 0 done, 1 a role is so as `--fail-on` says, 2 bad input.',
      )
      .action(async (flags: PlanFlags) => {
        const problems = wordProblems('--fail-on', flags.failOn, words);
        const { since = '' } = flags;
        if (since === '') problems.push('--since: missing: for example `--since origin/main`');
        if (flags.json && flags.markdown) problems.push('`--json` and `--markdown` exclude each other: keep one');
        if (problems.length > 0) throw new InputError(problems);
        const { plan } = await import('./run.js');
        return plan(since, flags, io);
      });
  },
};
