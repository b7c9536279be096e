import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const packages = ['packages', 'apps', 'tools'].flatMap((group) =>
  readdirSync(root + group)
    .map((name) => `${group}/${name}`)
    .filter((folder) => existsSync(`${root}${folder}/package.json`)),
);

// Of two projects with one name Nx keeps one and says nothing: the other is neither linted nor built nor tested.
test('every package is a project of Nx, so that it is linted, built and tested', () => {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'))),
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
  };
  const script = fileURLToPath(new URL('./list-projects.mjs', import.meta.url));
  const listed = execFileSync(process.execPath, [script], { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const folders = Object.values(JSON.parse(listed) as Readonly<Record<string, string>>);
  expect(packages.length).toBeGreaterThan(15);
  expect(packages.filter((folder) => !folders.includes(folder))).toEqual([]);
});
