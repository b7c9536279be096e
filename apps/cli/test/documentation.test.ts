import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'apps/cli/dist/postern.cjs');
const readme = read('README.md');
const clone = 'npm ci && npm run --silent postern -- ';

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The fenced blocks of a text in a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp('```' + language + '\\n(.*?)```', 'gs'))].map((match) => match[1]!);
}

/** Whether a command runs another program, and whether that is there; CI requires that it is. */
function lacks(command: string): boolean {
  const [, other] = /^postern .* -- (\w+)/.exec(command) ?? [];
  if (other === undefined || (process.env['POSTERN_REQUIRE'] ?? '').split(',').includes(other)) return false;
  return spawnSync(other, ['--version']).error !== undefined;
}

const commands = blocks(readme, 'sh').flatMap((block) => block.trimEnd().split('\n'));

/** A folder with the `postern.yaml` that the README shows. */
const folderWithRoles = mkdtempSync(join(tmpdir(), 'postern-readme-'));
afterAll(() => rmSync(folderWithRoles, { recursive: true }));
const [roles = ''] = blocks(readme, 'yaml').filter((block) => block.startsWith('# yaml-language-server'));
writeFileSync(join(folderWithRoles, 'postern.yaml'), roles);
/** What accounts have that have what it says. */
const account = spawnSync(process.execPath, [program, 'build'], { cwd: folderWithRoles, encoding: 'utf8' }).stdout;
writeFileSync(join(folderWithRoles, 'account.json'), account);

describe('the README', () => {
  test('has the two commands', () => {
    expect(commands.filter((command) => command.startsWith(clone))).toHaveLength(1);
    expect(commands).toContain('npm ci && npm test');
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/npm ci.* && npm test/);
  });

  test.for(commands.filter((command) => command !== 'npm ci && npm test'))('%s', (command, { skip }) => {
    skip(lacks(command), 'the program is missing');
    const words = command.replace(clone, 'postern ').match(/"[^"]*"|\S+/g)!;
    const args = words.slice(1).map((word) => word.replace(/^"(.*)"$/, '$1'));
    const isOfFile = args[0] === 'build' || args.includes('postern.yaml');
    const cwd = isOfFile ? folderWithRoles : process.cwd();
    const { status, stderr, stdout } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8' });
    expect(status).toBe(0);
    if (args[0] === 'generate' && !args.includes('--format')) {
      const documents = [JSON.parse(stdout) as { Statement: unknown[] }].flat();
      expect(documents.length).toBeGreaterThan(0);
      for (const { Statement } of documents) expect(Statement.length).toBeGreaterThan(0);
    } else expect((args.includes('--output') ? stderr : stdout).length).toBeGreaterThan(20);
  });

  test('every folder and file it links to exists', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(() => readFileSync(join(root, link)), link).not.toThrow(/ENOENT/);
  });
});

describe('ARCHITECTURE', () => {
  const page = read('ARCHITECTURE.md');
  const files = spawnSync('git', ['ls-files'], { encoding: 'utf8', cwd: root }).stdout.split('\n');
  const named = [...page.matchAll(/(?<![@\w./-])[\w./-]*\w\/[\w./-]+|\b[\w-]+\.(?:ts|json)\b/g)].map(
    (match) => match[0],
  );

  test('fits on a screen or two', () => {
    expect(page.split('\n').length).toBeLessThan(90);
  });

  test('names files and folders', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(named.length).toBeGreaterThan(20);
  });

  const rooms = [...page.matchAll(/^packages\/core\/src\/([\w-]+) /gm)].map((match) => match[1]!);

  test('names every room of core, each after those that it may import, as lint has them', () => {
    const all = files.flatMap((file) => /^packages\/core\/src\/([\w-]+)\//.exec(file)?.[1] ?? []);
    expect([...rooms].sort()).toEqual([...new Set(all)].sort());
    const held = /const rooms = \[([^\]]*)\]/.exec(read('.dependency-cruiser.mjs'))?.[1];
    expect(held).toBe(rooms.map((room) => `'${room}'`).join(', '));
  });

  /** Rows of the table that say which files of a folder are written by hand. */
  const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\| (\d): (.+?) *\|$/gm)].map(([, what, where, count, said]) => ({
    what: what!,
    places: [...where!.matchAll(/`([\w/-]+)`/g)].map((match) => match[1]!),
    count: Number(count),
    named: [...said!.matchAll(/`([\w-]+\.ts)`/g)].map((match) => match[1]!),
  }));

  test('says of the folders where something is added which files are written by hand', () => {
    expect(rows.length).toBeGreaterThan(4);
  });

  test.each(rows)('$what is $count files: those that every folder has', ({ places, count, named: said }) => {
    expect(said).toHaveLength(count);
    const common = places.flatMap((place) => {
      const folders = new Map<string, string[]>();
      for (const file of files) {
        const [, folder, name] = new RegExp(`^${place}/([^/]+)/([^/]+\\.ts)$`).exec(file) ?? [];
        if (folder !== undefined && name !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), name]);
      }
      expect(folders.size).toBeGreaterThan(5);
      // The registry of containers has no model of AWS, and so no names of one.
      const whole = [...folders.values()].filter(
        (list) => list.includes(said[0]!) || !places[0]!.includes('/services'),
      );
      return whole[0]!.filter((name) => whole.every((list) => list.includes(name)));
    });
    expect(common.sort()).toEqual([...said].sort());
  });

  test.each([...new Set(named)])('%s exists', (name) => {
    const there = files.some((file) => file === name || file.startsWith(`${name}/`) || file.endsWith(`/${name}`));
    expect(there).toBe(true);
  });
});

describe.each([
  'README.md',
  'packages/core/README.md',
  'packages/cli/README.md',
  'packages/sandbox/README.md',
  'packages/proof/README.md',
  'packages/why/README.md',
])('the TypeScript of %s', (path) => {
  const examples = blocks(read(path), 'ts');

  test('is there', () => {
    expect(examples).not.toEqual([]);
  });

  test.each(examples)('runs and prints what its comments say', (source) => {
    const folder = mkdtempSync(join(root, 'apps/cli/out-tsc-readme-'));
    try {
      writeFileSync(join(folder, 'example.ts'), source);
      const args = ['--conditions=@postern/source', '--import', 'tsx', join(folder, 'example.ts')];
      const env = { ...process.env, FORCE_COLOR: '0' };
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root, env });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const said = [...source.matchAll(/\/\/ (.*)$/gm)].map((match) => match[1]!);
      expect(stdout.trimEnd().split('\n').slice(-said.length)).toEqual(said);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
