import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const roles = [...readme.matchAll(/```ts\n(.*?)```/gs)]
  .map((match) => match[1]!)
  .filter((text) => text.includes('chosen('));

test('the README shows a role and a pair', () => {
  expect(roles).toHaveLength(2);
});

test.each(roles)('the role that the README shows is made', (source) => {
  const room = mkdtempSync(join(folder, 'out-tsc-readme-'));
  try {
    writeFileSync(join(room, 'example.ts'), source);
    const args = ['--conditions=@postern/source', '--import', 'tsx', join(room, 'example.ts')];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder });
    expect([status, stderr]).toEqual([0, '']);
  } finally {
    rmSync(room, { recursive: true });
  }
});
