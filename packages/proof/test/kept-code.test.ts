import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { keepCode } from '../src/warm/kept-code.js';
import { openWarmClients } from '../src/warm/warm-clients.js';

const folder = mkdtempSync(join(tmpdir(), 'postern kept '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(folder, String((count += 1)));

/** A client with what modules of Node may do. */
const client = {
  'client/package.json': '{ "name": "client", "version": "1.2.3" }',
  'client/bin/client': `#!/usr/bin/env node
const state = [];
const { join } = require('path');
const main = require.main === module;
const word = process.argv[2];
const importer = require('other/importer');
console.log(word, main, module.id, module.parent, this === exports, __filename.endsWith('client'), typeof __dirname);
console.log(require('../package.json').version, require.resolve('other') === join(__dirname, '../../other/index.js'));
console.log(require.resolve.paths('other').length > 0, Object.keys(require.cache).length, require('other').ask());
console.log(Object.keys(process.env).filter((name) => /^(NODE|POSTERN)/.test(name)), process.execArgv);
if (word === 'late') console.log(require('other/late'), require('other/late') === require('other/late'));
if (word === 'import') importer('other/module.mjs').then((found) => console.log(found.default, found.again));
if (word === 'syntax') require('other/broken');
if (word === 'raise') require('other').raise();
if (word === 'first') require('other/first');
if (word === 'child') console.log(require('child_process').execFileSync(process.execPath, [join(__dirname, 'child.js')], { encoding: 'utf8' }));
if (word === 'worker') new (require('worker_threads').Worker)(join(__dirname, 'child.js'));
if (word === 'exit') process.on('exit', () => (process.exitCode = 7));
if (word === 'signal') process.kill(process.pid, 'SIGTERM'), setTimeout(() => undefined, 5000);
if (word === 'beside') console.log(require(join(process.cwd(), 'beside.js')));
`,
  'client/bin/child.js': 'console.log(Object.keys(process.env).filter((name) => /^(NODE|POSTERN)/.test(name)))',
  'other/index.js': `let asked = 0;
exports.ask = () => (asked += 1);
exports.raise = () => {
  throw new Error('a reason');
};
`,
  'other/late.js': "'use strict';\nmodule.exports = [this === module.exports, typeof arguments, arguments.length];",
  'other/module.mjs': "import { ask } from './index.js';\nexport default ask();\nexport const again = ask();",
  'other/importer.js': 'module.exports = (name) => import(name);',
  'other/broken.js': 'const = 1;',
  'other/first.js': "console.log(new Error().stack.split('\\n')[1]);",
};

const install = (): string => {
  const modules = join(fresh(), 'node_modules');
  for (const [name, text] of Object.entries(client)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    writeFileSync(join(modules, name), text, { mode: 0o755 });
  }
  return join(modules, 'client/bin/client');
};

function run(path: string, word: string, env: Readonly<Record<string, string>>, cwd = folder) {
  const { status, signal, stdout, stderr } = spawnSync(path, [word], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  // Where Node itself runs a module, one more line stands in a trace.
  return { status, signal, stdout, stderr: stderr.replace(/^ +at .*\n/gm, '') };
}

const words = ['plain', 'late', 'import', 'syntax', 'raise', 'first', 'child', 'worker', 'exit', 'signal'];

describe('a client of Node whose code is kept', () => {
  test('does the same the first time and each time after', () => {
    const path = install();
    const variables = keepCode(path, fresh());
    for (const word of [...words, ...words]) expect(run(path, word, variables), word).toEqual(run(path, word, {}));
    expect(run(path, 'raise', variables).stderr).toContain('other/index.js:4');
    expect(run(path, 'exit', variables).status).toBe(7);
    expect(run(path, 'child', variables).stdout).toContain('[]\n\n');
  });

  test('is compiled once, and what a later command loads besides is kept too', () => {
    const path = install();
    const variables = keepCode(path, fresh());
    const kept = variables['POSTERN_CODE_KEPT_IN']!;
    const holds = (name: string) => readFileSync(kept, 'latin1').includes(name);
    run(path, 'plain', variables);
    expect([holds('other/index.js'), holds('other/late.js')]).toEqual([true, false]);
    const { ino } = statSync(kept);
    run(path, 'plain', variables);
    expect(statSync(kept).ino).toBe(ino);
    run(path, 'late', variables);
    expect([holds('other/index.js'), holds('other/late.js')]).toEqual([true, true]);
    expect(readdirSync(dirname(kept)).sort()).toEqual(['code', 'keep-code.cjs']);
  });

  test('is compiled anew where what was kept is of another release, or no such thing', () => {
    const path = install();
    const variables = keepCode(path, fresh());
    const plain = run(path, 'late', {});
    run(path, 'late', variables);
    const other = join(dirname(path), '../../other/late.js');
    writeFileSync(other, `${client['other/late.js']}\nmodule.exports.push('changed');`);
    const kept = () => readFileSync(variables['POSTERN_CODE_KEPT_IN']!);
    const before = kept();
    expect(run(path, 'late', variables)).toEqual(run(path, 'late', {}));
    const changed = kept();
    expect(changed.equals(before)).toBe(false);
    expect(run(path, 'late', variables)).toEqual(run(path, 'late', {}));
    expect(kept().equals(changed)).toBe(true);
    writeFileSync(other, client['other/late.js']);
    for (const bytes of [
      '',
      'short',
      '\0\0\0\0\0\0\0\0',
      '\x08\0\0\0\0\0\0\0nonsense',
      '\xff\xff\xff\xff\xff\xff\xff\xff',
    ]) {
      writeFileSync(variables['POSTERN_CODE_KEPT_IN']!, bytes, 'latin1');
      expect(run(path, 'late', variables), JSON.stringify(bytes)).toEqual(plain);
    }
  });

  test('has nothing kept of what is not its own', () => {
    const path = install();
    const variables = keepCode(path, fresh());
    const cwd = fresh();
    mkdirSync(cwd);
    for (const value of [1, 2, 3]) {
      writeFileSync(join(cwd, 'beside.js'), `module.exports = 'value ${value}';`);
      expect(run(path, 'beside', variables, cwd).stdout).toContain(`value ${value}`);
    }
  });

  test('is said to be, or why not, and a command that tells Node something is left alone', () => {
    const path = install();
    const beside = join(folder, 'serverless');
    writeFileSync(beside, '#!/bin/sh\n');
    const open = (client: string) => {
      const version = '3.40.0';
      return openWarmClients({ serverless: { path: client, version }, jq: { path: client, version } }, fresh());
    };
    const [own, other] = [open(path), open(beside)];
    const names = ['A', 'NODE_OPTIONS', 'POSTERN_CODE_KEPT_IN', 'POSTERN_CODE_OF'];
    expect(Object.keys(own.environmentOf('serverless', { A: 'b' })).sort()).toEqual(names);
    const given = { NODE_OPTIONS: '--trace-warnings' };
    expect(own.environmentOf('serverless', given)).toBe(given);
    expect(own.environmentOf('jq', { A: 'b' })).toEqual({ A: 'b' });
    expect([[...own.kept], [...own.refused]]).toEqual([['serverless'], []]);
    expect(other.environmentOf('serverless', { A: 'b' })).toEqual({ A: 'b' });
    const reason = 'it is no program of Node in a folder `node_modules`';
    expect([[...other.kept], [...other.refused]]).toEqual([[], [['serverless', reason]]]);
  });
});

test('of a client of Go it is said that it collects its memory later, and one that says itself when is left alone', async () => {
  const found = { path: join(folder, 'tofu'), version: '1.12.6' };
  const clients = openWarmClients({ tofu: found, terragrunt: found, jq: found }, fresh());
  expect([...clients.later]).toEqual([]);
  const given = { GOGC: '50' };
  expect(clients.environmentOf('terragrunt', given)).toEqual(given);
  expect(clients.environmentOf('jq', { A: 'b' })).toEqual({ A: 'b' });
  expect(clients.environmentOf('tofu', { A: 'b' })).toEqual({ A: 'b', GOGC: '400' });
  expect([...clients.later]).toEqual(['tofu']);
  await clients.close();
});
