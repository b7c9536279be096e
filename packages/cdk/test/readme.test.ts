import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const roles = [...readme.matchAll(/```ts\n(.*?)```/gs)]
  .map((match) => match[1]!)
  .filter((text) => /chosen\(|fromFile\(/.test(text));
/** The file that the README of the repository shows. */
const file = /```yaml\n(# yaml-language-server.*?)```/s.exec(
  readFileSync(join(folder, '../../README.md'), 'utf8'),
)![1]!;

test('the README shows a role, a pair and the roles of a file', () => {
  expect(roles).toHaveLength(3);
});

test.each(roles)('the role that the README shows is made', (source) => {
  const room = mkdtempSync(join(folder, 'out-tsc-readme-'));
  try {
    writeFileSync(join(room, 'example.ts'), source);
    writeFileSync(join(room, 'postern.yaml'), file);
    const args = ['--conditions=@postern/source', '--import', 'tsx', join(room, 'example.ts')];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: room });
    expect([status, stderr]).toEqual([0, '']);
  } finally {
    rmSync(room, { recursive: true });
  }
});
