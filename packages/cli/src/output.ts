import { statSync, writeFileSync } from 'node:fs';
import { quote } from '@postern/core';
import { InputError } from './errors.js';

/**
 * Writes a file whole or not at all: into a file beside it first, which then takes its place.
 * @throws {InputError} where it cannot be written; what was there before is then untouched
 */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    if (isSpecial(path)) {
      writeFileSync(path, text);
      return;
    }
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new InputError([`${quote(path)} cannot be written: ${reasonOf(error)}`]);
  }
}

/** A pipe or a device such as /dev/stdout cannot be replaced by a file. */
function isSpecial(path: string): boolean {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return !found.isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EISDIR':
      return 'it is a directory, name a file in it';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist, create it first';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'the place is read-only, choose another';
    default:
      return (error as Error).message;
  }
}
