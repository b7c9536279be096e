import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { quote } from '@postern/core';
import { kindOfPath } from '@postern/detect';
import ignore, { type Ignore } from 'ignore';
import { InputError } from '../../errors.js';

/** What was read: texts by paths from the root, with slashes. */
export interface Repository {
  readonly files: ReadonlyMap<string, string>;
  /** The only file, where one was named. */
  readonly single: string | undefined;
  /** CI files that are no text, or too long for it: paths from the root. */
  readonly unreadable: readonly string[];
  /** The address of the remote `origin`, where the repository has one. */
  readonly remote: string | undefined;
}

/** Folders that hold what others wrote, or what a build made. */
const skipped = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'vendor',
  '.terraform',
  '.terragrunt-cache',
  'cdk.out',
  '.serverless',
  '.aws-sam',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.gradle',
  '.next',
  '.nx',
  '.cache',
  'coverage',
  'target',
]);

/** Names of files that CI files are, or may call. */
const wanted =
  /\.(ya?ml|sh|bash|zsh|tf|tofu|hcl|tfbackend|toml|mk|groovy|jenkinsfile|config)$|jenkinsfile|^(gnu)?makefile$|^package\.json$|^cdk\.json$|^dockerfile\.|\.dockerfile$|^ecspresso\.json$|(task|ecs)[^/]*\.json$/i;

/** Nothing that CI runs is longer. */
const largestFile = 1024 * 1024;
const mostBytes = 64 * 1024 * 1024;
const mostEntries = 200_000;

/**
 * Reads the files of a repository that its CI may consist of, or one file.
 * @throws {InputError} where the path cannot be read, or the file is no text
 */
export function readRepository(path: string): Repository {
  const kind = kindOf(path);
  if (kind === 'file') {
    const text = readText(path, 4 * 1024 * 1024);
    if (text === 'long') throw new InputError([`${quote(path)} is larger than 4 MiB: no CI file is, name another one`]);
    if (text === undefined) throw new InputError([`${quote(path)} is no text: name a CI file`]);
    const name = pathInRepository(path);
    return { files: new Map([[name, text]]), single: name, unreadable: [], remote: undefined };
  }
  const files = new Map<string, string>();
  const unreadable: string[] = [];
  walk({ root: path, realRoot: realpathSync(path), files, unreadable, bytes: 0, entries: 0 }, path, []);
  return { files, single: undefined, unreadable, remote: remoteOf(path) };
}

/** What git's own file of the repository says under `[remote "origin"]`. */
function remoteOf(root: string): string | undefined {
  const file = join(root, '.git', 'config');
  const text = isInside(root, file) ? readText(file, largestFile) : undefined;
  if (text === undefined || text === 'long') return undefined;
  let inOrigin = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trimStart().startsWith('[')) inOrigin = line.trim() === '[remote "origin"]';
    const [name, ...value] = line.split('=');
    if (inOrigin && name?.trim() === 'url') return value.join('=').trim();
  }
  return undefined;
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

/** What of the path says which CI system reads the file: `.github/workflows/ci.yml`. */
function pathInRepository(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const marker = parts.findLastIndex((part) =>
    ['.github', '.circleci', '.buildkite', '.forgejo', '.gitea'].includes(part),
  );
  return marker < 0 ? parts.at(-1)! : parts.slice(marker).join('/');
}

interface Walk {
  readonly root: string;
  readonly realRoot: string;
  readonly files: Map<string, string>;
  readonly unreadable: string[];
  bytes: number;
  entries: number;
}

/** The patterns of a file `.gitignore`, and the folder that they hold below. */
interface Ignored {
  readonly folder: string;
  readonly matcher: Ignore;
}

/** What a folder leaves out of the repository, besides what the folders above it do. */
function ignoredIn(folder: string, entries: readonly Dirent[]): Ignored[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return [];
  const text = readText(join(folder, '.gitignore'), largestFile);
  return text === undefined || text === 'long' ? [] : [{ folder, matcher: ignore().add(text) }];
}

/** What the patterns of one file say of a path. */
function answerOf({ folder, matcher }: Ignored, path: string, isFolder: boolean) {
  const below = relative(folder, path).split(sep).join('/');
  return matcher.test(isFolder ? `${below}/` : below);
}

/** Whether git leaves it out: the nearest file that says something of it counts. */
function isIgnored(path: string, isFolder: boolean, rules: readonly Ignored[]): boolean {
  for (const rule of [...rules].reverse()) {
    const { ignored, unignored } = answerOf(rule, path, isFolder);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function walk(state: Walk, folder: string, above: readonly Ignored[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing that CI could check out.
    return;
  }
  // A submodule has a file `.git`: it is a repository of its own.
  if (folder !== state.root && entries.some((entry) => entry.name === '.git' && !entry.isDirectory())) return;
  const rules = [...above, ...ignoredIn(folder, entries)];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (++state.entries > mostEntries || state.bytes > mostBytes) return;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (skipped.has(entry.name) || isIgnored(path, true, rules)) continue;
      // What would leave the folder out, and was overruled, says nothing of what is in it.
      walk(
        state,
        path,
        rules.filter((rule) => !answerOf(rule, path, true).ignored),
      );
    } else if (
      entry.isFile() ? isWanted(entry.name) : entry.isSymbolicLink() && isWanted(entry.name) && leadsToFile(state, path)
    ) {
      if (isIgnored(path, false, rules)) continue;
      const name = relative(state.root, path).split(sep).join('/');
      const text = readText(path, largestFile);
      if (text === undefined || text === 'long') {
        if (kindOfPath(name) !== undefined) state.unreadable.push(name);
        continue;
      }
      state.bytes += text.length;
      state.files.set(name, text);
    }
  }
}

function isWanted(name: string): boolean {
  return wanted.test(name) || !name.slice(1).includes('.');
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

/** The text of a file; undefined where it is none. */
function readText(path: string, most: number): string | 'long' | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      if (count === 0) break;
      size += count;
      if (size > most) return 'long';
      const chunk = Buffer.from(buffer.subarray(0, count));
      if (chunk.includes(0)) return undefined;
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
