import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ActionInputError } from './input-error.js';

/** The repository and the folder in it that is looked at. */
export interface WorkFolder {
  /** The root of the repository. */
  readonly root: string;
  /** The folder, absolute. */
  readonly folder: string;
  /** The folder from the root, with slashes; empty for the root itself. */
  readonly prefix: string;
}

/** @throws {ActionInputError} where the folder is none of the repository */
export function readPlace(workspace: string | undefined, path: string): WorkFolder {
  const root = realpathSync(workspace === undefined || workspace === '' ? process.cwd() : workspace);
  const wanted = resolve(root, path);
  if (!existsSync(wanted) || !statSync(wanted).isDirectory())
    throw new ActionInputError([`path: \`${path}\` is no folder of the repository: name one, and check it out first`]);
  const folder = realpathSync(wanted);
  if (!isWithin(root, folder))
    throw new ActionInputError([`path: \`${path}\` leads out of the repository: name a folder in it`]);
  return { root, folder, prefix: relative(root, folder).split(sep).join('/') };
}

/** A file as the folder names it, from the root of the repository. */
export function fromRoot({ prefix }: WorkFolder, file: string): string {
  const plain = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  return prefix === '' || plain.startsWith('/') ? plain : `${prefix}/${plain}`;
}

/**
 * Where a file may be written: in the repository, or where the runner keeps what is temporary.
 * @throws {ActionInputError} where the place leads elsewhere
 */
export function placeToWrite({ root }: WorkFolder, path: string, temporary: string | undefined): string {
  const wanted = resolve(root, path);
  const folder = dirname(wanted);
  const allowed = [root, ...(temporary === undefined || !existsSync(temporary) ? [] : [realpathSync(temporary)])];
  if (!existsSync(folder))
    throw new ActionInputError([`sarif: the folder of \`${path}\` is not there: make it, or name another`]);
  if (!allowed.some((one) => isWithin(one, realpathSync(folder))))
    throw new ActionInputError([`sarif: \`${path}\` leads out of the repository: name a file in it`]);
  return join(realpathSync(folder), wanted.slice(folder.length));
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}
