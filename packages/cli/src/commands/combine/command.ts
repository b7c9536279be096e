import type { CommandDefinition } from '../../command.js';
import { once, Operand } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import type { CombineFlags } from './flags.js';

/** `postern combine POLICY...`: several policies as one in fewer characters that gives the same access. */
export const combineCommand: CommandDefinition = {
  description: 'Make one policy of several that allows the same in no more characters.',
  place: 80,
  define(command, io) {
    command
      .addArgument(
        new Operand(
          '<policies...>',
          'policy files, `FILE#NAME`, `-`, or use cases with their flags, each in one word',
          files,
        ),
      )
      .option('--compact', 'print one line without white space')
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .addHelpText('after', () => '\nExample:\n  postern combine push.json deploy.json --output role.json')
      .action(async (policies: string[], flags: CombineFlags) => {
        const { combinePolicies } = await import('./run.js');
        return combinePolicies(policies, flags, io);
      });
  },
};
