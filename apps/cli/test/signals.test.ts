import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const program = new URL('../dist/postern.cjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'postern-signals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (what()) return;
    await wait(25);
  }
  throw new Error(`it did not happen: ${what}`);
}

/** The processes that a script named, of those that still run. */
function running(place: string): string[] {
  return readFileSync(join(place, 'pids'), 'utf8')
    .split('\n')
    .filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        process.kill(Number(pid), 0);
        return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      } catch {
        return false;
      }
    });
}

let count = 0;

function start(command: 'record' | 'sandbox', script: string) {
  const place = join(folder, `run-${(count += 1)}`);
  mkdirSync(place);
  const policy = join(place, 'policy.json');
  writeFileSync(policy, JSON.stringify({ Version: '2012-10-17', Statement: [] }));
  const flags = command === 'sandbox' ? ['--policy', policy] : [];
  const child = spawn(process.execPath, [program, command, ...flags, '--', 'bash', '-c', script], {
    cwd: place,
    env: { ...process.env, TMPDIR: place },
    stdio: 'ignore',
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('exit', (code, signal) => resolve({ code, signal })),
  );
  return { child, ended, place };
}

/** It cleans up slowly, and so does a process that it started. */
const tidy = `
  bash -c 'trap "sleep 0.3; echo child >> cleaned; exit" INT TERM HUP; echo $$ >> pids; while :; do sleep 0.05; done' &
  trap 'sleep 0.3; echo parent >> cleaned; wait; exit' INT TERM HUP
  echo $$ >> pids; touch started; while :; do sleep 0.05; done`;

describe.each(['record', 'sandbox'] as const)('%s', (command) => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s reaches everything, which may clean up', async (signal) => {
    const { child, ended, place } = start(command, tidy);
    await until(
      () => existsSync(join(place, 'started')) && readFileSync(join(place, 'pids'), 'utf8').split('\n').length > 2,
    );
    child.kill(signal);
    expect(await ended).toEqual({ code: null, signal });
    const cleaned = readFileSync(join(place, 'cleaned'), 'utf8').trim().split('\n').sort();
    // A shell lets its background processes ignore Ctrl-C.
    expect(cleaned.filter((who) => signal !== 'SIGINT' || who === 'parent')).toEqual(
      signal === 'SIGINT' ? ['parent'] : ['child', 'parent'],
    );
    expect(running(place)).toEqual([]);
    expect(readdirSync(place).filter((name) => name.startsWith('postern-'))).toEqual([]);
  });
});

test('a second Ctrl-C ends what does not end', async () => {
  const { child, ended, place } = start(
    'record',
    "trap '' INT TERM; echo $$ >> pids; touch started; while :; do sleep 0.05; done",
  );
  await until(() => existsSync(join(place, 'started')));
  const begun = Date.now();
  child.kill('SIGINT');
  await wait(300);
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: null, signal: 'SIGINT' });
  expect(Date.now() - begun).toBeLessThan(8000);
  expect(running(place)).toEqual([]);
});

test('nothing survives the end: background processes, daemons in sessions of their own', async () => {
  const { ended, place } = start(
    'record',
    'sleep 300 & echo $! >> pids; setsid sleep 301 & echo $! >> pids; (setsid nohup sleep 302 > /dev/null 2>&1 & echo $! >> pids); sleep 0.2',
  );
  await ended;
  expect(readFileSync(join(place, 'pids'), 'utf8').trim().split('\n')).toHaveLength(3);
  expect(running(place)).toEqual([]);
});
