import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isEntry, stepsFor } from '../src/steps.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const ids = readdirSync(`${root}packages/core/src/catalog/permissions`);

function check(...args: string[]) {
  const words = ['--import', 'tsx', 'tools/checks/src/check.ts', ...args];
  return spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
}

test.each(ids)('%s is checked in every way', (id) => {
  expect(isEntry(id)).toBe(true);
  const names = stepsFor(id, true).map(({ name }) => name);
  for (const name of ['types', 'lint', 'format', 'cases and samples', 'drift', 'proof', 'conformance of every target'])
    expect(names).toContain(name);
  expect(stepsFor(id, false).map(({ name }) => name)).not.toContain('proof');
});

test.each([
  [[], 'write `npm run check -- ID`'],
  [['a', 'b'], 'write `npm run check -- ID`'],
  [['made-up'], '`made-up` is no use case'],
  [['../permissions'], '`../permissions` is no use case'],
])('%j is refused', (args, message) => {
  const { status, stdout, stderr } = check(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
