import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedPaths, copyWorkspace } from './copy.js';

const services = 'packages/sandbox/src/services';
const folder = `${services}/scheduler`;
const generated = /^packages\/sandbox\/src\/(?:services\/(?:services|states)\.ts|server\/unserved\/operations\.json)$/;

let copy: string;
beforeAll(() => {
  copy = copyWorkspace();
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(where: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const env = { ...process.env, FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(copy, where),
    env,
    encoding: 'utf8',
  });
  return { status, output: stripVTControlCharacters(stdout + stderr) };
}

function generate(): void {
  const made = run('.', '--conditions=@postern/source', '--import', 'tsx', 'tools/generators/src/main.ts');
  expect(made.status, made.output).toBe(0);
}

describe.sequential(
  'a service of the sandbox more',
  () => {
    test('is one folder: its name, its rule, what it does, and a row', () => {
      mkdirSync(join(copy, folder));
      for (const name of ['names.ts', 'service.ts', 'rows.ts']) {
        const text = readFileSync(new URL(`./made-up/service/${name}.txt`, import.meta.url), 'utf8');
        writeFileSync(join(copy, folder, name), text);
      }
      generate();
      expect(changedPaths(copy).filter((path) => !path.startsWith(`${folder}/`) && !generated.test(path))).toEqual([]);
      expect(existsSync(join(copy, folder, 'model.json'))).toBe(true);
    });

    test('is typed, enforced, and read and answered as the AWS SDK writes and reads it', () => {
      const typed = run('.', 'node_modules/.bin/tsc', '--build', 'packages/sandbox/tsconfig.lib.json');
      expect(typed.status, typed.output).toBe(0);
      const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
      const tested = run(
        'packages/sandbox',
        vitest,
        'run',
        '--reporter=verbose',
        '-t',
        'GetSchedule',
        'test/rules.test.ts',
        'test/protocols.test.ts',
      );
      expect(tested.status, tested.output.slice(-6000)).toBe(0);
      // Two rows, and the three ways in which its operation is read, answered and replayed.
      expect(tested.output).toMatch(/Tests +5 passed/);
    });

    test('leaves nothing behind when its files go', () => {
      for (const name of ['names.ts', 'service.ts', 'rows.ts']) rmSync(join(copy, folder, name));
      generate();
      expect(changedPaths(copy)).toEqual([]);
      expect(existsSync(join(copy, folder))).toBe(false);
    });
  },
  300_000,
);
