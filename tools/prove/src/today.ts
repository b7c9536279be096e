import { entriesOfTheDay } from './chosen.js';
import type { History } from './history.js';

/** What is proved today, and what is not. */
export interface Today {
  /** Each entry that is proved, with the reason. */
  readonly chosen: ReadonlyMap<string, string>;
  /** The entries that are not. */
  readonly others: readonly string[];
}

/**
 * Chooses what `.ci/run` proves: the entries of which something of their own changed since their evidence was recorded, those
 * without evidence, and those of the day.
 * @param histories what is known of each entry; those of the day alone are chosen where nothing is
 */
export function chooseToday(ids: readonly string[], histories: readonly History[], date: Date): Today {
  const chosen = new Map(
    histories.flatMap(({ id, recorded, changed }): [string, string][] => {
      if (!recorded) return [[id, 'has no committed evidence yet']];
      const [first, ...others] = changed;
      if (first === undefined) return [];
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      return [[id, `${first}${more} changed since its evidence was recorded`]];
    }),
  );
  for (const id of entriesOfTheDay(ids, date)) if (!chosen.has(id)) chosen.set(id, 'it is its day');
  return { chosen, others: ids.filter((id) => !chosen.has(id)) };
}

/** The choice in lines for people. */
export function describeToday({ chosen, others }: Today): string[] {
  return [
    'proved now:',
    ...[...chosen].map(([id, why]) => `  ${id}: ${why}`),
    ...(others.length === 0
      ? []
      : [
          `not proved now: ${others.join(', ')}`,
          '  `npm run prove` proves all, as a release does before it is published',
        ]),
  ];
}
