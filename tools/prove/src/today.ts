import { entriesOfTheDay } from './chosen.js';

/** What is proved today, and what is not. */
export interface Today {
  /** Each entry that is proved, with the reason. */
  readonly chosen: ReadonlyMap<string, string>;
  /** The entries that are not. */
  readonly others: readonly string[];
}

/**
 * Chooses what `.ci/run` proves: the entries that have a reason, and those of the day.
 * @param kinds the ids of each kind of entry; of each kind some have their day
 * @param reasons why entries have to be proved, whatever the day is
 */
export function chooseToday(
  kinds: readonly (readonly string[])[],
  reasons: ReadonlyMap<string, string>,
  date: Date,
): Today {
  const ids = kinds.flat();
  const chosen = new Map(ids.flatMap((id) => (reasons.has(id) ? [[id, reasons.get(id)!] as const] : [])));
  for (const id of kinds.flatMap((kind) => entriesOfTheDay(kind, date)))
    if (!chosen.has(id)) chosen.set(id, 'it is its day');
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
          `not proved now, since nothing that they depend on differs from what their evidence was recorded against: ${others.join(', ')}`,
          '  `npm run prove` proves all, as a release does before it is published',
        ]),
  ];
}
