import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../run.mjs', import.meta.url));
let root: string;

/** A stand-in for nx that counts its runs, and for the program, which prints its arguments and ends with 3. */
const nx = `
console.log('thirty lines');
const { mkdirSync, writeFileSync, existsSync } = require('node:fs');
if (existsSync('broken')) process.exit(5);
mkdirSync('apps/cli/dist', { recursive: true });
const program = "console.log(JSON.stringify(process.argv.slice(2))); if (process.argv[2] === 'wait') setInterval(() => {}, 1000); else process.exitCode = 3;";
for (const name of ['postern.cjs', 'main.cjs']) writeFileSync('apps/cli/dist/' + name, program);
mkdirSync('apps/cli/dist/catalog', { recursive: true });
writeFileSync('apps/cli/dist/catalog/entry.json', '{}');
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'postern-run-'));
  for (const folder of [
    'packages/core/src',
    'packages/cli/src',
    'packages/detect/src',
    'packages/sandbox/src',
    'packages/proof/src',
    'packages/why/src',
    'apps/cli/src',
  ])
    write(`${folder}/index.ts`, 'one');
  write('node_modules/nx/package.json', '{"bin":{"nx":"./nx.js"}}');
  write('node_modules/nx/nx.js', nx);
  cpSync(script, join(root, 'apps/cli/run.mjs'));
});

afterEach(() => rmSync(root, { recursive: true }));

const building = 'postern: building these sources first, once\n';

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'apps/cli/run.mjs'), ...args], {
    encoding: 'utf8',
    cwd: root,
  });
  return { status, stdout, built: stderr.startsWith(building), stderr };
}

test('a fresh clone is built, which is said in one line; then nothing is built or said', () => {
  expect(run('a', '--b', 'c d')).toEqual({
    status: 3,
    stdout: '["a","--b","c d"]\n',
    built: true,
    stderr: building,
  });
  expect(run('a', '--b', 'c d')).toEqual({ status: 3, stdout: '["a","--b","c d"]\n', built: false, stderr: '' });
});

test.each<[string, () => void]>([
  ['a source changes', () => write('packages/core/src/index.ts', 'other')],
  ['a source is added', () => write('packages/sandbox/src/deep/new.ts', 'new')],
  ['a source is taken out', () => rmSync(join(root, 'packages/cli/src/index.ts'))],
  ['the dependencies change', () => write('package-lock.json', '{}')],
  ['the program is gone', () => rmSync(join(root, 'apps/cli/dist'), { recursive: true })],
  ['an entry that it reads is gone', () => rmSync(join(root, 'apps/cli/dist/catalog'), { recursive: true })],
  ['the program is another', () => write('apps/cli/dist/main.cjs', 'x')],
])('it is built once more where %s', (_, change) => {
  run();
  change();
  expect(run()).toMatchObject({ status: 3, built: true });
  expect(run()).toMatchObject({ status: 3, stderr: '' });
});

test('tests and texts are no reason to build', () => {
  run();
  write('packages/core/test/x.test.ts', 'x');
  write('packages/core/README.md', 'x');
  expect(run()).toMatchObject({ status: 3, stderr: '' });
});

test('where it cannot be built, what the build said is shown, nothing runs and the exit code is that of the build', () => {
  run();
  write('packages/core/src/index.ts', 'broken');
  write('broken', '');
  const failed = run();
  expect(failed).toMatchObject({ status: 5, stdout: '' });
  expect(failed.stderr).toContain('thirty lines');
  rmSync(join(root, 'broken'));
  expect(run()).toMatchObject({ status: 3, built: true });
});

test('an interrupt reaches the program', async () => {
  run();
  const child = spawn(process.execPath, [join(root, 'apps/cli/run.mjs'), 'wait'], { cwd: root });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
});

test('`npm run postern` runs it', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['postern']).toBe('node apps/cli/run.mjs');
});
