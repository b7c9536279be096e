import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { keptCodeProgram } from './kept-code-program.js';

const modules = `${sep}node_modules${sep}`;

/**
 * Keeps what V8 compiles of a client of Node from one command to the next.
 * @param path of the client, which lies among what npm has installed
 * @param folder is made, and holds what is kept
 * @returns the variables with which each command is started
 * @throws {Error} where it cannot be done, with the reason
 */
export function keepCode(path: string, folder: string): Readonly<Record<string, string>> {
  const real = realpathSync(path);
  const end = real.indexOf(modules);
  if (end < 0) throw new Error('it is no program of Node in a folder `node_modules`');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'keep-code.cjs');
  writeFileSync(program, keptCodeProgram);
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(program)}`,
    POSTERN_CODE_KEPT_IN: join(folder, 'code'),
    POSTERN_CODE_OF: real.slice(0, end + modules.length),
  };
}
