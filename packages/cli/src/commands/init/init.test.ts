import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { postern } from '../../../test/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

const workflow = `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: arn:aws:iam::111122223333:role/ship
          aws-region: \${{ vars.REGION }}
      - run: aws ecs update-service --cluster main --service web --force-new-deployment
      - run: aws rds create-db-snapshot --db-instance-identifier a
`;

let repositories = 0;
function repository(files: Readonly<Record<string, string | Buffer>>): string {
  const root = join(folder, `${(repositories += 1)} wärehouse`);
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const usual = { '.github/workflows/ship.yml': workflow };

describe('what is found', () => {
  test('is one object of JSON', async () => {
    const { code, stdout } = await postern(['init', repository(usual), '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(told)).toEqual(['jobs', 'roles', 'questions', 'notCovered', 'unknown']);
    expect(told['jobs']).toEqual([
      {
        useCase: 'ecs-service-deployment',
        certain: true,
        options: { cluster: 'main', services: ['web'], client: 'aws-cli', newTaskDefinition: false },
        open: expect.arrayContaining(['region', 'account']) as unknown,
        at: [{ file: '.github/workflows/ship.yml', line: 10 }],
        role: 'ship',
      },
    ]);
    expect(told['roles']).toMatchObject([{ name: 'ship', jobs: [0] }]);
    expect(told['questions']).toContainEqual(
      expect.objectContaining({ job: 0, option: 'region', from: ['vars.REGION'] }),
    );
    expect(told['notCovered']).toEqual([
      { what: 'aws rds create-db-snapshot', file: '.github/workflows/ship.yml', line: 11 },
    ]);
  });

  test('is told in words', async () => {
    const { code, stdout } = await postern(['init', repository(usual), '--no-input']);
    expect(code).toBe(0);
    expect(stdout).toContain('Read 1 CI file: found 1 job on AWS under 1 role');
    expect(stdout).toContain('region: ? (from vars.REGION, not in this repository)');
    expect(stdout).toContain('.github/workflows/ship.yml:11 aws rds create-db-snapshot');
  });

  test('is the same of one file', async () => {
    const root = repository(usual);
    const whole = await postern(['init', root, '--json']);
    const one = await postern(['init', join(root, '.github/workflows/ship.yml'), '--json']);
    expect(one.stdout).toBe(whole.stdout);
  });

  test('is nothing where no job uses AWS', async () => {
    const text = 'on: push\njobs: { a: { runs-on: x, steps: [{ run: "true" }] } }\n';
    const { code, stdout } = await postern(['init', repository({ '.github/workflows/a.yml': text }), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ jobs: [], roles: [], questions: [], notCovered: [], unknown: [] });
  });

  test('is nothing to write where no job uses AWS, which is said, and --check sends nobody back to it', async () => {
    const text = 'on: push\njobs: { a: { runs-on: x, steps: [{ run: "true" }] } }\n';
    const root = repository({ '.github/workflows/a.yml': text });
    const { code, stdout } = await postern(['init', root]);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(-3)).toEqual([
      '',
      'No postern.yaml is written: no role that a CI job has on AWS was found.',
      '',
    ]);
    expect(readdirSync(root)).toEqual(['.github']);
    const checked = await postern(['init', root, '--check']);
    expect([checked.code, checked.stderr]).toEqual([
      2,
      `postern: \`${root}\` has no \`postern.yaml\` to check, and \`postern init\` finds no role to write: write it by hand, or leave the check out\n`,
    ]);
    writeFileSync(join(root, 'postern.yaml'), 'version: 1\nroles: {}\n');
    expect((await postern(['init', root])).stdout).not.toContain('No postern.yaml');
  });

  test('is never written through a link that leads to nothing', async () => {
    const root = repository(usual);
    const outside = join(folder, 'outside.yaml');
    symlinkSync(outside, join(root, 'postern.yaml'));
    for (const flags of [[], ['--check']]) {
      const { code, stderr } = await postern(['init', root, ...flags]);
      expect([code, stderr]).toEqual([
        2,
        `postern: \`${join(root, 'postern.yaml')}\` is a link that leads to no file: remove it, or mend it\n`,
      ]);
    }
    expect(existsSync(outside)).toBe(false);
  });

  test('is not what others wrote: packages, submodules and what links lead to', async () => {
    const other = repository({
      'sub/.git': 'gitdir: ../.git/modules/sub\n',
      'sub/.github/workflows/a.yml': workflow,
      ...usual,
    });
    mkdirSync(join(other, 'node_modules/x/.github/workflows'), { recursive: true });
    writeFileSync(join(other, 'node_modules/x/.github/workflows/a.yml'), workflow);
    symlinkSync('..', join(other, '.github/up'));
    symlinkSync('loop', join(other, 'loop'));
    writeFileSync(join(other, 'binary'), Buffer.from([0, 1, 2]));
    writeFileSync(join(other, 'package-lock.yaml'), Buffer.alloc(20 * 1024 * 1024, 'a: b\n'));
    const { stdout } = await postern(['init', other]);
    expect(stdout).toContain('Read 1 CI file: ');
  });
});

test('what CI jobs are seen to use is read: the configuration of Docker, a justfile and a Taskfile', async () => {
  const root = repository({
    '.gitlab-ci.yml': `a:\n  script: [just ship, task ship]\n`,
    justfile: 'ship:\n    cp .docker/config.json ~/.docker/config.json\n    docker push $IMAGE\n',
    'Taskfile.yml': "version: '3'\ntasks:\n  ship: aws s3 sync dist s3://site --delete\n",
    '.docker/config.json': '{ "credHelpers": { "111122223333.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login" } }',
  });
  const { stdout } = await postern(['init', root, '--json']);
  const { jobs } = JSON.parse(stdout) as { jobs: { useCase: string; options: Record<string, unknown> }[] };
  expect(jobs.map(({ useCase }) => useCase).sort()).toEqual(['ecr-docker-push', 'static-site-s3-cloudfront']);
  expect(jobs.find(({ useCase }) => useCase === 'ecr-docker-push')!.options).toMatchObject({ account: '111122223333' });
});

test('the projects of Nx are read, whose commands a job runs', async () => {
  const root = repository({
    '.gitlab-ci.yml': 'a:\n  script: [npx nx run site:deploy]\n',
    'apps/site/project.json': '{ "targets": { "deploy": { "command": "aws s3 sync dist s3://pages/site" } } }',
  });
  const { stdout } = await postern(['init', root, '--json']);
  const { jobs } = JSON.parse(stdout) as { jobs: { useCase: string; options: Record<string, unknown> }[] };
  expect(jobs.map(({ options }) => options)).toEqual([expect.objectContaining({ buckets: ['pages'] })]);
});

test('what git leaves out is not read, nearest patterns first', async () => {
  const job = 'a: { script: [aws rds describe-db-instances] }\n';
  const root = repository({
    ...usual,
    '.gitignore': '*.d/\n/made\nkept.yml\n',
    'made/.gitlab-ci.yml': job,
    'x.d/.gitlab-ci.yml': job,
    'sub/.gitignore': '!kept.d/\n',
    'sub/kept.d/.gitlab-ci.yml': job,
    'sub/made/.gitlab-ci.yml': job,
  });
  const { stdout } = await postern(['init', root, '--no-input']);
  expect(stdout).toContain('Read 3 CI files: ');
  expect(stdout).toContain('sub/kept.d/.gitlab-ci.yml:1');
  expect(stdout).toContain('sub/made/.gitlab-ci.yml:1');
});

describe('bad input is told in one sentence', () => {
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['a path that is not there', () => join(folder, 'nowhere'), 'is not there: name the folder'],
    ['a folder without CI', () => repository({ 'README.md': 'x' }), 'has no CI file that postern knows'],
    [
      'a workflow that is no YAML',
      () => repository({ '.github/workflows/a.yml': 'on: push\njobs: {\n' }),
      '`.github/workflows/a.yml` line ',
    ],
    [
      'a file that is no CI file',
      () => join(repository({ 'a.yml': 'a: b\n' }), 'a.yml'),
      'is no CI file that postern knows',
    ],
    ['a file that is no text', () => join(repository({ a: Buffer.from([0, 1]) }), 'a'), 'is no text: name a CI file'],
    [
      'a file that is too large',
      () => join(repository({ 'a.yml': Buffer.alloc(5 * 1024 * 1024, 'a: b\n') }), 'a.yml'),
      'is larger than 4 MiB',
    ],
  ];

  test.each(cases)('%s', async (_, path, says) => {
    const { code, stdout, stderr } = await postern(['init', path(), '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(says);
  });

  test.each([
    ['UTF-16', Buffer.from(workflow, 'utf16le')],
    ['Latin-1', Buffer.from('# \u00e9\n', 'latin1')],
    ['too long', Buffer.alloc(2 * 1024 * 1024, 'a: b\n')],
  ])('a workflow that is no text: %s', async (_, content) => {
    const { code, stderr } = await postern(['init', repository({ '.github/workflows/a.yml': content }), '--json']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'postern: `.github/workflows/a.yml` is no text in UTF-8 of at most 1 MiB: write it as text, or remove it\n',
    );
  });

  test.each([300, 1500, 5000])('a workflow that is nested %i deep is read, or told in one sentence', async (depth) => {
    const text = `on: push\njobs: ${'{ a: '.repeat(depth)}b${' }'.repeat(depth)}\n`;
    const { code, stderr } = await postern(['init', repository({ '.github/workflows/a.yml': text }), '--json']);
    if (code !== 0)
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('nested too deep') as unknown });
  });

  test('all of it at once', async () => {
    const broken = 'on: push\njobs: {\n';
    const root = repository({ '.github/workflows/a.yml': broken, '.github/workflows/b.yml': broken, ...usual });
    const { code, stderr } = await postern(['init', root]);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  test('a link that leads to itself', async () => {
    const root = repository(usual);
    symlinkSync('itself', join(root, 'itself'));
    const { code, stderr } = await postern(['init', join(root, 'itself')]);
    expect(code).toBe(2);
    expect(stderr).toContain('is a link that leads to itself');
  });
});

describe('what nobody knows', () => {
  const silent = (env: string, step: string) => ({
    '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    env: { ${env} }\n    steps:\n      - run: ${step}\n`,
  });
  const keys = 'AWS_ACCESS_KEY_ID: "${{ secrets.K }}", AWS_SECRET_ACCESS_KEY: "${{ secrets.S }}"';
  const unread =
    'Only CI files and the scripts they call are read: what a program asks of AWS through an SDK is not known.';

  test('is said of a job that signs in and shows nothing of what it does', async () => {
    const root = repository(silent(keys, 'python deploy.py'));
    const { code, stdout } = await postern(['init', root]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `\nSigns in to AWS, and what it does there is not known:\n  .github/workflows/a.yml:3 a\n\n${unread}\n`,
    );
    const json = await postern(['init', root, '--json']);
    expect((JSON.parse(json.stdout) as { unknown: unknown }).unknown).toEqual([
      { what: 'a', file: '.github/workflows/a.yml', line: 3 },
    ]);
  });

  test.each([
    ['nobody signs in', silent('A: b', 'python deploy.py')],
    [
      'the keys are for another vendor',
      silent(`${keys}, AWS_ENDPOINT_URL: "https://x.r2.cloudflarestorage.com"`, 'aws s3 ls'),
    ],
    ['something it does is found', silent(keys, 'aws ssm get-parameter --name /a')],
    ['something it does is told', silent(keys, 'aws rds describe-db-instances')],
  ])('is not told where %s', async (_, files) => {
    const { stdout } = await postern(['init', repository(files)]);
    expect(stdout).not.toContain('Signs in to AWS');
    expect(stdout).toContain(unread);
  });
});
