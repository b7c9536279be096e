import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '@postern/core';
import type { Found } from '@postern/detect';
import { Finding, InputError } from '../errors.js';
import { writeLine, type Io } from '../io.js';
import { writeOutput } from '../output.js';
import { plainJson, plainLine } from '../reports/plain.js';
import { firstFile, noRole } from './first-file.js';
import { boundedText, configNames } from './read-file.js';
import { schemaLine } from './schema-line.js';
import type { Choose } from './write-additions.js';

/**
 * Writes what was found into `postern.yaml`. Of one that is there nothing is changed: what it lacks is printed, and added where
 * that is chosen.
 * @param folder the root of the repository
 * @param choose what of it is added; undefined for nothing
 * @throws {InputError} where the file cannot be written, or the one that is there cannot be read
 */
export async function writeFirst(folder: string, found: Found, choose: Choose | undefined, io: Io): Promise<void> {
  const name = ownFile(folder);
  if (found.roles.length === 0) {
    if (name !== undefined) return;
    writeLine(io.stdout, '');
    writeLine(io.stdout, noRole);
    return;
  }
  writeLine(io.stdout, '');
  if (name !== undefined) {
    const { writeAdditions } = await import('./write-additions.js');
    return writeAdditions(folder, name, found, choose, io);
  }
  const path = join(folder, configNames[0]);
  const text = firstFile(found, schemaLine(folder));
  writeOutput(path, text, io);
  const next = text.includes('# required') ? 'answer what stands in its comments, then run' : 'run';
  writeLine(io.stdout, plainLine(`Wrote ${path}: ${next} \`postern build\`.`));
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

/** What a comparison could not look at, in a sentence. */
function unreadOf({ unread = [] }: Found): string {
  return unread.length === 0 ? '' : `Not read: ${unread.map(({ file, what }) => `${file} ${what}`).join('; ')}.`;
}

/**
 * Compares what was found with the `postern.yaml` that is there; nothing is written.
 * @param json whether one object is printed instead of lines
 * @throws {InputError} where there is none, or it cannot be read
 * @throws {Finding} where one of the two says what the other does not
 */
export async function checkFirst(folder: string, found: Found, json: boolean, io: Io): Promise<void> {
  const name = ownFile(folder);
  if (name === undefined) {
    const next =
      found.roles.length === 0
        ? ', and `postern init` finds no role to write: write it by hand, or leave the check out'
        : ': write one with `postern init`';
    throw new InputError([`${quote(folder)} has no \`postern.yaml\` to check${next}`]);
  }
  const path = join(folder, name);
  const { openFile } = await import('./open-file.js');
  const { checkLines, isSame } = await import('./check-lines.js');
  const { checkReport } = await import('./check-report.js');
  const file = await openFile(await boundedText(path, io), path);
  const report = checkReport(found, file);
  if (json) writeLine(io.stdout, plainJson(report));
  else checkLines(found, file).forEach((line) => writeLine(io.stdout, plainLine(line)));
  const unread = unreadOf(found);
  if (!isSame(report)) {
    if (!json && unread !== '') ['', unread].forEach((line) => writeLine(io.stdout, plainLine(line)));
    throw new Finding('the CI files and `postern.yaml` differ: bring them together');
  }
  if (json) return;
  writeLine(
    io.stdout,
    plainLine(
      `${path} has what was found in the CI files, and no use case besides.${uncheckedOf(found)}${unread === '' ? '' : ` ${unread}`}`,
    ),
  );
}
