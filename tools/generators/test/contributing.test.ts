import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportName } from '../src/folders.js';
import { changedPaths, copyWorkspace } from './copy.js';

const permissions = 'packages/core/src/catalog/permissions';
const plans = 'packages/proof/src/use-cases';
const generated =
  /^(packages\/(cdk|pulumi)\/src\/(use-cases|entries)\.ts|packages\/core\/src\/(catalog\/(detections|index|items|modules|proofs)|role\/writing-actions)\.ts|packages\/proof\/src\/plans\.ts|CHANGELOG\.md|packages\/terraform\/(documents|modules)\/[^/]+\/[^/]+)$/;
const [id, other] = ['made-up-looks', 'made-up-peeks'];

let copy: string;
beforeAll(() => {
  copy = copyWorkspace();
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a program of the copy as its npm script does. */
function runSource(path: string, ...args: string[]): { readonly status: number | null; readonly output: string } {
  const flags = ['--conditions=@postern/source', '--import', 'tsx', path, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, flags, { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function generate(...args: string[]): void {
  const made = runSource('tools/generators/src/main.ts', ...args);
  expect(made.status, made.output).toBe(0);
  const announced = runSource('tools/release/src/main.ts');
  expect(announced.status, announced.output).toBe(0);
}

/** What one of the tests that CONTRIBUTING promises says of the copy: nothing where it passes. */
function failures(project: string, ...files: string[]): string {
  const args = [join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', ...files];
  const env = { ...process.env, FORCE_COLOR: '0' };
  const run = spawnSync(process.execPath, args, { cwd: join(copy, project), env, encoding: 'utf8' });
  return run.status === 0 && / passed/.test(run.stdout) ? '' : (run.stdout + run.stderr).slice(-6000);
}

function fill(name: string): void {
  const write = (path: string, fixture: string) => {
    const text = readFileSync(new URL(`./made-up/${fixture}.txt`, import.meta.url), 'utf8');
    mkdirSync(join(copy, path, name), { recursive: true });
    writeFileSync(join(copy, path, name, fixture), spelled(text, name));
  };
  write(permissions, 'entry.ts');
  write(permissions, 'cases.ts');
  write(permissions, 'detect.ts');
  write(plans, 'plan.ts');
}

const spelled = (text: string, name: string) =>
  text.replaceAll('EXPORT', exportName(name)).replaceAll("'ID'", `'${name}'`);

/** The paths outside of the folders of an entry that are not generated: an author would have had to edit them. */
function editedByHand(name: string): string[] {
  return changedPaths(copy).filter(
    (path) =>
      !path.startsWith(`${permissions}/${name}/`) && !path.startsWith(`${plans}/${name}/`) && !generated.test(path),
  );
}

/** The copy has no built program, of which the tree of the Action is made. */
const release = ['tools/release', '--exclude', 'test/action-tree.test.ts'] as const;

describe.sequential(
  'a use case more, as CONTRIBUTING says',
  () => {
    test('the skeleton builds, and its cases fail until they are written', () => {
      generate('new', id);
      expect(changedPaths(copy)).toContain(`${permissions}/${id}/entry.ts`);
      expect(failures('packages/core', 'test/catalog/cases.test.ts')).toContain('is needed by some case');
    });

    test('what it is filled with is generated, formatted and proved', () => {
      fill(id);
      generate();
      const evidence = runSource('tools/prove/src/main.ts', id, '--write');
      expect(evidence.status, evidence.output).toBe(0);
      generate();
      const prettier = join(copy, 'node_modules/prettier/bin/prettier.cjs');
      const args = [prettier, '--check', '--ignore-unknown', ...changedPaths(copy)];
      const format = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
      expect(format.status, format.stderr).toBe(0);
      expect(readFileSync(join(copy, 'CHANGELOG.md'), 'utf8')).toContain(`- **${id}** is a new use case: `);
      expect(editedByHand(id)).toEqual([]);
    });

    test.each<readonly [string, ...string[]]>([
      ['packages/core', 'test/catalog'],
      ['packages/cli', 'test/commands.test.ts', 'test/help.test.ts'],
      ['packages/cdk'],
      ['packages/pulumi', 'test/use-case-policy.test.ts', 'test/resources.test.ts'],
      ['packages/terraform'],
      ['packages/proof', 'test/evidence.test.ts', '--testNamePattern', id],
      ['tools/generators', 'test/drift.test.ts', 'test/indexes.test.ts'],
      release,
    ])('the tests of %s pass with it', (project, ...files) => {
      expect(failures(project, ...files)).toBe('');
    });

    test('a stray of it is found', () => {
      const stray = join(copy, 'packages/terraform/modules', id, 'stray.tf');
      writeFileSync(stray, '');
      expect(failures('tools/generators', 'test/drift.test.ts')).toContain('stray.tf');
      rmSync(stray);
    });

    test('a release can be cut with it, in a version of its own everywhere', () => {
      const before = changedPaths(copy);
      const owners = '.github/CODEOWNERS';
      const withVersion = ['.pre-commit-hooks.yaml', 'templates/postern.yml', 'package-lock.json'];
      const texts = [owners, 'CHANGELOG.md', 'tools/release/reasons.json', ...withVersion, ...baselines()];
      const files = new Map([...texts, ...manifests()].map((path) => [path, readFileSync(join(copy, path), 'utf8')]));
      expect(runSource('tools/release/src/main.ts', 'cut', '0.1.1')).toMatchObject({ status: 1 });
      writeFileSync(join(copy, owners), '* maintainers@postern.example\n');
      const ownerless = runSource('tools/release/src/main.ts', 'cut', '9.0.0');
      expect(ownerless).toMatchObject({ status: 1, output: expect.stringContaining('CODEOWNERS') as string });
      writeFileSync(join(copy, owners), '* @acme/postern\n');
      const cut = runSource('tools/release/src/main.ts', 'cut', '9.0.0');
      expect(cut).toMatchObject({ status: 0, output: expect.stringContaining(`new use case: ${id}`) as string });
      writeFileSync(join(copy, owners), files.get(owners)!);
      expect(failures(...release)).toBe('');
      for (const path of baselines()) rmSync(join(copy, path));
      for (const [path, text] of files) writeFileSync(join(copy, path), text);
      expect(changedPaths(copy)).toEqual(before);
    });

    test('it is renamed, and nothing of the old name is left', () => {
      for (const folder of [permissions, plans]) renameSync(join(copy, folder, id), join(copy, folder, other));
      for (const path of [
        `${permissions}/${other}/entry.ts`,
        `${permissions}/${other}/cases.ts`,
        `${permissions}/${other}/detect.ts`,
        `${plans}/${other}/plan.ts`,
      ]) {
        const text = readFileSync(join(copy, path), 'utf8');
        writeFileSync(join(copy, path), text.replaceAll(exportName(id), exportName(other)).replaceAll(id, other));
      }
      generate();
      expect(changedPaths(copy).filter((path) => path.includes(id))).toEqual([]);
      expect(existsSync(join(copy, 'packages/terraform/documents', id))).toBe(false);
      expect(editedByHand(other)).toEqual([]);
      expect(failures('packages/core', 'test/catalog')).toBe('');
      expect(failures('tools/generators', 'test/drift.test.ts', 'test/indexes.test.ts')).toBe('');
    });

    test('a folder, an id and an export that differ are named, and nothing is written', () => {
      renameSync(join(copy, permissions, other), join(copy, permissions, id));
      renameSync(join(copy, plans, other), join(copy, plans, id));
      const before = changedPaths(copy);
      const index = readFileSync(join(copy, 'packages/core/src/catalog/index.ts'), 'utf8');
      const { status, output } = runSource('tools/generators/src/main.ts');
      expect(status).toBe(2);
      expect(output).toContain(`\`${id}/entry.ts\` has no entry \`${exportName(id)}\``);
      expect(output).toContain(`\`${id}/plan.ts\` has no plan`);
      expect(readFileSync(join(copy, 'packages/core/src/catalog/index.ts'), 'utf8')).toBe(index);
      expect(changedPaths(copy)).toEqual(before);
    });

    test('it is deleted: first its plan is asked for, then the tree is what it was', () => {
      rmSync(join(copy, permissions, id), { recursive: true });
      const half = runSource('tools/generators/src/main.ts');
      expect(half).toMatchObject({
        status: 2,
        output: expect.stringContaining(`${plans}/${id}\` proves no use case`) as string,
      });
      rmSync(join(copy, plans, id), { recursive: true });
      generate();
      expect(changedPaths(copy)).toEqual([]);
      expect(existsSync(join(copy, 'packages/terraform/modules', other))).toBe(false);
    });
  },
  300_000,
);

function baselines(): string[] {
  return readdirSync(join(copy, 'tools/release/baseline')).map((name) => `tools/release/baseline/${name}`);
}

function manifests(): string[] {
  return changedOrNot().filter((path) => /^(packages|apps|tools)\/[^/]+\/package\.json$/.test(path));
}

function changedOrNot(): string[] {
  return spawnSync('git', ['ls-files'], { cwd: copy, encoding: 'utf8' }).stdout.split('\n');
}
