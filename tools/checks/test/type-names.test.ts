import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const notSource = new Set(['node_modules', 'dist', 'out-tsc', 'tmp', 'test', 'examples']);

function listSources(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((item) => {
    const path = `${folder}/${item.name}`;
    if (item.isDirectory()) return notSource.has(item.name) ? [] : listSources(path);
    return /\.tsx?$/.test(item.name) && !/\.(?:test|d)\.ts$/.test(item.name) ? [path] : [];
  });
}

/** A package is one, and so is each plan of a proof, which no other file imports but by its folder. */
const roomOf = (path: string): string => /^(?:packages\/proof\/src\/use-cases\/[^/]+|[^/]+\/[^/]+)/.exec(path)![0];

/** The types that several files of a room export, with the files. */
function findRepeated(files: readonly (readonly [path: string, text: string])[]): string[] {
  const found = new Map<string, string[]>();
  for (const [path, text] of files)
    for (const [, name] of text.matchAll(/^export (?:declare )?(?:type|interface) (\w+)/gm)) {
      const key = `${roomOf(path)}: ${name}`;
      found.set(key, [...(found.get(key) ?? []), path]);
    }
  return [...found].filter(([, paths]) => paths.length > 1).map(([key, paths]) => `${key} in ${paths.join(' and ')}`);
}

test('one word is one thing: no two files of a package export a type of the same name', () => {
  const sources = ['packages', 'apps', 'tools'].flatMap(listSources);
  expect(sources.length).toBeGreaterThan(300);
  expect(findRepeated(sources.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]))).toEqual([]);
});

test('a name that two files export would be found, and one of a plan beside another plan is its own', () => {
  const [type, other] = ['export type Place = string;', 'x;\nexport interface Place {}'];
  const repeated = (...paths: readonly [string, string]) =>
    findRepeated([
      [paths[0], type],
      [paths[1], other],
    ]).length;
  expect(repeated('packages/core/src/a.ts', 'packages/core/src/b/c.ts')).toBe(1);
  expect(repeated('packages/core/src/a.ts', 'packages/why/src/a.ts')).toBe(0);
  expect(repeated('packages/proof/src/use-cases/a/x.ts', 'packages/proof/src/use-cases/b/x.ts')).toBe(0);
  expect(repeated('packages/proof/src/use-cases/a/x.ts', 'packages/proof/src/use-cases/a/y.ts')).toBe(1);
});
