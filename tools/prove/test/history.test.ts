import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readHistories } from '../src/history.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-history-'));
afterAll(() => rmSync(folder, { recursive: true }), 60_000);

const permissions = 'packages/core/src/catalog/permissions';
const plans = 'packages/proof/src/use-cases';
const services = 'packages/sandbox/src/services';
const [early, before, turn, after] = ['2026-01-01', '2026-01-10', '2026-02-01', '2026-02-10'].map(
  (day) => `${day}T12:00:00Z`,
) as [string, string, string, string];
let root: string;
let count = 0;

beforeEach(() => {
  root = join(folder, String((count += 1)));
  mkdirSync(root);
  git('init', '--quiet');
  write({
    [`${permissions}/pull/entry.ts`]: "action('ecr:GetImage')",
    [`${permissions}/pull/README.md`]: 'pull',
    [`${permissions}/pull/evidence.json`]: '{}',
    [`${plans}/pull/plan.ts`]: 'run()',
    [`${permissions}/push/entry.ts`]: "import { pull } from '../pull/entry.js'; action('s3:PutObject')",
    [`${permissions}/push/evidence.json`]: '{}',
    [`${plans}/push/plan.ts`]: 'run()',
    [`${services}/ecr/service.ts`]: "import { layers } from '../registry/layers.js';",
    [`${services}/registry/layers.ts`]: 'layers',
    [`${services}/s3/service.ts`]: 's3',
    [`${services}/kms/service.ts`]: 'kms',
    'packages/proof/src/engine.ts': 'prove()',
  });
  commit(early);
});

function git(...args: string[]): void {
  const own = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...own, ...args], { cwd: root, stdio: 'pipe' });
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(date: string): void {
  git('add', '--all');
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const args = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'x'];
  execFileSync('git', args, { cwd: root, env, stdio: 'pipe' });
}

const read = (ids = ['pull', 'push']) => readHistories(root, ids, new Date(turn));
const changedOf = (id: string) => read()?.find((one) => one.id === id)?.changed;

test('where nothing changed since the evidence, nothing is said', () => {
  expect(read()).toEqual([
    { id: 'pull', recorded: true, changed: [], shared: [] },
    { id: 'push', recorded: true, changed: [], shared: [] },
  ]);
});

test.each([
  ['its entry', `${permissions}/push/entry.ts`, ['push']],
  ['its plan', `${plans}/push/plan.ts`, ['push']],
  ['an entry that another imports from', `${permissions}/pull/entry.ts`, ['pull', 'push']],
  ['a service that it names', `${services}/s3/service.ts`, ['push']],
  ['what such a service imports from', `${services}/registry/layers.ts`, ['pull', 'push']],
  ['a service that nobody names', `${services}/kms/service.ts`, []],
  ['its README', `${permissions}/pull/README.md`, []],
  ['how it is found', `${permissions}/pull/detect.ts`, []],
  ['its cases', `${permissions}/pull/cases.ts`, []],
  ['a policy of a sample', `${permissions}/pull/samples/default.json`, []],
  ['what a vendor publishes for it', `${permissions}/pull/vendor.ts`, []],
  ['the rows of a test', `${services}/s3/rows.ts`, []],
  ['what all share', 'packages/proof/src/engine.ts', []],
])('%s changed: %s', (_, path, expected) => {
  write({ [path]: "changed('s3:PutObject'); from '../pull/entry.js'" });
  expect(['pull', 'push'].filter((id) => changedOf(id)!.includes(path))).toEqual(expected);
  commit(after);
  expect(['pull', 'push'].filter((id) => changedOf(id)!.includes(path))).toEqual(expected);
});

test('what every proof rests on is told of all of them, and of nothing else', () => {
  const rested = [
    'packages/core/src/access/decide.ts',
    'packages/core/src/catalog/resources/s3.ts',
    'packages/core/src/use-case/build.ts',
    'packages/proof/src/engine.ts',
    'packages/sandbox/src/server/handle.ts',
    `${services}/index.ts`,
  ];
  const others = [
    'packages/core/src/role/role.ts',
    'packages/cli/src/run.ts',
    `${plans}/push/plan.ts`,
    `${services}/kms/service.ts`,
    `${permissions}/push/entry.ts`,
  ];
  write(Object.fromEntries([...rested, ...others].map((path) => [path, 'changed'])));
  const told = () => read()!.map(({ shared }) => [...shared].sort());
  expect(told()).toEqual([rested, rested]);
  commit(after);
  expect(told()).toEqual([rested, rested]);
});

test('what is recorded again is up to date, and what changed before the turn has had its day', () => {
  write({ [`${plans}/push/plan.ts`]: 'run(1)' });
  commit(before);
  expect(changedOf('push')).toEqual([]);
  write({ [`${plans}/push/plan.ts`]: 'run(2)' });
  commit(after);
  expect(changedOf('push')).toEqual([`${plans}/push/plan.ts`]);
  write({ [`${permissions}/push/evidence.json`]: '{"again":1}' });
  commit(after);
  expect(changedOf('push')).toEqual([]);
});

test('an entry without committed evidence is said to have none', () => {
  write({
    [`${permissions}/new/entry.ts`]: '',
    [`${plans}/new/plan.ts`]: '',
    [`${permissions}/new/evidence.json`]: '',
  });
  expect(read(['new'])).toEqual([{ id: 'new', recorded: false, changed: [], shared: [] }]);
});

test('a file that is gone has changed', () => {
  rmSync(join(root, plans, 'push/plan.ts'));
  expect(changedOf('push')).toEqual([`${plans}/push/plan.ts`]);
  commit(after);
  expect(changedOf('push')).toEqual([`${plans}/push/plan.ts`]);
});

test('a clone without history does not know, nor does a folder that is no repository', () => {
  write({ [`${plans}/push/plan.ts`]: 'run(1)' });
  commit(after);
  const whole = root;
  root = `${whole}-shallow`;
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${whole}`, root], { stdio: 'pipe' });
  expect(read()).toBeUndefined();
  rmSync(join(root, '.git'), { recursive: true });
  expect(read()).toBeUndefined();
  root = join(folder, 'empty');
  mkdirSync(root);
  git('init', '--quiet');
  expect(read()).toBeUndefined();
});
