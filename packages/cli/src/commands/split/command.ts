import { quotas } from '@postern/core';
import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import { kebabCase } from '../../options/spell.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern split`. */
export interface SplitFlags {
  readonly quota?: string;
  readonly previous?: string;
  readonly output?: string;
}

/** `postern split POLICY`: one policy as several that fit a quota and give the same access. */
export function addSplit(program: PosternCommand, io: Io): void {
  program
    .command('split')
    .description('Divide a policy into several that fit a quota and together allow the same, as a JSON list.')
    .argument('<policy>', 'a policy file, `FILE#NAME`, `-`, or a use case with its flags in one word')
    .addOption(
      once('--quota <word>', `One of: ${Object.keys(quotas).map(kebabCase).join(', ')} (default: managed-policy)`),
    )
    .addOption(once('--previous <file>', 'what an earlier split printed: what still fits stays where it was'))
    .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all'))
    .addHelpText('after', () => '\nExample:\n  postern split role.json --previous parts.json --output parts.json')
    .action(async (policy: string, flags: SplitFlags) => {
      const { splitPolicy } = await import('../../documents/documents.js');
      return splitPolicy(policy, flags, io);
    });
}
