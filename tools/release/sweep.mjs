// Run before anything is compiled: declarations of files that are no more go, which the compiler leaves where they are and
// a package would ship.
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] ?? fileURLToPath(new URL('../../', import.meta.url));

/** Whether the folder is empty now. */
function sweep(folder, isStray) {
  const left = readdirSync(folder, { withFileTypes: true }).filter((item) => {
    const path = join(folder, item.name);
    const goes = item.isDirectory() ? sweep(path, isStray) : isStray(path);
    if (goes && !item.isDirectory()) rmSync(path);
    return !goes;
  });
  if (left.length === 0) rmdirSync(folder);
  return left.length === 0;
}

for (const group of ['packages', 'apps', 'tools']) {
  if (!existsSync(join(root, group))) continue;
  for (const name of readdirSync(join(root, group))) {
    const [dist, src] = ['dist', 'src'].map((folder) => join(root, group, name, folder));
    if (!existsSync(dist) || !existsSync(src)) continue;
    sweep(dist, (path) => {
      if (!path.endsWith('.d.ts')) return false;
      // Beside the bundle for CommonJS stands a copy of each.
      const source = join(src, relative(dist, path).replace(/^cjs[\\/]/, '')).replace(/\.d\.ts$/, '');
      return !['.ts', '.tsx', '.mts'].some((end) => existsSync(source + end));
    });
  }
}
