import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern plan ü-'));
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder, stdio: 'pipe' });
const file = join(folder, 'in a folder', 'postern.yaml');
const shop = `owner: acme, ownerId: '41000001', repository: shop, repositoryId: '712000001'`;
const role = (name: string, repositories: string, environment = 'production') => `  ${name}:
    trust: { github-actions: { ${shop}, environments: [${environment}] } }
    permissions: { ecr-docker-push: { repositories: [${repositories}] } }
`;
const text = (...roles: string[]) => `version: 1
account: '111122223333'
region: eu-west-1
roles:
${roles.join('')}`;
const before = text(role('deploy', 'shop'), role('other', 'other'));

beforeAll(() => {
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'nothing');
  git('tag', 'empty');
  mkdirSync(join(folder, 'in a folder'));
  writeFileSync(file, before);
  git('add', '.');
  git('commit', '--quiet', '-m', 'before');
});

async function planned(now: string, ...args: string[]) {
  writeFileSync(file, now);
  return postern(['plan', '--config', file, '--since', 'HEAD', ...args]);
}

test('nothing is said to change where only the words do', async () => {
  const { code, stdout } = await planned(
    `# a comment\n${before.replace('[shop]', '[ shop ]')}`,
    '--fail-on',
    'different',
  );
  expect([code, stdout]).toEqual([0, 'Nothing is gained and nothing is lost: every role is what it was.\n']);
});

test('what a role gains and loses is told by a request for each, trust and permissions apart', async () => {
  const now = text(
    role('deploy', 'shop, store', 'staging').replace('repositories', 'repositories'),
    role('other', 'other'),
  );
  const { code, stdout } = await planned(now);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^deploy: changed\n {2}Trust\n {4}Access is gained: /);
  expect(stdout).toMatch(/environment:staging/);
  expect(stdout).toMatch(/\n {2}Permissions\n(.*\n)*.*repository\/store/);
  expect(stdout).toMatch(/\n1 of 2 roles is what it was\.\n$/);
  expect((await planned(now, '--fail-on', 'wider')).code).toBe(1);
  const markdown = await planned(now, '--markdown');
  expect(markdown.stdout).toMatch(/^### deploy: changed\n\n#### Trust\n\n\*\*Access is gained/);
});

test('fewer permissions are narrower, and no failure where wider is', async () => {
  const { code, stdout } = await planned(text(role('deploy', 'shop')), '--fail-on', 'wider');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^other: removed\n/)]);
  expect((await planned(text(role('deploy', 'shop')), '--fail-on', 'narrower')).code).toBe(1);
});

test('new roles, and settings, as JSON', async () => {
  const now = text(
    `${role('deploy', 'shop')}    maxSessionDuration: 7200\n    boundary: true\n`,
    role('other', 'other'),
    role('new', 'x1'),
  );
  const { stdout } = await planned(now, '--json');
  const { roles } = JSON.parse(stdout) as { roles: Record<string, unknown>[] };
  expect(roles.map(({ name, change }) => [name, change])).toEqual([
    ['deploy', 'changed'],
    ['other', 'same'],
    ['new', 'new'],
  ]);
  expect(roles[0]).toMatchObject({
    environment: null,
    settings: [
      { name: 'maxSessionDuration', before: 3600, after: 7200 },
      { name: 'boundary', before: false, after: 'arn:aws:iam::111122223333:policy/deploy-boundary' },
    ],
    trust: { relation: 'equal', gains: [], losses: [] },
    permissions: { relation: 'equal' },
  });
  expect(roles[2]).toMatchObject({ trust: { relation: 'wider' }, permissions: { relation: 'wider' } });
});

test('a boundary that is another may let more through, which is not known', async () => {
  const bounded = (boundary: string) =>
    text(role('deploy', 'shop').replace(/$/, `    boundary: ${boundary}\n`), role('other', 'other'));
  const { code, stderr } = await planned(bounded('arn:aws:iam::111122223333:policy/most'), '--fail-on', 'wider');
  expect([code, stderr]).toEqual([1, expect.stringContaining('how a role stands to what it was is unknown')]);
});

test('a revision without the file has no roles', async () => {
  writeFileSync(file, before);
  const { code, stderr, stdout } = await postern(['plan', '--config', file, '--since', 'empty']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('`empty` has no')]);
  expect(stdout).toMatch(/^deploy: new\n/);
});

test.each([
  [['--since', 'nothing-such'], '--since: `nothing-such` is no revision here'],
  [['--since', '--output=x'], '--since'],
  [['--since=--output=x'], '--since: `--output=x` is no revision here'],
  [['--since', 'HEAD', '--config', '-'], '--config: name a file, whose history is read'],
  [['--since', 'HEAD', '--fail-on', 'widr'], 'did you mean `wider`?'],
  [['--since', 'HEAD', '--json', '--markdown'], 'exclude each other'],
  [[], '--since: missing'],
])('%j is bad input', async (args, message) => {
  const own = args.includes('--config') ? [] : ['--config', file];
  const { code, stderr, stdout } = await postern(['plan', ...own, ...args]);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
});

test('outside of a repository, and where what was cannot be read, it is told', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'postern-outside-'));
  writeFileSync(join(outside, 'postern.yaml'), before);
  const { code, stderr } = await postern(['plan', '--since', 'HEAD', '--config', join(outside, 'postern.yaml')]);
  rmSync(outside, { recursive: true });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^postern: git finds no history of /)]);
  writeFileSync(file, 'version: 1\nroles:\n\tx: y\n');
  git('commit', '--quiet', '-am', 'broken');
  const broken = await planned(before);
  expect([broken.code, broken.stderr]).toEqual([
    2,
    `postern: HEAD:${file}:3:1: a tab stands where blanks are needed: indent with blanks\n`,
  ]);
});
