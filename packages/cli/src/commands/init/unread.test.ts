import type * as fs from 'node:fs';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { postern } from '../../../test/terminal.js';

/** Paths that may not be read: root may read all, so that modes alone would tell nothing there. */
const closed = vi.hoisted(() => new Map<string, string>());
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const refuse = (path: unknown) => {
    const code = closed.get(String(path));
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  };
  return {
    ...real,
    readdirSync: (path: string, options: { withFileTypes: true }) => {
      refuse(path);
      return real.readdirSync(path, options);
    },
    openSync: (path: string, flags: string, mode?: number) => {
      refuse(path);
      return real.openSync(path, flags, mode);
    },
  };
});
vi.mock('./left-out.js', async (original) => ({ ...(await original<object>()), mostEntries: 40, mostBytes: 4000 }));

const folder = mkdtempSync(join(tmpdir(), 'postern-unread-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => closed.clear());

const workflow = `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::111122223333:role/ship', aws-region: eu-west-1 }
      - run: aws ecs update-service --cluster main --service web --force-new-deployment
      - run: ./scripts/more.sh
`;
let count = 0;
function repository(files: Readonly<Record<string, string>> = {}): string {
  const root = join(folder, `${(count += 1)} wärehouse`);
  const all = { '.github/workflows/a.yml': workflow, 'scripts/more.sh': 'aws s3 ls s3://x/\n', ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const heading = '\nNot read, and what it holds is not known:\n';
const unreadIn = (stdout: string) => (JSON.parse(stdout) as { unread?: unknown }).unread;

describe('what may not be read is said', () => {
  test.each([
    ['a folder', 'scripts', 'EACCES', 'permission denied'],
    ['a folder of a broken disk', 'scripts', 'EIO', 'EIO'],
    ['a script', 'scripts/more.sh', 'EPERM', 'permission denied'],
  ])('of %s, in words, as JSON and by --check', async (_, path, code, why) => {
    const root = repository();
    const whole = await postern(['init', root, '--json']);
    expect([whole.code, unreadIn(whole.stdout)]).toEqual([0, undefined]);
    closed.set(join(root, path), code);

    const json = await postern(['init', root, '--json']);
    const unread = [{ what: `cannot be read: ${why}`, file: path }];
    expect([json.code, unreadIn(json.stdout)]).toEqual([0, unread]);
    const words = await postern(['init', root]);
    expect([words.code, words.stdout]).toEqual([
      0,
      expect.stringContaining(`${heading}  ${path} cannot be read: ${why}\n`),
    ]);

    const same = await postern(['init', root, '--check']);
    expect([same.code, same.stderr]).toEqual([0, '']);
    expect(same.stdout).toMatch(
      new RegExp(`postern\\.yaml has what was found in the CI files.* Not read: ${path} cannot be read: ${why}\\.\\n$`),
    );
    expect(unreadIn((await postern(['init', root, '--check', '--json'])).stdout)).toEqual(unread);

    writeFileSync(join(root, 'postern.yaml'), 'version: 1\nroles: { other: { permissions: [secrets-read] } }\n');
    const differs = await postern(['init', root, '--check']);
    expect(differs.code).toBe(1);
    expect(differs.stdout).toMatch(new RegExp(`\nNot read: ${path} cannot be read: ${why}\\.\\n$`));
    expect(unreadIn((await postern(['init', root, '--check', '--json'])).stdout)).toEqual(unread);
  });

  test('of a CI file it is an error, as it is of one that is no YAML', async () => {
    const root = repository();
    closed.set(join(root, '.github/workflows/a.yml'), 'EACCES');
    const { code, stderr, stdout } = await postern(['init', root, '--json']);
    expect([code, stdout, stderr]).toEqual([
      2,
      '',
      'postern: `.github/workflows/a.yml` cannot be read: permission denied, check its mode\n',
    ]);
    const one = await postern(['init', join(root, '.github/workflows/a.yml')]);
    expect([one.code, one.stderr]).toEqual([
      2,
      `postern: \`${join(root, '.github/workflows/a.yml')}\` cannot be read: permission denied, check its mode\n`,
    ]);
  });

  test.each(['', '.github'])('where nothing else is left: %j', async (path) => {
    const root = repository();
    closed.set(join(root, path), 'EACCES');
    const { code, stderr } = await postern(['init', root]);
    expect([code, stderr]).toEqual([
      2,
      `postern: \`${path === '' ? root : path}\` cannot be read: permission denied, and no CI file that postern knows is elsewhere: check its mode\n`,
    ]);
  });

  test('of a repository that is larger than what is read', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`z${index + 10}.txt`, '']));
    const { code, stdout } = await postern(['init', repository(many), '--json']);
    expect([code, unreadIn(stdout)]).toEqual([
      0,
      [{ what: 'and what comes behind it: more than 40 files and folders', file: 'z45.txt' }],
    ]);
    const long = { 'x.sh': ':\n'.repeat(2000), 'y.sh': 'aws s3 ls\n' };
    expect(unreadIn((await postern(['init', repository(long), '--json'])).stdout)).toEqual([
      { what: 'and what comes behind it: more than 4000 characters', file: 'y.sh' },
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('of a folder and a script whose modes say so', async () => {
    const root = repository({ 'tools/x.sh': ':\n' });
    chmodSync(join(root, 'scripts/more.sh'), 0);
    chmodSync(join(root, 'tools'), 0);
    const { stdout } = await postern(['init', root, '--json']);
    chmodSync(join(root, 'tools'), 0o755);
    expect(unreadIn(stdout)).toEqual([
      { what: 'cannot be read: permission denied', file: 'scripts/more.sh' },
      { what: 'cannot be read: permission denied', file: 'tools' },
    ]);
  });
});

test('nothing is said of what nobody would read, or is gone meanwhile', async () => {
  const root = repository({ 'notes.txt': '', 'node_modules/a.sh': ':\n', 'made/b.sh': ':\n', '.gitignore': 'made\n' });
  for (const path of ['notes.txt', 'node_modules', 'made']) closed.set(join(root, path), 'EACCES');
  closed.set(join(root, 'scripts'), 'ENOENT');
  const { code, stdout } = await postern(['init', root, '--json']);
  expect([code, unreadIn(stdout)]).toEqual([0, undefined]);
});

test('a file whose whole text is the word long is not taken for one that is', async () => {
  const root = repository({ '.gitlab-ci.yml': 'long' });
  const { stderr } = await postern(['init', root, '--json']);
  expect(stderr).not.toContain('1 MiB');
});

describe('a file of a CI system that is not known', () => {
  const travis = 'script: [npm test]\nstages: [deploy]\nafter_success: [aws s3 sync dist s3://site-of-mine]\n';
  const what = 'is a file of Travis CI, which postern does not know';

  test('is said beside what is read', async () => {
    const root = repository({ '.travis.yml': travis, 'app/.travis.yml': travis });
    const { code, stdout } = await postern(['init', root, '--json']);
    expect([code, unreadIn(stdout)]).toEqual([0, [{ what, file: '.travis.yml' }]]);
    expect((await postern(['init', root])).stdout).toContain(`${heading}  .travis.yml ${what}\n`);
  });

  test('is read as no other one where it is all there is', async () => {
    const root = join(folder, 'travis');
    mkdirSync(root);
    const file = join(root, '.travis.yml');
    writeFileSync(file, travis);
    expect(await postern(['init', root])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `postern: \`.travis.yml\` ${what}, and no CI file that postern knows is elsewhere: name one\n`,
    });
    const one = await postern(['init', file]);
    expect([one.code, one.stderr]).toEqual([2, expect.stringContaining('is no CI file that postern knows')]);
  });
});
