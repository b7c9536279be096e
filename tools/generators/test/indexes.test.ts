import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../src/folders.js';
import { formatAll } from '../src/format.js';
import { renderIndexes } from '../src/indexes.js';

const files = await formatAll(renderIndexes());

// Apart from the other generated files: where an index names an entry that is gone, nothing that imports it can be loaded.
test.each([...files])('%s names the folders that are there; else run `npm run generate`', (path, text) => {
  const url = new URL(path, root);
  expect(existsSync(url) ? readFileSync(url, 'utf8') : 'missing').toBe(text);
});
