import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { quote } from '@postern/core';
import { InputError } from './errors.js';
import type { Io } from './io.js';

/**
 * Writes a file whole or not at all: into a file beside it first, which then takes its place. Where that cannot be, in a
 * folder that is read-only or for a file that is mounted by itself, the file is written in its place.
 * @param path a file; `-` for standard output
 * @throws {InputError} where it cannot be written; what was there before is then untouched
 */
export function writeOutput(path: string, text: string, io: Pick<Io, 'stdout'>): void {
  if (path === '') throw new InputError([emptyName]);
  if (path === '-') {
    io.stdout.write(text);
    return;
  }
  try {
    write(path, text);
  } catch (error) {
    throw new InputError([unwritable(path, error)]);
  }
}

/**
 * What can be said before the work is done about a file that is written at its end: each problem as a sentence.
 * @param path a file, `-` for standard output, or undefined where nothing is written
 */
export function outputProblems(path: string | undefined): string[] {
  if (path === undefined || path === '-') return [];
  if (path === '') return [emptyName];
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw withCode('EISDIR');
    if (!statSync(dirname(targetOf(path))).isDirectory()) throw withCode('ENOTDIR');
    return [];
  } catch (error) {
    return [unwritable(path, error)];
  }
}

const emptyName = 'an empty name is no file: name one, or write `-` for standard output';
const unwritable = (path: string, error: unknown) => `${quote(path)} cannot be written: ${reasonOf(error)}`;
const withCode = (code: string) => Object.assign(new Error(), { code });

/** Follows links to a file that is not there yet. */
function targetOf(path: string): string {
  let target = resolve(path);
  for (let links = 0; links < 40; links += 1) {
    try {
      target = resolve(dirname(target), readlinkSync(target));
    } catch (error) {
      // It is no link, or nothing at all.
      if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(codeOf(error))) return target;
      throw error;
    }
  }
  throw withCode('ELOOP');
}

function write(path: string, text: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) throw withCode('EISDIR');
  // A pipe or a device such as /dev/stdout cannot be replaced by a file.
  if (found !== undefined && !found.isFile()) {
    writeFileSync(path, text);
    return;
  }
  const target = found === undefined ? targetOf(path) : realpathSync(path);
  if (!replace(target, text, found)) writeInPlace(target, text);
}

/** @returns false where another file cannot take its place, though it may be writable itself */
function replace(target: string, text: string, found: Stats | undefined): boolean {
  const beside = join(dirname(target), `.postern-${process.pid}-${process.hrtime.bigint().toString(36)}`);
  if (found !== undefined) closeSync(openSync(target, 'r+')); // Whoever may not write it may not replace it either.
  try {
    const file = openSync(beside, 'wx', 0o666);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (found !== undefined) keepOwner(beside, found);
    renameSync(beside, target);
    return true;
  } catch (error) {
    rmSync(beside, { force: true });
    if (found !== undefined && ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(codeOf(error))) return false;
    throw error;
  }
}

function keepOwner(file: string, { mode, uid, gid }: Stats): void {
  chmodSync(file, mode);
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only its owner and the administrator may.
  }
}

/** Puts back what was there where the whole does not fit. */
function writeInPlace(target: string, text: string): void {
  const before = readFileSync(target);
  try {
    writeFileSync(target, text);
  } catch (error) {
    writeFileSync(target, before);
    throw error;
  }
}

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException).code);

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'EISDIR':
      return 'it is a directory, name a file in it';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist, create it first';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'the place is read-only, choose another';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the device is full, make room or choose another place';
    case 'ENAMETOOLONG':
      return 'the name is too long for its folder, choose a shorter one';
    case 'ELOOP':
      return 'its links lead to themselves, name the file';
    case 'ENXIO':
      return 'nobody reads the pipe';
    default:
      return (error as Error).message;
  }
}
