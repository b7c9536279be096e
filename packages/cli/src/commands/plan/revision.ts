import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { quote } from '@postern/core';
import { InputError } from '../../errors.js';

/**
 * The text of a file in a revision of git; undefined where the revision does not have it.
 * @throws {InputError} where git, the repository or the revision is not there
 */
export function textAt(revision: string, path: string): string | undefined {
  const git = (...args: string[]) => {
    const found = spawnSync('git', args, { cwd: dirname(path), encoding: 'utf8', maxBuffer: 4 * 1024 * 1024 });
    if (found.error === undefined) return found;
    const { code } = found.error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'it is not installed, or the folder is not there' : found.error.message;
    throw new InputError([`git cannot be run in ${quote(dirname(path))}: ${reason}`]);
  };
  const around = git('rev-parse', '--is-inside-work-tree');
  if (around.status !== 0) {
    const [reason = ''] = around.stderr.split('\n');
    throw new InputError([`git finds no history of ${quote(path)}: ${reason.replace(/^fatal: /, '')}`]);
  }
  // What begins with a hyphen is no flag, and what is found is a hash.
  const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit.status !== 0) {
    throw new InputError([
      `--since: ${quote(revision)} is no revision here: fetch it, or name another, such as \`origin/main\``,
    ]);
  }
  const object = `${commit.stdout.trim()}:./${basename(path)}`;
  if (git('cat-file', '-e', object).status !== 0) return undefined;
  const shown = git('show', '--no-textconv', object);
  if (shown.status !== 0) throw new InputError([`git cannot show ${quote(object)}: ${shown.stderr.split('\n')[0]!}`]);
  return shown.stdout;
}
