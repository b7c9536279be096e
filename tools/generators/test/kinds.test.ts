import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { kindsPath, listKinds, root } from '../src/folders.js';

const names = listKinds().join('|');
/** A look at the kind of an option, whatever the variable is called, and a switch over it. */
const asking = new RegExp(`\\bkind\\b\\s*[!=]==?\\s*'(?:${names})'|switch \\((?:[\\w.?!]*\\.)?option[?!]?\\.kind\\)`);

test.each([
  [`if (option?.kind === 'list') return;`],
  [`  switch (option.kind) {`],
  [`const all = about?.kind !== 'switch' && about.scoped;`],
  [`switch (declared.option.kind) {`],
])('asking is found: %s', (line) => {
  expect(line).toMatch(asking);
});

test('only the files of kinds/ know a kind by its name', () => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'packages', 'tools', 'apps'];
  const files = execFileSync('git', args, { cwd: fileURLToPath(root), encoding: 'utf8' })
    .split('\0')
    .filter(
      (path) =>
        /\.[cm]?tsx?$/.test(path) && !path.startsWith(`${kindsPath}/`) && path !== own && !readers.includes(path),
    );
  expect(files.length).toBeGreaterThan(200);
  const asked = files.flatMap((path) =>
    readIfThere(path)
      .split('\n')
      .flatMap((line, index) => (asking.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(asked).toEqual([]);
});

const own = 'tools/generators/test/kinds.test.ts';

/** They read the published `catalog.json` by its description alone, and share no code with core. */
const readers = ['tools/conformance/src/read-catalog.ts', 'tools/conformance/test/catalog-json.test.ts'];

function readIfThere(path: string): string {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch {
    // Deleted, and not committed yet.
    return '';
  }
}
