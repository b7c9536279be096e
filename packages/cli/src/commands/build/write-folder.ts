import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quote } from '@postern/core';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { outputProblems, writeOutput } from '../../output.js';
import type { BuiltFile } from './files.js';

/**
 * Writes files into a folder, each whole or not at all, and only those that changed.
 * @throws {InputError} where one of them cannot be written
 */
export function writeFolder(folder: string, files: readonly BuiltFile[], io: Io): void {
  if (folder === '' || folder === '-') throw new InputError([`--output: ${quote(folder)} is no folder: name one`]);
  const changed = files.filter(({ path, text }) => contentOf(join(folder, path)) !== text);
  const [made, problems]: [string[], string[]] = [[], []];
  for (const path of new Set(changed.map((one) => dirname(join(folder, one.path))))) makeFolder(path, made, problems);
  if (problems.length === 0) problems.push(...changed.flatMap(({ path }) => outputProblems(join(folder, path))));
  if (problems.length > 0) {
    // Folders that were made for nothing are taken away again.
    for (const path of made) rmSync(path, { recursive: true, force: true });
    throw new InputError(problems);
  }
  for (const { path, text } of changed) writeOutput(join(folder, path), text, io);
  for (const { path } of changed) writeLine(io.stderr, `wrote ${join(folder, path)}`);
  const same = files.length - changed.length;
  if (same > 0) writeLine(io.stderr, `${same} of ${files.length} files had not changed`);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not readable: writing it will say so.
    return undefined;
  }
}

function makeFolder(path: string, made: string[], problems: string[]): void {
  try {
    const first = mkdirSync(path, { recursive: true });
    if (first !== undefined) made.push(first);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' || code === 'ENOTDIR' ? 'there is a file of that name on the way' : message;
    problems.push(`--output: the folder ${quote(path)} cannot be made: ${reason}`);
  }
}
