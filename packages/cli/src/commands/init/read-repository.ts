import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { quote } from '@postern/core';
import type { Unread } from '@postern/detect';
import { InputError } from '../../errors.js';
import type { RepositoryFiles } from './find.js';
import {
  isCiFile,
  isIgnored,
  isSkipped,
  isWanted,
  largestFile,
  largestSingle,
  mostBytes,
  mostEntries,
  noText,
  notOpen,
  originIn,
  pathInRepository,
  readIgnored,
  rulesBelow,
  tooLarge,
  type Ignored,
} from './left-out.js';

/**
 * Reads the files of a repository that its CI may consist of, or one file.
 * @throws {InputError} where the path cannot be read, or the file is no text
 */
export function readRepository(path: string): RepositoryFiles {
  const kind = kindOf(path);
  if (kind === 'file') {
    const read = readText(path, largestSingle);
    if ('code' in read) throw new InputError([`${quote(path)} ${notOpen(read.code)}, check its mode`]);
    if ('isLong' in read) throw new InputError([read.isLong ? tooLarge(path) : noText(path)]);
    const name = pathInRepository(path);
    return { files: new Map([[name, read.text]]), single: name, unreadable: [], remote: undefined };
  }
  const files = new Map<string, string>();
  const unreadable: string[] = [];
  const unread: Unread[] = [];
  walk({ root: path, realRoot: realpathSync(path), files, unreadable, unread, bytes: 0, entries: 0 }, path, []);
  return { files, single: undefined, unreadable, unread, remote: remoteOf(path) };
}

/** What git's own file of the repository says under `[remote "origin"]`. */
function remoteOf(root: string): string | undefined {
  const file = join(root, '.git', 'config');
  if (!isInside(root, file)) return undefined;
  const read = readText(file, largestFile);
  return 'text' in read ? originIn(read.text) : undefined;
}

/** Whether no link leads out. */
function isInside(root: string, file: string): boolean {
  try {
    return realpathSync(file).startsWith(realpathSync(root) + sep);
  } catch {
    return false;
  }
}

function kindOf(path: string): 'file' | 'folder' {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    if (stats.isFile()) return 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP')
      throw new InputError([`${quote(path)} is a link that leads to itself: name a folder or a file`]);
    if (code === 'EACCES') throw new InputError([`${quote(path)} cannot be read: permission denied, check its mode`]);
    throw new InputError([`${quote(path)} is not there: name the folder of a repository, or a CI file`]);
  }
  throw new InputError([
    `${quote(path)} is neither a folder nor a file: name the folder of a repository, or a CI file`,
  ]);
}

interface Walk {
  readonly root: string;
  readonly realRoot: string;
  readonly files: Map<string, string>;
  readonly unreadable: string[];
  readonly unread: Unread[];
  bytes: number;
  entries: number;
  isFull?: boolean;
}

/** What a folder leaves out of the repository, besides what the folders above it do. */
function ignoredIn(state: Walk, folder: string, entries: readonly Dirent[]): Ignored[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return [];
  const read = readText(join(folder, '.gitignore'), largestFile);
  return 'text' in read ? [readIgnored(nameOf(state, folder), read.text)] : [];
}

/** The path from the root, with slashes; empty for the root. */
function nameOf({ root }: Walk, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function walk(state: Walk, folder: string, above: readonly Ignored[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    notRead(state, nameOf(state, folder), (error as NodeJS.ErrnoException).code);
    return;
  }
  // A submodule has a file `.git`: it is a repository of its own.
  if (folder !== state.root && entries.some((entry) => entry.name === '.git' && !entry.isDirectory())) return;
  const rules = [...above, ...ignoredIn(state, folder, entries)];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const name = nameOf(state, path);
    state.entries += 1;
    if (isFull(state, name)) return;
    if (entry.isDirectory()) {
      if (isSkipped(entry.name) || isIgnored(name, true, rules)) continue;
      walk(state, path, rulesBelow(name, rules));
    } else if (
      entry.isFile() ? isWanted(entry.name) : entry.isSymbolicLink() && isWanted(entry.name) && leadsToFile(state, path)
    ) {
      if (isIgnored(name, false, rules)) continue;
      const read = readText(path, largestFile);
      if ('text' in read) {
        state.bytes += read.text.length;
        state.files.set(name, read.text);
      } else if ('code' in read) notRead(state, name, read.code);
      else if (isCiFile(name)) state.unreadable.push(name);
    }
  }
}

/** What is gone meanwhile was nothing to read. */
function notRead({ unread }: Walk, file: string, code: string | undefined): void {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') unread.push({ what: notOpen(code), file });
}

/** Whether no more is read; said once, with where that is. */
function isFull(state: Walk, file: string): boolean {
  const isLong = state.bytes > mostBytes;
  if (!isLong && state.entries <= mostEntries) return false;
  const most = isLong ? `${mostBytes} characters` : `${mostEntries} files and folders`;
  if (!state.isFull) state.unread.push({ what: `and what comes behind it: more than ${most}`, file });
  state.isFull = true;
  return true;
}

/** A link is followed to a file of the same repository, and never to a folder. */
function leadsToFile(state: Walk, path: string): boolean {
  try {
    const target = realpathSync(path);
    return target.startsWith(state.realRoot + sep) && lstatSync(target).isFile();
  } catch {
    return false;
  }
}

/** What files are read into, piece by piece: one for all of them. */
const buffer = Buffer.allocUnsafe(64 * 1024);

/** The text of a file, or why there is none: the system's code, or that it is too long or no text. */
type FileText = { readonly text: string } | { readonly isLong: boolean } | { readonly code: string | undefined };

function readText(path: string, most: number): FileText {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code };
  }
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      if (count === 0) break;
      size += count;
      if (size > most) return { isLong: true };
      const chunk = Buffer.from(buffer.subarray(0, count));
      if (chunk.includes(0)) return { isLong: false };
      chunks.push(chunk);
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === undefined || code.startsWith('ERR_') ? { isLong: false } : { code };
  } finally {
    closeSync(descriptor);
  }
}
