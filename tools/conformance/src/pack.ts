import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Packs packages of the workspace as npm publishes them: the tarball of each. */
export function pack(packages: readonly string[], folder: string): Map<string, string> {
  return new Map(
    packages.map((path) => {
      const [{ filename }] = JSON.parse(
        execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
          cwd: join(root, path),
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      ) as [{ filename: string }];
      return [path, join(folder, filename)] as const;
    }),
  );
}
