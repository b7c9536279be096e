import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalog } from '@postern/core/catalog';
import { describe, expect, test } from 'vitest';
import { root } from '../src/pack.js';

interface PackedManifest {
  readonly private?: boolean;
  readonly exports?: unknown;
  readonly bin?: unknown;
}

const folders = ['packages', 'apps', 'tools']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
  .filter((path) => existsSync(join(root, path, 'package.json')));
const manifest = (path: string) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as PackedManifest;
const published = folders.filter((path) => manifest(path).private !== true);

function listPacked(path: string): string[] {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: join(root, path),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(text) as [{ files: { path: string }[] }];
  return files.map((file) => file.path);
}

/** Of development: tests and what they read, the cases and plans of entries, their samples, and what they are built of. */
const ofDevelopment =
  /(?:^|\/)(?:tests?|samples|use-cases|src|out-tsc|node_modules)\/|(?:^|\/)(?:cases\.|plan\.|evidence\.json$)|\.(?:test|spec)\.|\.tsbuildinfo$|(?:^|\/)(?:tsconfig|vitest\.config|project\.json)/;

/** The files of the package that a consumer is led to, but for the condition under which this workspace reads sources. */
function listEntryPoints(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/^\.\//, '')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '@postern/source' ? [] : listEntryPoints(inner)));
}

/** Whether a file is what an entry point leads to, with one text for every `*` of it. */
function isAt(file: string, point: string): boolean {
  const pattern = point.replace(/[.+]/g, '\\$&').replace('*', '([a-z0-9-]+)').replaceAll('*', '\\1');
  return new RegExp(`^${pattern}$`).test(file);
}

describe.each(published)('the tarball of %s', (path) => {
  const packed = listPacked(path);

  test('holds nothing of development: no test, case, plan, sample or source', () => {
    expect(packed.filter((file) => ofDevelopment.test(file))).toEqual([]);
  });

  test('holds everything that it says it has', () => {
    const { exports, bin } = manifest(path);
    const points = [...listEntryPoints(exports), ...listEntryPoints(bin)];
    expect(points.length).toBeGreaterThan(0);
    expect(points.filter((point) => !packed.some((file) => isAt(file, point)))).toEqual([]);
  });

  test('holds no script that nothing in it names', () => {
    const { exports, bin } = manifest(path);
    const points = [...listEntryPoints(exports), ...listEntryPoints(bin)];
    const scripts = packed.filter((file) => /\.(js|cjs|mjs|json|cache)$/.test(file) && file !== 'package.json');
    const texts = new Map(scripts.map((file) => [file, readFileSync(join(root, path, file), 'latin1')]));
    const unnamed = scripts.filter((file) => {
      if (points.some((point) => isAt(file, point)) || file.endsWith('/cjs/package.json')) return false;
      const name = basename(file);
      // The launcher makes the name of a code cache from that of its script.
      const cached = file.replace(/\.cache$/, '.cjs');
      if (cached !== file && texts.has(cached))
        return ![...texts.values()].some((text) => text.includes('/cjs$/,"cache"'));
      return ![...texts].some(([other, text]) => other !== file && text.includes(name));
    });
    // Documents of Terraform read this one.
    expect(unnamed.filter((file) => file !== 'documents/partitions.json')).toEqual([]);
  });

  test('holds no types of a file that is no more', () => {
    const strays = packed.filter((file) => {
      if (!/^dist\/.*\.d\.ts$/.test(file)) return false;
      const source = join(root, path, file.replace(/^dist\/(?:cjs\/)?/, 'src/').replace(/\.d\.ts$/, ''));
      return !['.ts', '.tsx', '.mts'].some((end) => existsSync(source + end));
    });
    expect(strays).toEqual([]);
  });

  test('its types lead to no file that is left out', () => {
    const missing = packed
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(root, path, file), 'utf8');
        const named = [...text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)];
        return named.map(([, relative]) => join(file, '..', `${relative}.d.ts`));
      })
      .filter((file) => !packed.includes(file));
    expect([...new Set(missing)]).toEqual([]);
  });
});

test('the tarball of the catalog holds each entry and each proof alone, in both kinds of modules', () => {
  const packed = listPacked('packages/core');
  for (const { id } of catalog)
    for (const kind of ['catalog', 'proofs'])
      expect(packed).toEqual(expect.arrayContaining([`dist/${kind}/${id}.js`, `dist/cjs/${kind}/${id}.js`]));
  expect(packed.filter((file) => /\/(catalog|proofs)\/[^/]+\.js$/.test(file))).toHaveLength(4 * catalog.length);
});

test('the tarball of the command line holds each entry and each proof alone', () => {
  const packed = listPacked('apps/cli');
  const named = catalog.flatMap(({ id }) => [`dist/catalog/${id}.json`, `dist/proofs/${id}.json`]);
  expect(packed.filter((file) => /^dist\/(catalog|proofs)\/[^/]+$/.test(file)).sort()).toEqual(named.sort());
});
