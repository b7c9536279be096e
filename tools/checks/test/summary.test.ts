import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readText, resultFile, type Result } from '../src/result.js';
import { summarize } from '../src/summary.js';

test('the reporter keeps counts, reasons and seeds of a run', () => {
  const folder = new URL('./fixture/', import.meta.url);
  const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
  const env = { ...process.env, POSTERN_USE_CASE: undefined };
  const file = new URL(resultFile(), folder);
  rmSync(file, { force: true });
  expect(spawnSync(process.execPath, [vitest, 'run'], { cwd: folder, env }).status).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8')) as Result).toEqual({
    passed: 1,
    failed: 0,
    skipped: 1,
    reasons: ['no oven, so 2 loaves were not baked'],
    seeds: ['4711', '12'],
  });
});

test.each([
  ['laws: POSTERN_SEED=12\n', { reasons: [], seeds: ['12'] }],
  ['combine: seed 7, then POSTERN_SEED=8', { reasons: [], seeds: ['7', '8'] }],
  ['nothing was skipped: it was not SKIPPED: x', { reasons: [], seeds: [] }],
  ['seeds of doubt', { reasons: [], seeds: [] }],
])('text %$ gives its reasons and seeds', (text, expected) => {
  expect(readText(text)).toEqual(expected);
});

test('the summary counts all projects, and names what was skipped and every seed', () => {
  const none = { passed: 2, failed: 0, skipped: 0, reasons: [], seeds: [] };
  const some = { passed: 5, failed: 1, skipped: 3, reasons: ['no oven'], seeds: ['1', '2'] };
  expect(summarize(new Map([['packages/a', none]]))).toBe('checks of 1 projects: 2 passed, 0 skipped');
  expect(
    summarize(
      new Map([
        ['packages/a', none],
        ['packages/b', some],
      ]),
    ),
  ).toBe(
    'checks of 2 projects: 7 passed, 1 failed, 3 skipped\n  packages/b: 3 skipped (no oven)\n  packages/b: POSTERN_SEED=1, POSTERN_SEED=2',
  );
});
