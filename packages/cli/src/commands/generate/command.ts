import { quote, useCases } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { once, Operand } from '../../options/flags.js';
import { files, oneUseCase } from '../../options/offer.js';
import { takeUseCase } from '../../options/use-case-flags.js';
import { exampleCommand, findUseCase } from '../../use-cases.js';
import type { GenerateFlags } from './flags.js';
import { generate } from './run.js';

const words = Object.keys(formats);
const missing = '`postern generate` needs a use case: see `postern list`';

/** `postern generate <use-case>`: prints the policy. */
export const generateCommand: CommandDefinition = {
  description: 'Print the least-privilege policy for a use case.',
  place: 30,
  define(command, io) {
    command
      .addArgument(new Operand('[use-case]', `one of: ${useCases.map(({ id }) => id).join(', ')}`, oneUseCase))
      .allowExcessArguments()
      .usage('<use-case> [flags]')
      .addOption(
        once(
          '--options <file>',
          'read options from a JSON or YAML file, - for standard input; flags replace what it says',
          files,
        ),
      )
      .addOption(once('--format <word>', `One of: ${words.join(', ')} (default: json)`, () => words))
      .addOption(once('--name <name>', 'what a managed policy is called (default: the use case)'))
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .option('--split', 'print as many managed policies as are needed; JSON is then a list of them')
      .option('--explain', 'say why each line is there: comments in YAML, a table on standard error for other formats')
      .option('--json', 'print the policy, why each line is there, and what you should know, as one JSON object')
      .action(async (id: string | undefined, flags: GenerateFlags & Record<string, unknown>) => {
        if (id === undefined) {
          taken.refuseSwallowed();
          throw new InputError([missing]);
        }
        const useCase = findUseCase(id);
        const [, extra] = command.args;
        if (extra !== undefined)
          throw new InputError([`${quote(extra)} belongs to no flag: values stand behind a flag such as \`--region\``]);
        await generate(useCase, flags, io);
      });
    const taken = takeUseCase(command, {
      nameOf: ({ operands }) => operands[0],
      missing,
      found({ id }) {
        command.usage(`${id} [flags]`);
        command.about = id;
      },
    });
    command.addHelpText('after', () =>
      taken.useCase === undefined
        ? `\nEach use case has flags of its own: see ${quote('postern generate <use-case> --help')}.`
        : `\nExample:\n  ${exampleCommand(taken.useCase)}\n\nLists take several values: --flag a b, or --flag a --flag b.`,
    );
  },
};
