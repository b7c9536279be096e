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
  originIn,
  readIgnored,
  rulesBelow,
  tooLarge,
  type Ignored,
  type RepositoryFiles,
} from '@postern/cli/browser';
import { quote } from '@postern/core';

/** A file or a folder that somebody gave. */
export type GivenItem =
  | { readonly name: string; readonly list: () => Promise<readonly GivenItem[]> }
  | { readonly name: string; readonly file: () => Promise<File> };

/** What was read of what was given. */
export interface ReadItems {
  readonly name: string;
  readonly repository: RepositoryFiles;
  /** Sentences on what was not read. */
  readonly leftOut: readonly string[];
}

/** What was given cannot be read: why, as the command line says it. */
export interface UnreadItem {
  readonly problem: string;
}

/** Reads files as `postern init` reads a folder or a file: what git leaves out, what others wrote and what is no text is left. */
export async function readGiven(given: readonly GivenItem[]): Promise<ReadItems | UnreadItem> {
  const [first] = given;
  if (first === undefined)
    return { problem: 'there is no file in what was given: name the folder of a repository, or a CI file' };
  if (given.length === 1) return 'list' in first ? readFolder(first) : readSingle(first);
  return readFolder({ name: 'these files', list: async () => given });
}

async function readSingle(given: Extract<GivenItem, { file: unknown }>): Promise<ReadItems | UnreadItem> {
  const { name } = given;
  const text = await textOf(given, largestSingle);
  if (text === 'long') return { problem: tooLarge(name) };
  if (text === undefined) return { problem: noText(name) };
  return readText(name, text);
}

/** A CI file that was pasted, or that stands alone. */
export function readText(name: string, text: string): ReadItems | UnreadItem {
  if (text.length > largestSingle) return { problem: tooLarge(name) };
  const repository = { files: new Map([[name, text]]), single: name, unreadable: [], remote: undefined };
  return { name, repository, leftOut: [] };
}

interface FolderWalk {
  readonly files: Map<string, string>;
  readonly unreadable: string[];
  /** Folders that the browser did not open. */
  readonly closed: string[];
  bytes: number;
  entries: number;
}

async function readFolder(root: Extract<GivenItem, { list: unknown }>): Promise<ReadItems> {
  const state: FolderWalk = { files: new Map(), unreadable: [], closed: [], bytes: 0, entries: 0 };
  await walk(state, await root.list(), '', []);
  const number = (value: number) => value.toLocaleString('en');
  const leftOut = [
    ...(state.entries > mostEntries
      ? [`Only the first ${number(mostEntries)} files and folders were looked at: drop a part of the repository.`]
      : []),
    ...(state.bytes > mostBytes
      ? [`Only the first ${number(mostBytes / 1024 / 1024)} MiB were read: drop a part of the repository.`]
      : []),
    ...describeClosed(state.closed),
  ];
  const { files, unreadable } = state;
  const repository = { files, single: undefined, unreadable, remote: await remoteOf(root) };
  return { name: root.name, repository, leftOut };
}

/** A folder that is not opened may hold CI files: it is not passed over in silence. */
function describeClosed(closed: readonly string[]): string[] {
  if (closed.length === 0) return [];
  const named = closed.slice(0, 5).map(quote).join(', ');
  const more = closed.length > 5 ? ` and ${closed.length - 5} more folders` : '';
  return [
    `The browser did not open ${named}${more}: what is in ${closed.length === 1 ? 'it' : 'them'} was not looked at.`,
  ];
}

async function walk(
  state: FolderWalk,
  listed: readonly GivenItem[],
  path: string,
  above: readonly Ignored[],
): Promise<void> {
  const entries = [...listed].sort((a, b) => (a.name < b.name ? -1 : 1));
  // A submodule has a file `.git`: it is a repository of its own.
  if (path !== '' && entries.some((entry) => entry.name === '.git' && 'file' in entry)) return;
  const own = entries.find((entry) => entry.name === '.gitignore');
  const patterns = own !== undefined && 'file' in own ? await textOf(own, largestFile) : undefined;
  const rules = patterns === undefined || patterns === 'long' ? above : [...above, readIgnored(path, patterns)];
  for (const entry of entries) {
    if (++state.entries > mostEntries || state.bytes > mostBytes) return;
    const name = path === '' ? entry.name : `${path}/${entry.name}`;
    if ('list' in entry) {
      if (isSkipped(entry.name) || isIgnored(name, true, rules)) continue;
      const inside = await entry.list().catch(() => undefined);
      if (inside === undefined) state.closed.push(name);
      else await walk(state, inside, name, rulesBelow(name, rules));
    } else if (isWanted(entry.name) && !isIgnored(name, false, rules)) {
      const text = await textOf(entry, largestFile);
      if (text === undefined || text === 'long') {
        if (isCiFile(name)) state.unreadable.push(name);
        continue;
      }
      state.bytes += text.length;
      state.files.set(name, text);
    }
  }
}

/** The address of the remote `origin`, where the folder of git came with the others. */
async function remoteOf(root: Extract<GivenItem, { list: unknown }>): Promise<string | undefined> {
  const git = (await root.list()).find(({ name }) => name === '.git');
  if (git === undefined || !('list' in git)) return undefined;
  const config = (await git.list().catch(() => [])).find(({ name }) => name === 'config');
  if (config === undefined || !('file' in config)) return undefined;
  const text = await textOf(config, largestFile);
  return text === undefined || text === 'long' ? undefined : originIn(text);
}

/** The text of a file; undefined where it is none. */
async function textOf(
  { file }: Extract<GivenItem, { file: unknown }>,
  most: number,
): Promise<string | 'long' | undefined> {
  try {
    const found = await file();
    if (found.size > most) return 'long';
    const bytes = new Uint8Array(await found.arrayBuffer());
    if (bytes.includes(0)) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What was dropped, where the browser tells folders from files; it must be taken while the event lasts. */
export function givenByDrop({ items, files }: DataTransfer): GivenItem[] {
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []));
  return entries.length > 0 ? entries.map(ofEntry) : [...files].map(ofFile);
}

function ofEntry(entry: FileSystemEntry): GivenItem {
  const { name } = entry;
  if (entry.isDirectory) {
    let listed: Promise<readonly GivenItem[]> | undefined;
    return { name, list: () => (listed ??= listOf(entry as FileSystemDirectoryEntry)) };
  }
  return { name, file: () => new Promise((done, fail) => (entry as FileSystemFileEntry).file(done, fail)) };
}

/** A reader gives a hundred entries at a time, and none at the end. */
async function listOf(folder: FileSystemDirectoryEntry): Promise<readonly GivenItem[]> {
  const reader = folder.createReader();
  const all: GivenItem[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0 || all.length > mostEntries) return all;
    all.push(...some.map(ofEntry));
  }
}

const ofFile = (file: File): GivenItem => ({ name: file.name, file: async () => file });

/** What was picked: files, or all files of a folder with their paths. */
export function givenByPick(files: readonly File[]): GivenItem[] {
  const root = folderOf();
  for (const file of files) {
    const parts = file.webkitRelativePath.split('/').filter((part) => part !== '');
    if (parts.length === 0) parts.push(file.name);
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      const next = folder.folders.get(part) ?? folderOf();
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push(file);
  }
  return givenIn(root);
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: File[];
}

const folderOf = (): Folder => ({ folders: new Map(), files: [] });

function givenIn({ folders, files }: Folder): GivenItem[] {
  return [...[...folders].map(([name, folder]) => ({ name, list: async () => givenIn(folder) })), ...files.map(ofFile)];
}
