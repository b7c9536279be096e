import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../src/folders.js';
import { renderAll } from '../src/render.js';
import { findOrphans, findStrays } from '../src/strays.js';

const files = await renderAll();

test.each([...files])('%s is what its entry says; else run `npm run generate`', (path, text) => {
  const url = new URL(path, root);
  expect(existsSync(url) ? readFileSync(url, 'utf8') : 'missing').toBe(text);
});

test('nothing stands that no entry gives any more; else run `npm run generate`', () => {
  expect(findStrays(files)).toEqual([]);
});

test('nothing is written by hand for an entry that is not there', () => {
  expect(findOrphans()).toEqual([]);
});
