import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listIds } from '../src/catalog.js';
import { renderAll } from '../src/render.js';

const root = new URL('../../../', import.meta.url);
const files = await renderAll();

/** The index is formatted after it is generated, so white space and trailing commas do not count there. */
function comparable(path: string, text: string): string {
  return path.endsWith('.ts') ? text.replace(/\s+/g, '').replaceAll(',]', ']').replaceAll(',}', '}') : text;
}

test.each([...files])('%s is what its entry says; else run `npm run generate`', (path, text) => {
  expect(comparable(path, readFileSync(new URL(path, root), 'utf8'))).toBe(comparable(path, text));
});

test.each(listIds())('%s has no sample that its cases do not declare', (id) => {
  const folder = `packages/core/src/catalog/permissions/${id}/samples/`;
  const declared = [...files.keys()].filter((path) => path.startsWith(folder));
  expect(
    readdirSync(new URL(folder, root))
      .map((name) => folder + name)
      .sort(),
  ).toEqual(declared.sort());
});
