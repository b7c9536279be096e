import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '@postern/detect';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { plainLine } from '../reports/plain.js';
import { firstFile } from './first-file.js';
import { configNames } from './read-file.js';

/**
 * Writes what was found into `postern.yaml`. One that is there is never overwritten: what it lacks is printed.
 * @param folder the root of the repository
 * @throws {InputError} where the file cannot be written, or the one that is there cannot be read
 */
export async function writeFirst(folder: string, found: Found, io: Io): Promise<void> {
  if (found.roles.length === 0) return;
  const name = configNames.find((one) => existsSync(join(folder, one)));
  writeLine(io.stdout, '');
  if (name === undefined) {
    const path = join(folder, configNames[0]);
    writeOutput(path, firstFile(found), io);
    writeLine(io.stdout, plainLine(`Wrote ${path}: answer what stands in its comments, then run \`postern build\`.`));
    return;
  }
  const path = join(folder, name);
  const { proposals } = await import('./propose.js');
  const lines = await proposals(found, readFileSync(path, 'utf8'), path);
  const first = lines.length === 0 ? 'has all that the CI files say' : 'stays as it is; the CI files say besides';
  writeLine(io.stdout, plainLine(`${path} ${first}${lines.length === 0 ? '.' : ':'}`));
  for (const line of lines) writeLine(io.stdout, plainLine(line));
}
