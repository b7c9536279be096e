import { quote, trustEntries } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { once, Operand } from '../../options/flags.js';
import { files, oneTrust } from '../../options/offer.js';
import { takeEntry } from '../../options/use-case-flags.js';
import { exampleCommand, findEntry, trustSort } from '../../use-cases.js';
import type { TrustFlags } from './flags.js';

const words = Object.keys(formats);
const missing = '`postern trust` needs a trust entry: see `postern list`';

/** `postern trust <entry>`: prints the trust policy of a role. */
export const trustCommand: CommandDefinition = {
  description: 'Print the trust policy of a role: who may assume it.',
  place: 35,
  define(command, io) {
    command
      .addArgument(new Operand('[trust]', `one of: ${trustEntries.map(({ id }) => id).join(', ')}`, oneTrust))
      .allowExcessArguments()
      .usage('<trust> [flags]')
      .addOption(
        once(
          '--options <file>',
          'read options from a JSON or YAML file, - for standard input; flags replace what it says',
          files,
        ),
      )
      .addOption(once('--format <word>', `One of: ${words.join(', ')} (default: json)`, () => words))
      .addOption(once('--name <name>', 'what a role is called, in formats that make one (default: the trust entry)'))
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .option('--explain', 'say why each line is there: comments in YAML, a table on standard error for other formats')
      .action(async (id: string | undefined, flags: TrustFlags & Record<string, unknown>) => {
        if (id === undefined) {
          taken.refuseSwallowed();
          throw new InputError([missing]);
        }
        const entry = findEntry(trustSort, id);
        const [, extra] = command.args;
        if (extra !== undefined)
          throw new InputError([
            `${quote(extra)} belongs to no flag: values stand behind a flag such as \`--account\``,
          ]);
        const { trust } = await import('./run.js');
        await trust(entry, flags, io);
      });
    const taken = takeEntry(command, trustSort, {
      nameOf: ({ operands }) => operands[0],
      missing,
      found({ id }) {
        command.usage(`${id} [flags]`);
        command.about = id;
      },
    });
    command.addHelpText('after', () =>
      taken.useCase === undefined
        ? `\nEach trust entry has flags of its own: see ${quote('postern trust <trust> --help')}.`
        : `\nExample:\n  ${exampleCommand(taken.useCase)}\n\nLists take several values: --flag a b, or --flag a --flag b.`,
    );
  },
};
