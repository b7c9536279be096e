import { expect, test } from 'vitest';
import { isPinned } from './pinned.js';

test.each([
  ['03f1aad', true],
  ['2.36.7', true],
  ['docker-v29.7.2', true],
  ['v2.4.0-beta.0', true],
  ['mid-2026', false],
  ['HEAD', false],
  ['HEAD of mid-2026', false],
  ['main', false],
  ['latest', false],
  ['2025-08-29', false],
  ['2026', false],
  ['', false],
])('a revision `%s` is pinned: %s', (revision, pinned) => {
  expect(isPinned(revision)).toBe(pinned);
});
