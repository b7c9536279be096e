import { useCases } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { writeLine } from '../../io.js';

/** `postern list`: the use cases with a sentence each. */
export const listCommand: CommandDefinition = {
  description: 'List the use cases.',
  place: 10,
  define(command, io) {
    command.option('--json', 'print JSON').action(({ json }: { json?: true }) => {
      const rows = useCases.map(({ id, title, summary, excludes }) => ({ id, title, summary, excludes }));
      if (json) writeLine(io.stdout, JSON.stringify(rows, null, 2));
      else {
        const width = Math.max(...rows.map(({ id }) => id.length));
        for (const { id, title } of rows) writeLine(io.stdout, `${id.padEnd(width)}  ${title}`);
      }
    });
  },
};
