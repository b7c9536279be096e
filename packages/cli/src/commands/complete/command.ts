import type { CommandDefinition } from '../../command.js';
import { writeLine } from '../../io.js';
import { PosternCommand } from '../../postern-command.js';
import { candidatesFor } from './candidates.js';

/** The hidden `postern complete -- WORDS` prints what may stand where the last word is being typed. */
export const completeCommand: CommandDefinition = {
  description: 'Print the words that may stand where the last one is being typed.',
  place: 1000,
  hidden: true,
  aboutOthers: true,
  define(command, io) {
    command
      .argument('[words...]')
      .allowUnknownOption()
      .action(async (words: string[]) => {
        const program = command.parent;
        if (!(program instanceof PosternCommand)) return;
        for (const candidate of await candidatesFor(program, words)) writeLine(io.stdout, candidate);
      });
  },
};
