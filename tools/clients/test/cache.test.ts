import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'postern-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Environment = Readonly<Record<string, string | undefined>>;
// What a run of Nx around this one sets is none of the run that is looked at.
const outer = Object.entries(process.env).filter(([name]) => !/^(NX_|POSTERN_)/.test(name));

/** Whether Nx takes the result of an earlier run of what has the same inputs as the proofs: tools/checks tests that it has. */
function isTakenFromCache(env: Environment): boolean {
  const { stdout, stderr } = spawnSync('npx', ['nx', 'run', '@postern/prove:tools', '--output-style=static'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...Object.fromEntries(outer), NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1', ...env },
  });
  const [, hits] = /^\s*Cache:\s+(\d)\/1 hit/m.exec(stdout) ?? [];
  if (hits === undefined) throw new Error(`nx said nothing of its cache: ${stdout}${stderr}`);
  return hits === '1';
}

// Another in each run of the test, so that no earlier one is in the cache.
const release = `9.${process.pid}.${Date.now()}`;

function crane(place: string, version: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  const path = join(folder, place, 'crane');
  writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('proofs are taken from the cache only where every tool is the same program at the same path, and as much is required', () => {
  const one = crane('one', release);
  const named = { POSTERN_TOOL_CRANE: one };
  expect(isTakenFromCache(named), 'a tool that no run has met').toBe(false);
  expect(isTakenFromCache(named), 'nothing changed').toBe(true);
  expect(isTakenFromCache({ POSTERN_TOOL_CRANE: crane('two', release) }), 'another path').toBe(false);
  expect(isTakenFromCache({ ...named, POSTERN_REQUIRE: release }), 'more is required').toBe(false);
  appendFileSync(one, '# another build of the release\n');
  expect(isTakenFromCache(named), 'another program of the same release at the same path').toBe(false);
  crane('one', `${release}1`);
  expect(isTakenFromCache(named), 'another release at the same path').toBe(false);
  crane('three', release);
  const first = { PATH: [join(folder, 'three'), process.env['PATH']].join(delimiter) };
  expect(isTakenFromCache(first), 'another one first on the PATH').toBe(false);
  expect(isTakenFromCache(first), 'the same PATH again').toBe(true);
}, 600_000);
