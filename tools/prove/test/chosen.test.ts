import { expect, test } from 'vitest';
import { changedEntries, entriesOfTheDay } from '../src/chosen.js';

const ids = Array.from({ length: 40 }, (_, index) => `entry-${index}`);
const dayOf = (number: number) => new Date(Date.UTC(2026, 10, 26 + number, 23, 59));

test('three others each day, and all of them within a fortnight', () => {
  expect(entriesOfTheDay(ids, dayOf(0))).toHaveLength(3);
  expect(entriesOfTheDay(ids, dayOf(0))).toEqual(entriesOfTheDay(ids, new Date(Date.UTC(2026, 10, 26))));
  const fortnight = Array.from({ length: 14 }, (_, number) => entriesOfTheDay(ids, dayOf(number)));
  expect(new Set(fortnight.flat())).toEqual(new Set(ids));
  for (const today of fortnight) expect(new Set(today).size).toBe(3);
});

test.each([0, 1, 2, 3])('of %d entries there is each once', (count) => {
  expect(entriesOfTheDay(ids.slice(0, count), dayOf(1))).toEqual(ids.slice(0, count));
});

test('a changed path belongs to the entry whose folder it is in, and to no other of a like name', () => {
  const paths = [
    'plans/entry-1/plan.ts',
    'plans/entry-10',
    'plans/entry-2',
    'permissions/entry-3/a/b.json',
    'x/entry-4/y',
  ];
  expect(changedEntries(paths, ids, ['permissions', 'plans'])).toEqual(['entry-1', 'entry-3']);
  expect(changedEntries([''], ids, ['permissions', 'plans'])).toEqual([]);
});
