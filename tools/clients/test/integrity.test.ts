import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkIntegrity } from '../src/install.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-npm-'));
  mkdirSync(join(folder, 'node_modules'));
  const packages = { 'node_modules/a-client': { version: '1.2.3', integrity: 'sha512-abc' } };
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const origin = { kind: 'npm', package: 'a-client', version: '1.2.3', integrity: 'sha512-abc' } as const;

it('an archive that is the one that was pinned is taken', () => {
  expect(() => checkIntegrity(origin, folder)).not.toThrow();
});

it('another archive of the same release is refused, and one that npm knows nothing of', () => {
  expect(() => checkIntegrity({ ...origin, integrity: 'sha512-def' }, folder)).toThrow(
    'a-client 1.2.3 is not the archive that was pinned: `sha512-abc`, not `sha512-def`',
  );
  expect(() => checkIntegrity({ ...origin, package: 'another' }, folder)).toThrow(/is not the archive/);
});
