import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('apps/cli/package.json')) as { version: string };
const folder = mkdtempSync(join(tmpdir(), 'postern-where-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tools = join(folder, 'tools');
const shop = join(folder, 'my wärehouse');

/** In the place of npx: the built program, where the release of this repository is asked for. */
const npx = `#!/bin/sh
[ "$1 $2" = '--yes postern@${version}' ] || { echo "npx is asked for $*" >&2; exit 99; }
shift 2
exec "${process.execPath}" "${join(root, 'apps/cli/dist/postern.cjs')}" "$@"
`;

const workflow = `on: { push: { branches: [main] } }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: 'arn:aws:iam::111122223333:role/ship', aws-region: eu-west-1 }
      - run: aws s3 sync dist s3://acme-site
`;
const config = (buckets: string) => `version: 1
account: '111122223333'
region: eu-west-1
roles:
  ship:
    trust: { github-actions: { owner: acme, ownerId: '1001', repository: shop, repositoryId: '1002', branches: [main] } }
    permissions: { static-site-s3-cloudfront: { buckets: [${buckets}], command: sync, wholeBucket: true } }
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(shop, path)), { recursive: true });
  writeFileSync(join(shop, path), text);
}

const git = (...args: string[]) => {
  const made = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: shop,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(made.stderr);
  return made.stdout.trim();
};

let base: string;
beforeAll(() => {
  mkdirSync(tools);
  writeFileSync(join(tools, 'npx'), npx);
  chmodSync(join(tools, 'npx'), 0o755);
  write('.github/workflows/ship.yml', workflow);
  write('postern.yaml', config('acme-site'));
  const statement = { Effect: 'Allow', Action: 's3:Getobjct', Resource: '*' };
  write('policies/a file.json', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'before');
  base = git('rev-parse', 'HEAD');
  write('postern.yaml', config('acme-site, acme-other'));
  git('commit', '--quiet', '--all', '-m', 'after');
});

const environment = { ...process.env, PATH: `${tools}:${process.env['PATH']}` };

describe('the component of GitLab CI', () => {
  const text = read('templates/postern.yml');
  const documents = parseAllDocuments(text);
  const [header, body] = documents.map((one) => one.toJS() as Record<string, Record<string, unknown>>);
  const inputs = header!['spec']!['inputs'] as Record<string, { description: string; default: string }>;
  const job = body!['postern'] as unknown as {
    variables: Record<string, string>;
    script: string[];
    artifacts: { reports: { codequality: string } };
  };

  /** Runs its script as the runner does. GitLab puts inputs in where their names stand, before it reads the YAML. */
  function run(given: Record<string, string>, env: Record<string, string>, shell = 'sh') {
    const filled = text
      .split('\n---\n')[1]!
      .replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, input: string) => given[input] ?? inputs[input]!.default);
    const { postern } = parse(filled) as { postern: typeof job };
    for (const value of Object.values(postern.variables)) expect(typeof value).toBe('string');
    return spawnSync(shell, ['-e', '-c', postern.script.join('\n')], {
      cwd: shop,
      encoding: 'utf8',
      env: { ...environment, CI_PROJECT_DIR: shop, ...postern.variables, ...env },
    });
  }

  test('is two documents without problems: its inputs, and the job', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(documents).toHaveLength(2);
    expect(Object.keys(body!)).toEqual(['postern']);
  });

  test('every input is used, is described and has a default, and no other is used', () => {
    const used = [...text.split('\n---\n')[1]!.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name!);
    expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
    for (const input of Object.values(inputs)) expect(Object.keys(input)).toEqual(['description', 'default']);
    expect(inputs['version']!.default).toBe(version);
  });

  test('its script holds no input, which GitLab would paste into it', () => {
    expect(job.script.join('\n')).not.toContain('$[[');
  });

  test.each(['sh', 'bash'])('in a merge request it says what is granted, in %s', (shell) => {
    const { status, stderr, stdout } = run({}, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }, shell);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('postern.yaml has what was found in the CI files');
    expect(stdout).toContain('ship: changed');
    expect(run({ 'fail-on': 'wider' }, { CI_COMMIT_BEFORE_SHA: base }, shell).status).toBe(1);
  });

  test('without a commit before, that is said', () => {
    const { status, stdout } = run({}, { CI_COMMIT_BEFORE_SHA: '0'.repeat(40) });
    expect(status).toBe(0);
    expect(stdout).toContain('postern plan: not run');
  });

  test('policies are linted into a report of code quality, also of files with blanks', () => {
    const { status } = run({ lint: 'policies/a file.json,policies/*.json' }, { CI_COMMIT_BEFORE_SHA: '' });
    const report = join(shop, job.artifacts.reports.codequality);
    const found = JSON.parse(readFileSync(report, 'utf8')) as { check_name: string; location: { path: string } }[];
    rmSync(report);
    expect(status).toBe(1);
    expect(found).toContainEqual(
      expect.objectContaining({
        check_name: 'unknown-action',
        location: expect.objectContaining({ path: 'policies/a file.json' }) as object,
      }),
    );
  });

  test.each(['sh', 'bash'])(
    'what cannot be linted leaves no report, in which all would look mended, in %s',
    (shell) => {
      const { status, stderr } = run({ lint: 'policies/*.json,nowhere.json' }, { CI_COMMIT_BEFORE_SHA: '' }, shell);
      expect(status).toBe(1);
      expect(stderr).toContain('`nowhere.json` cannot be read');
      expect(existsSync(join(shop, job.artifacts.reports.codequality))).toBe(false);
    },
  );

  test('a pattern is for postern to read, and no pattern of the shell', () => {
    const statement = { Effect: 'Allow', Action: 's3:Getobjct', Resource: '*' };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    for (const path of ['deep/a.json', 'deep/er/a.json']) write(`patterns/${path}`, text);
    run({ lint: 'patterns/**/*.json' }, { CI_COMMIT_BEFORE_SHA: '' });
    const report = join(shop, job.artifacts.reports.codequality);
    const found = JSON.parse(readFileSync(report, 'utf8')) as { location: { path: string } }[];
    rmSync(report);
    rmSync(join(shop, 'patterns'), { recursive: true });
    expect(found.map(({ location }) => location.path)).toEqual(
      expect.arrayContaining(['patterns/deep/a.json', 'patterns/deep/er/a.json']),
    );
  });

  test('what differs fails the job, and the plan is made still', () => {
    write('other/.github/workflows/ship.yml', workflow);
    write('other/postern.yaml', config('acme-other'));
    const { status, stdout } = run({ path: 'other' }, { CI_COMMIT_BEFORE_SHA: '' });
    rmSync(join(shop, 'other'), { recursive: true });
    expect(status).toBe(1);
    expect(stdout).toContain('buckets: [acme-site]');
    expect(stdout).toContain('postern plan: not run');
  });

  test('texts are no commands, and a step that fails does not hide the next', () => {
    const hostile = '$(touch hacked); touch hacked';
    const found = run({ lint: hostile, 'fail-on': hostile }, { CI_COMMIT_BEFORE_SHA: base });
    expect(found.status).toBe(1);
    expect(found.stderr).toContain('--fail-on');
    expect(existsSync(join(shop, 'hacked'))).toBe(false);
    rmSync(join(shop, job.artifacts.reports.codequality), { force: true });
    expect(run({ path: 'none' }, {}).status).not.toBe(0);
  });
});

describe('the hooks of pre-commit', () => {
  interface Hook {
    readonly id: string;
    readonly name: string;
    readonly entry: string;
    readonly language: string;
    readonly files: string;
    readonly pass_filenames?: boolean;
    readonly types?: readonly string[];
  }
  const hooks = parse(read('.pre-commit-hooks.yaml')) as Hook[];
  const hook = (id: string) => hooks.find((one) => one.id === id)!;
  /** As pre-commit does: the files stand behind the entry, where they are not declined. */
  const run = ({ entry, pass_filenames: passes = true }: Hook, ...files: string[]) =>
    spawnSync('sh', ['-c', `exec ${entry} "$@"`, 'sh', ...(passes ? files : [])], {
      cwd: shop,
      encoding: 'utf8',
      env: environment,
    });

  test('name the release, and what they need', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['postern-init-check', 'postern-lint']);
    for (const { entry, language } of hooks) {
      expect(entry).toMatch(new RegExp(`^npx --yes postern@${version.replaceAll('.', '\\.')} `));
      expect(language).toBe('system');
    }
  });

  test('take the files that they are for', () => {
    const paths = [
      '.github/workflows/a.yml',
      'postern.yaml',
      'a/.gitlab-ci.yml',
      'main.tf',
      'README.md',
      'a/policies/b.json',
    ];
    const taken = (id: string) => paths.filter((path) => new RegExp(hook(id).files).test(path));
    expect(taken('postern-init-check')).toEqual(paths.slice(0, 4));
    expect(taken('postern-lint')).toEqual(paths.slice(5));
  });

  test('their entries run, with files and without', () => {
    expect(run(hook('postern-init-check'), 'postern.yaml', 'main.tf')).toMatchObject({ status: 0 });
    const { status, stdout } = run(hook('postern-lint'), 'policies/a file.json');
    expect(status).toBe(1);
    expect(stdout).toContain('s3:Getobjct');
    expect(run(hook('postern-lint'), '--json').stderr).toContain('`--json` cannot be read');
  });

  const lacksPreCommit = spawnSync('pre-commit', ['--version']).error !== undefined;
  test('pre-commit itself takes and runs them', ({ skip }) => {
    skip(lacksPreCommit, 'pre-commit is missing');
    const tried = join(folder, 'hooks');
    mkdirSync(tried);
    writeFileSync(join(tried, '.pre-commit-hooks.yaml'), read('.pre-commit-hooks.yaml'));
    for (const words of [
      ['init', '--quiet'],
      ['add', '.'],
      ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'a'],
    ])
      expect(spawnSync('git', words, { cwd: tried }).status).toBe(0);
    const args = ['try-repo', tried, '--all-files', '--verbose'];
    const { status, stdout } = spawnSync('pre-commit', args, {
      cwd: shop,
      encoding: 'utf8',
      env: { ...environment, PRE_COMMIT_HOME: join(folder, 'cache') },
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/postern\.yaml has what the CI files need\.+Passed/);
    expect(stdout).toMatch(/policies have no mistakes that postern knows\.+Failed/);
  });
});

/** No container is built here: its steps are read, and what it packs is packed. */
describe('the container file', () => {
  const steps = read('apps/cli/Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^(\w+) (.*)$/.exec(line)!.slice(1) as [string, string]);
  const all = (name: string) => steps.filter(([step]) => step === name).map(([, rest]) => rest);

  test('is two stages of images that are pinned by their versions', () => {
    expect(all('FROM')).toHaveLength(2);
    for (const image of all('FROM')) expect(image).toMatch(/^node:\d+\.\d+\.\d+-bookworm(?:-slim)?(?: AS build)?$/);
  });

  test('runs postern, not as root, in the folder that is mounted', () => {
    const last = steps.slice(steps.findLastIndex(([step]) => step === 'FROM'));
    expect(last.slice(-4)).toEqual([
      ['USER', 'node'],
      ['WORKDIR', '/work'],
      ['ENTRYPOINT', '["postern"]'],
      ['CMD', '["--help"]'],
    ]);
    expect(last.filter(([step]) => step === 'ADD')).toEqual([]);
    // Git refuses a folder of another owner, and `plan --since` asks git.
    expect(last).toContainEqual(['RUN', "git config --system --add safe.directory '*'"]);
  });

  test('takes nothing that was built here', () => {
    expect(read('apps/cli/Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['**/node_modules', '**/dist', '.git']),
    );
  });

  test('packs what it copies', () => {
    const [packing] = all('RUN').filter((one) => one.startsWith('npm pack'));
    expect(packing).toBe('npm pack --workspace postern --pack-destination /tmp');
    expect(all('COPY')).toContain('--from=build /tmp/postern-*.tgz /tmp/postern/');
    const args = packing!.split(' ').slice(1, -1);
    const made = spawnSync('npm', [...args, folder], { cwd: root, encoding: 'utf8' });
    expect(made.status, made.stderr).toBe(0);
    expect(readdirSync(folder).filter((name) => /^postern-.*\.tgz$/.test(name))).toEqual([`postern-${version}.tgz`]);
  });
});

test('the README shows inputs and hooks that there are', () => {
  const blocks = [...read('README.md').matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => parse(text!) as object);
  const [component] = blocks.flatMap((one) => ('include' in one ? (one.include as { inputs: object }[]) : []));
  const [repository] = blocks.flatMap((one) => ('repos' in one ? (one.repos as { hooks: { id: string }[] }[]) : []));
  const [header] = parseAllDocuments(read('templates/postern.yml')).map(
    (one) => one.toJS() as { spec: { inputs: object } },
  );
  expect(Object.keys(header!.spec.inputs)).toEqual(expect.arrayContaining(Object.keys(component!.inputs)));
  const hooks = parse(read('.pre-commit-hooks.yaml')) as { id: string }[];
  expect(repository!.hooks.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
});
