import { quotas } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { once, Operand } from '../../options/flags.js';
import { files } from '../../options/offer.js';
import { kebabCase } from '../../options/spell.js';
import type { SplitFlags } from './flags.js';

/** `postern split POLICY`: one policy as several that fit a quota and give the same access. */
export const splitCommand: CommandDefinition = {
  description: 'Divide a policy into several that fit a quota and together allow the same, as a JSON list.',
  place: 70,
  define(command, io) {
    const words = Object.keys(quotas).map(kebabCase);
    command
      .addArgument(
        new Operand('<policy>', 'a policy file, `FILE#NAME`, `-`, or a use case with its flags in one word', files),
      )
      .addOption(once('--quota <word>', `One of: ${words.join(', ')} (default: managed-policy)`, () => words))
      .addOption(once('--previous <file>', 'what an earlier split printed: what still fits stays where it was', files))
      .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all', files))
      .addHelpText('after', () => '\nExample:\n  postern split role.json --previous parts.json --output parts.json')
      .action(async (policy: string, flags: SplitFlags) => {
        const { splitPolicy } = await import('./run.js');
        return splitPolicy(policy, flags, io);
      });
  },
};
