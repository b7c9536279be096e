import { expect, test } from 'vitest';
import { beginOfTurn, entriesOfTheDay } from '../src/chosen.js';
import type { History } from '../src/history.js';
import { chooseToday, describeToday } from '../src/today.js';

const ids = Array.from({ length: 20 }, (_, index) => `entry-${String(index).padStart(2, '0')}`);
const date = new Date(Date.UTC(2026, 10, 26, 12));
const ofTheDay = entriesOfTheDay(ids, date);
const [quiet, other] = ids.filter((id) => !ofTheDay.includes(id)) as [string, string];
const unchanged = ids.map((id): History => ({ id, recorded: true, changed: [], shared: [] }));
const withHistory = (...histories: readonly History[]): History[] =>
  unchanged.map((one) => histories.find(({ id }) => id === one.id) ?? one);

test('where nothing changed, three are proved, and the others are named', () => {
  const today = chooseToday(ids, unchanged, date);
  expect([...today.chosen.keys()]).toEqual(ofTheDay);
  expect(today.others).toEqual(ids.filter((id) => !ofTheDay.includes(id)));
  expect(describeToday(today).join('\n')).toContain(`not proved now: ${today.others.join(', ')}`);
});

test('what changed and what has no evidence is proved besides, each with the reason', () => {
  const histories = withHistory(
    { id: quiet, recorded: true, changed: ['a/entry.ts', 'a/plan.ts'], shared: [] },
    { id: other, recorded: false, changed: [], shared: [] },
  );
  const today = chooseToday(ids, histories, date);
  expect(new Set(today.chosen.keys())).toEqual(new Set([quiet, other, ...ofTheDay]));
  expect(describeToday(today)).toEqual(
    expect.arrayContaining([
      `  ${quiet}: a/entry.ts and 1 more changed since its evidence was recorded`,
      `  ${other}: has no committed evidence yet`,
      `  ${ofTheDay[0]}: it is its day`,
    ]),
  );
});

test('what all proofs rest on chooses none, and is told of those that are not proved', () => {
  const shared = ['a/engine.ts', 'a/decide.ts'];
  const [first] = ofTheDay;
  const histories = withHistory(
    { id: quiet, recorded: true, changed: [], shared },
    { id: other, recorded: true, changed: [], shared: ['a/engine.ts'] },
    { id: first!, recorded: true, changed: [], shared },
  );
  const today = chooseToday(ids, histories, date);
  expect([...today.chosen.keys()]).toEqual(ofTheDay);
  expect(describeToday(today)).toContain(
    `  what all proofs rest on changed since the evidence of ${quiet}, ${other} was recorded (a/engine.ts and 1 more): that they still hold is not known`,
  );
  expect(describeToday(chooseToday(ids, unchanged, date)).join()).not.toContain('rest on');
});

test('without any history the entries of the day are proved', () => {
  expect([...chooseToday(ids, [], date).chosen.keys()]).toEqual(ofTheDay);
});

test.each([1, 3, 4, 8, 20, 40])('of %d entries, each has its day from the begin of a turn to today', (count) => {
  const some = Array.from({ length: count }, (_, index) => `entry-${index}`);
  const days: Date[] = [];
  for (let time = beginOfTurn(some, date).getTime(); time <= date.getTime(); time += 24 * 60 * 60 * 1000)
    days.push(new Date(time));
  expect(new Set(days.flatMap((one) => entriesOfTheDay(some, one)))).toEqual(new Set(some));
});
