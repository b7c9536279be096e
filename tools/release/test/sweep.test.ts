import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'postern-sweep-'));
afterAll(() => rmSync(root, { recursive: true }));

const write = (path: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
};

test('declarations whose source is no more go, and what else a build made stays', () => {
  const stays = [
    'packages/one/src/a.ts',
    'packages/one/src/deep/b.tsx',
    'packages/one/dist/a.d.ts',
    'packages/one/dist/a.js',
    'packages/one/dist/gone.js',
    'packages/one/dist/deep/b.d.ts',
    'packages/one/dist/cjs/a.d.ts',
    'packages/one/dist/cjs/package.json',
    'tools/without-source/dist/made.d.ts',
  ];
  const goes = [
    'packages/one/dist/gone.d.ts',
    'packages/one/dist/old/room/c.d.ts',
    'packages/one/dist/cjs/gone.d.ts',
    'packages/one/dist/deep/a.d.ts',
  ];
  for (const path of [...stays, ...goes]) write(path);
  execFileSync(process.execPath, [fileURLToPath(new URL('../sweep.mjs', import.meta.url)), root]);
  expect(stays.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(goes.filter((path) => existsSync(join(root, path)))).toEqual([]);
  expect(existsSync(join(root, 'packages/one/dist/old'))).toBe(false);
});

test('nothing is compiled before it ran', () => {
  const { targetDefaults } = JSON.parse(
    readFileSync(fileURLToPath(new URL('../../../nx.json', import.meta.url)), 'utf8'),
  ) as { targetDefaults: { compile: { dependsOn: unknown[] } } };
  expect(targetDefaults.compile.dependsOn).toEqual(['^compile', { projects: ['@postern/release'], target: 'sweep' }]);
});
