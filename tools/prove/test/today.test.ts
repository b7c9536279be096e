import { expect, test } from 'vitest';
import { entriesOfTheDay } from '../src/chosen.js';
import { chooseToday, describeToday } from '../src/today.js';

const ids = Array.from({ length: 20 }, (_, index) => `entry-${String(index).padStart(2, '0')}`);
const trusts = ['trust-0', 'trust-1', 'trust-2', 'trust-3', 'trust-4'];
const date = new Date(Date.UTC(2026, 10, 26, 12));
const ofTheDay = [...entriesOfTheDay(ids, date), ...entriesOfTheDay(trusts, date)];
const [quiet, other] = ids.filter((id) => !ofTheDay.includes(id)) as [string, string];
const choose = (reasons: Readonly<Record<string, string>> = {}) =>
  chooseToday([ids, trusts], new Map(Object.entries(reasons)), date);

test('where nothing differs, three of each kind are proved, and the others are named', () => {
  const today = choose();
  expect([...today.chosen.keys()]).toEqual(ofTheDay);
  expect(today.chosen.size).toBe(6);
  expect(today.others).toEqual([...ids, ...trusts].filter((id) => !ofTheDay.includes(id)));
  expect(describeToday(today).join('\n')).toMatch(new RegExp(`not proved now, .*: ${today.others.join(', ')}`));
});

test('what has a reason is proved besides, and each is told why', () => {
  const today = choose({ [quiet]: 'its plan changed', [ofTheDay[0]!]: 'has no evidence', [other]: 'is new' });
  expect(new Set(today.chosen.keys())).toEqual(new Set([quiet, other, ...ofTheDay]));
  expect(describeToday(today)).toEqual(
    expect.arrayContaining([
      `  ${quiet}: its plan changed`,
      `  ${other}: is new`,
      `  ${ofTheDay[0]}: has no evidence`,
      `  ${ofTheDay[1]}: it is its day`,
    ]),
  );
});

test('where all have a reason, all are proved and no other is named', () => {
  const today = choose(Object.fromEntries([...ids, ...trusts].map((id) => [id, 'what all proofs rest on changed'])));
  expect([...today.chosen.keys()]).toEqual([...ids, ...trusts]);
  expect(describeToday(today)).toHaveLength(1 + ids.length + trusts.length);
});
