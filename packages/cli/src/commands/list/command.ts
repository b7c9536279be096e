import { trustEntries, useCases } from '@postern/core';
import type { CommandDefinition } from '../../command.js';
import { writeLine } from '../../io.js';

/** `postern list`: the use cases and the trust entries with a sentence each. */
export const listCommand: CommandDefinition = {
  description: 'List the use cases, and who may be let in to assume a role.',
  place: 10,
  define(command, io) {
    command.option('--json', 'print JSON').action(({ json }: { json?: true }) => {
      const rows = [
        ...useCases.map(({ id, title, summary, excludes }) => ({ kind: 'use-case', id, title, summary, excludes })),
        ...trustEntries.map(({ id, title, summary, excludes }) => ({ kind: 'trust', id, title, summary, excludes })),
      ];
      if (json) {
        writeLine(io.stdout, JSON.stringify(rows, null, 2));
        return;
      }
      const width = Math.max(...rows.map(({ id }) => id.length));
      const print = (wanted: string) => {
        for (const { kind, id, title } of rows)
          if (kind === wanted) writeLine(io.stdout, `${id.padEnd(width)}  ${title}`);
      };
      print('use-case');
      writeLine(io.stdout, '\nWho may assume a role, with `postern trust`:');
      print('trust');
    });
  },
};
