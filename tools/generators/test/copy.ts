import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * A copy of the workspace, with what is not committed yet, in a folder of its own. Its dependencies are those of the
 * workspace; its own packages are its own.
 * @returns the folder
 */
export function copyWorkspace(): string {
  const copy = mkdtempSync(join(tmpdir(), 'postern-contributor-'));
  for (const path of listFiles(root)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  linkDependencies(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const group of ['packages', 'apps', 'tools']) {
    for (const name of readdirSync(join(copy, group))) {
      const own = join(root, group, name, 'node_modules');
      if (readdirSync(dirname(own)).includes('node_modules'))
        linkDependencies(own, join(copy, group, name, 'node_modules'));
    }
  }
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
  execFileSync('git', ['add', '--all'], { cwd: copy });
  return copy;
}

/** The files that are committed or will be, by path. */
function listFiles(folder: string): string[] {
  const list = (...flags: string[]) =>
    execFileSync('git', ['ls-files', '-z', ...flags], { cwd: folder, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean);
  const deleted = new Set(list('--deleted'));
  return list('--cached', '--others', '--exclude-standard').filter((path) => !deleted.has(path));
}

/** Links every package; links to packages of the workspace lead to those of the copy. */
function linkDependencies(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === '@postern') linkDependencies(join(from, name), join(to, name));
    else if (lstatSync(join(from, name)).isSymbolicLink()) symlinkSync(readlinkSync(join(from, name)), join(to, name));
    else if (name === '.bin' || !name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  }
}

/** Every path that differs from what was copied, new and deleted ones too. */
export function changedPaths(copy: string): string[] {
  const args = ['status', '--porcelain', '--untracked-files=all', '-z'];
  return execFileSync('git', args, { cwd: copy, encoding: 'utf8' })
    .split('\0')
    .filter((line) => line !== '' && line[1] !== ' ')
    .map((line) => line.slice(3))
    .sort();
}
