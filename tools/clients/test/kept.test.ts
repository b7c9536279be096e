import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aboutTool, toolNames, type KeptOrigin } from '@postern/proof/clients';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobName, placeKept } from '../src/kept.js';

const kept = toolNames.flatMap((name): [string, KeptOrigin][] => {
  const { origin } = aboutTool(name);
  return origin.kind === 'kept' ? [[name, origin]] : [];
});
const folder = new URL('../kept/', import.meta.url);

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'postern-kept-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('a content has the name that git gives it', () => {
  expect(blobName(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

it('nothing is kept that no proof runs', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(kept.map(([name]) => name).sort());
});

describe.each(kept)('%s', (name, origin) => {
  it('is kept as it was published, with its licence', () => {
    const files = readdirSync(new URL(`${name}/`, folder));
    expect(files.sort()).toEqual([...Object.keys(origin.files), 'LICENSE'].sort());
    for (const [file, published] of Object.entries(origin.files))
      expect(blobName(readFileSync(new URL(`${name}/${file}`, folder))), file).toBe(published);
  });

  it('is placed as a program', async () => {
    const target = join(home, 'bin', name);
    await placeKept({ ...origin, requires: {} }, name, target, {});
    expect(statSync(target).mode & 0o111).not.toBe(0);
    if (origin.starts !== undefined) expect(readFileSync(target, 'utf8')).toContain(`${name} ${origin.version}`);
  });

  it('is refused where it was changed', async () => {
    const files = Object.fromEntries(Object.keys(origin.files).map((file) => [file, '0'.repeat(40)]));
    const target = join(home, 'bin', name);
    await expect(placeKept({ ...origin, files, requires: {} }, name, target, {})).rejects.toThrow(/restore it/);
    expect(existsSync(target)).toBe(false);
  });
});
