import type { CommandDefinition } from '../../command.js';

/** `postern mcp`: the commands as tools of the Model Context Protocol. */
export const mcpCommand: CommandDefinition = {
  description:
    'Answer an assistant over standard input and output, by the Model Context Protocol: each tool is a command and answers with its JSON. It reads nothing outside the folder that it is started in, writes nothing and runs nothing else.',
  place: 155,
  define(command, io) {
    command
      .addHelpText(
        'after',
        () =>
          '\nA configuration names the command `npx` with the arguments `postern` and `mcp`.\n\nExample:\n  postern mcp\n\nIt ends when standard input does.\n\nExit codes: 0 ended, 2 bad input.',
      )
      .action(async () => {
        const { serve } = await import('./run.js');
        return serve(command.parent?.version() ?? '', io);
      });
  },
};
