import { useCases } from '@postern/core';
import { writeLine, type Io } from '../../io.js';
import type { PosternCommand } from '../../postern-command.js';

/** `postern list`: the use cases with a sentence each. */
export function addList(program: PosternCommand, io: Io): void {
  program
    .command('list')
    .description('List the use cases.')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: true }) => {
      const rows = useCases.map(({ id, title, summary, excludes }) => ({ id, title, summary, excludes }));
      if (json) writeLine(io.stdout, JSON.stringify(rows, null, 2));
      else {
        const width = Math.max(...rows.map(({ id }) => id.length));
        for (const { id, title } of rows) writeLine(io.stdout, `${id.padEnd(width)}  ${title}`);
      }
    });
}
