import type { Io } from '../../io.js';
import { once } from '../../options/flags.js';
import type { PosternCommand } from '../../postern-command.js';

/** The flags of `postern combine`. */
export interface CombineFlags {
  readonly compact?: true;
  readonly output?: string;
}

/** `postern combine POLICY...`: several policies as one in fewer characters that gives the same access. */
export function addCombine(program: PosternCommand, io: Io): void {
  program
    .command('combine')
    .description('Make one policy of several that allows the same in no more characters.')
    .argument('<policies...>', 'policy files, `FILE#NAME`, `-`, or use cases with their flags, each in one word')
    .option('--compact', 'print one line without white space')
    .addOption(once('--output <file>', 'write to a file instead of standard output, whole or not at all'))
    .addHelpText('after', () => '\nExample:\n  postern combine push.json deploy.json --output role.json')
    .action(async (policies: string[], flags: CombineFlags) => {
      const { combinePolicies } = await import('../../documents/documents.js');
      return combinePolicies(policies, flags, io);
    });
}
