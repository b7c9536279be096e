import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedPaths, copyWorkspace } from './copy.js';

const services = 'packages/sandbox/src/services';
const name = 'backup';
const folder = `${services}/${name}`;
const generated =
  /^packages\/(?:why\/src\/known-requests\.ts|sandbox\/src\/(?:services\/(?:services|states)\.ts|server\/unserved\/operations\.json))$/;
const files = ['names.ts', 'service.ts', 'rows.ts'] as const;

const fixture = (file: string) => readFileSync(new URL(`./made-up/service/${file}.txt`, import.meta.url), 'utf8');

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
    test('is one that nobody serves, and whose client the generator has', () => {
      const served = readdirSync(join(copy, services));
      expect(served.length).toBeGreaterThan(10);
      expect(served, `\`${name}\` is served by now: make another up in made-up/service`).not.toContain(name);
      const client = `@aws-sdk/client-${name}`;
      expect(fixture('names.ts')).toContain(`'${client}'`);
      const { devDependencies } = JSON.parse(readFileSync(join(copy, 'tools/generators/package.json'), 'utf8')) as {
        readonly devDependencies: Readonly<Record<string, string>>;
      };
      expect(Object.keys(devDependencies)).toContain(client);
    });

    test('is one folder: its name, its rule, what it does, and a row', () => {
      mkdirSync(join(copy, folder));
      for (const file of files) writeFileSync(join(copy, folder, file), fixture(file));
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
        'DescribeBackupVault',
        'test/rules.test.ts',
        'test/protocols.test.ts',
      );
      expect(tested.status, tested.output.slice(-6000)).toBe(0);
      // Two rows, and the three ways in which its operation is read, answered and replayed.
      expect(tested.output).toMatch(/Tests +5 passed/);
    });

    test('leaves nothing behind when its files go', () => {
      for (const file of files) rmSync(join(copy, folder, file));
      generate();
      expect(changedPaths(copy)).toEqual([]);
      expect(existsSync(join(copy, folder))).toBe(false);
    });
  },
  300_000,
);
