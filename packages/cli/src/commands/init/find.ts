import { quote } from '@postern/core';
import { detect, detectFile, type Found, type Unread } from '@postern/detect';
import { InputError } from '../../errors.js';
import { isCiFile } from './left-out.js';

/** What was read: texts by paths from the root, with slashes. */
export interface RepositoryFiles {
  readonly files: ReadonlyMap<string, string>;
  /** The only file, where one was named. */
  readonly single: string | undefined;
  /** CI files that are no text, or too long for it: paths from the root. */
  readonly unreadable: readonly string[];
  /** What was not read and may hold CI files, or what they call. */
  readonly unread?: readonly Unread[];
  /** The address of the remote `origin`, where the repository has one. */
  readonly remote: string | undefined;
}

/**
 * Finds what the CI of a repository, or one CI file, does on AWS.
 * @param path what the repository or the file is called
 * @throws {InputError} where a CI file cannot be read, or there is none
 */
export function findIn({ files, single, unreadable, unread = [], remote }: RepositoryFiles, path: string): Found {
  const found = single === undefined ? detect(files, remote) : detectFile(files, single);
  const problems = [
    ...found.problems.map(
      ({ file, line, message }) => `${quote(file)} line ${line} is no YAML that can be read: ${lowerFirst(message)}`,
    ),
    ...unreadable.map((file) => `${quote(file)} is no text in UTF-8 of at most 1 MiB: write it as text, or remove it`),
    ...unread.filter(({ file }) => isCiFile(file)).map(({ file, what }) => `${quote(file)} ${what}, check its mode`),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const others = found.unread ?? [];
  const all = [...others, ...unread];
  if (found.read.length === 0)
    throw new InputError(
      all.length === 0
        ? [nothingRead(path, single !== undefined)]
        : all.map((one) => nothingElse(one, path, others.includes(one) ? 'name one' : 'check its mode')),
    );
  return all.length === 0 ? found : { ...found, unread: all };
}

function nothingRead(path: string, single: boolean): string {
  if (single) return `${quote(path)} is no CI file that postern knows: see \`postern init --help\` for those it reads`;
  return `${quote(path)} has no CI file that postern knows: name the folder of a repository, or a CI file`;
}

function nothingElse({ file, what }: Unread, path: string, next: string): string {
  return `${quote(file === '' ? path : file)} ${what}, and no CI file that postern knows is elsewhere: ${next}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
