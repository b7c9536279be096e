import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/postern.cjs', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'postern-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const names = readdirSync(examples);

test('there are three', () => {
  expect(names).toEqual(['cdk-site', 'container-service', 'terraform-gitlab']);
});

/** The files of a folder by their paths. */
function filesIn(path: string): Record<string, string> {
  const found = readdirSync(path, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return Object.fromEntries(
    found.map(({ name, parentPath }) => [
      join(parentPath, name).slice(path.length),
      readFileSync(join(parentPath, name), 'utf8'),
    ]),
  );
}

describe.each(names)('examples/%s', (name) => {
  const copy = join(folder, name);
  cpSync(join(examples, name), copy, { recursive: true });
  const postern = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: copy, encoding: 'utf8' });

  test('init --check has nothing to say', () => {
    expect(postern('init', '--check')).toMatchObject({
      status: 0,
      stdout: 'postern.yaml has what was found in the CI files, and no use case besides.\n',
      stderr: '',
    });
  });

  test('init finds every job that the roles are for', () => {
    const { jobs, notCovered, unknown } = JSON.parse(postern('init', '--json').stdout) as Record<string, object[]>;
    expect(jobs!.length).toBeGreaterThan(0);
    expect([notCovered, unknown]).toEqual([[], []]);
  });

  test('what is built is what its command builds, byte for byte', () => {
    const [, command = ''] = /```sh\npostern (build .*)\n```/.exec(readFileSync(join(copy, 'README.md'), 'utf8')) ?? [];
    const before = filesIn(join(copy, 'iam'));
    expect(Object.keys(before).length).toBeGreaterThan(0);
    rmSync(join(copy, 'iam'), { recursive: true });
    expect(postern(...command.split(' '))).toMatchObject({ status: 0, stdout: '' });
    expect(filesIn(join(copy, 'iam'))).toEqual(before);
  });

  test('the linter finds no error in the roles', () => {
    const { stdout } = postern('build');
    const linted = spawnSync(process.execPath, [program, 'lint', '-', '--fail-on', 'error'], {
      input: stdout,
      encoding: 'utf8',
    });
    expect(linted.status, linted.stdout).toBe(0);
  });
});

test('the CDK app of the site is synthesized', () => {
  const output = join(folder, 'cdk.out');
  const { status, stderr } = spawnSync(process.execPath, [join(examples, 'cdk-site/bin/site.mjs')], {
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: output },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(join(output, 'Site.template.json'), 'utf8')).toContain('AWS::CloudFront::Distribution');
}, 60_000);
