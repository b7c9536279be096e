import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '@postern/core';
import type { Found } from '@postern/detect';
import { Finding, InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { plainLine } from '../reports/plain.js';
import { firstFile } from './first-file.js';
import { boundedText, configNames } from './read-file.js';
import { schemaLine } from './schema-line.js';

/**
 * Writes what was found into `postern.yaml`. One that is there is never overwritten: what it lacks is printed.
 * @param folder the root of the repository
 * @throws {InputError} where the file cannot be written, or the one that is there cannot be read
 */
export async function writeFirst(folder: string, found: Found, io: Io): Promise<void> {
  const name = ownFile(folder);
  if (found.roles.length === 0) {
    if (name !== undefined) return;
    writeLine(io.stdout, '');
    writeLine(io.stdout, `No ${configNames[0]} is written: no role that a CI job has on AWS was found.`);
    return;
  }
  writeLine(io.stdout, '');
  if (name === undefined) {
    const path = join(folder, configNames[0]);
    const text = firstFile(found, schemaLine(folder));
    writeOutput(path, text, io);
    const next = text.includes('# required') ? 'answer what stands in its comments, then run' : 'run';
    writeLine(io.stdout, plainLine(`Wrote ${path}: ${next} \`postern build\`.`));
    return;
  }
  const path = join(folder, name);
  const { proposals } = await import('./propose.js');
  const lines = await proposals(found, await boundedText(path, io), path);
  const first =
    lines.length === 0 ? 'has all that was found in the CI files' : 'stays as it is; the CI files say besides';
  writeLine(io.stdout, plainLine(`${path} ${first}${lines.length === 0 ? '.' : ':'}`));
  for (const line of lines) writeLine(io.stdout, plainLine(line));
}

/** Whether a folder has no `postern.yaml` yet. */
export function isNew(folder: string): boolean {
  return ownFile(folder) === undefined;
}

/** @throws {InputError} where a link stands in its place and leads to nothing, since writing would follow it out of the folder */
function ownFile(folder: string): string | undefined {
  const name = configNames.find((one) => lstatSync(join(folder, one), { throwIfNoEntry: false }) !== undefined);
  if (name === undefined || existsSync(join(folder, name))) return name;
  throw new InputError([`${quote(join(folder, name))} is a link that leads to no file: remove it, or mend it`]);
}

/** What a comparison says nothing about. */
function uncheckedOf({ notCovered, unknown }: Found): string {
  const left = [...notCovered, ...unknown].length;
  return left === 0 ? '' : ` Besides, ${left} that no use case covers or nobody knows: \`postern init\` lists them.`;
}

/**
 * Compares what was found with the `postern.yaml` that is there; nothing is written.
 * @throws {InputError} where there is none, or it cannot be read
 * @throws {Finding} where one of the two says what the other does not
 */
export async function checkFirst(folder: string, found: Found, io: Io): Promise<void> {
  const name = ownFile(folder);
  if (name === undefined) {
    const next =
      found.roles.length === 0
        ? ', and `postern init` finds no role to write: write it by hand, or leave the check out'
        : ': write one with `postern init`';
    throw new InputError([`${quote(folder)} has no \`postern.yaml\` to check${next}`]);
  }
  const path = join(folder, name);
  const { proposals, unneeded } = await import('./propose.js');
  const text = await boundedText(path, io);
  const [missing, spare] = [await proposals(found, text, path), await unneeded(found, text, path)];
  for (const line of missing.length === 0 ? [] : [`The CI files say what ${path} does not:`, ...missing]) {
    writeLine(io.stdout, plainLine(line));
  }
  for (const line of spare) writeLine(io.stdout, plainLine(line));
  if (missing.length + spare.length > 0)
    throw new Finding('the CI files and `postern.yaml` differ: bring them together');
  writeLine(
    io.stdout,
    plainLine(`${path} has what was found in the CI files, and no use case besides.${uncheckedOf(found)}`),
  );
}
