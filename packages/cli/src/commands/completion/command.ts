import type { CommandDefinition } from '../../command.js';
import { didYouMean, quote } from '@postern/core';
import { InputError } from '../../errors.js';
import { Operand } from '../../options/flags.js';
import { scripts } from './scripts.js';

const shells = Object.keys(scripts);

/** `postern completion SHELL` prints a script, which asks `postern complete` for words. */
export const completionCommand: CommandDefinition = {
  description: 'Print the completion script for a shell, to be sourced by it.',
  place: 110,
  define(command, io) {
    command
      .addArgument(new Operand('<shell>', shells.join(', '), () => shells))
      .addHelpText('after', () => '\nExample:\n  source <(postern completion bash)')
      .action((shell: string) => {
        const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
        if (script === undefined) {
          const hint = didYouMean(shell, shells) || ': choose one of them';
          throw new InputError([`${quote(shell)} is none of ${shells.map(quote).join(', ')}${hint}`]);
        }
        io.stdout.write(script);
      });
  },
};
