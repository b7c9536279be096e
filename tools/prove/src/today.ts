import { entriesOfTheDay } from './chosen.js';
import type { History } from './history.js';

/** What is proved today, and what is not. */
export interface Today {
  /** Each entry that is proved, with the reason. */
  readonly chosen: ReadonlyMap<string, string>;
  /** The entries that are not. */
  readonly others: readonly string[];
  /** Of these, the ones whose evidence is older than a change of what all proofs rest on, with what changed. */
  readonly unsettled: ReadonlyMap<string, readonly string[]>;
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
  const others = ids.filter((id) => !chosen.has(id));
  const unsettled = new Map(
    histories.flatMap(({ id, shared }) => (others.includes(id) && shared.length > 0 ? [[id, shared] as const] : [])),
  );
  return { chosen, others, unsettled };
}

/** The choice in lines for people. */
export function describeToday({ chosen, others, unsettled }: Today): string[] {
  return [
    'proved now:',
    ...[...chosen].map(([id, why]) => `  ${id}: ${why}`),
    ...(others.length === 0
      ? []
      : [
          `not proved now: ${others.join(', ')}`,
          ...describeUnsettled(unsettled),
          '  `npm run prove` proves all, as a release does before it is published',
        ]),
  ];
}

/** What is not known of the entries that are not proved, where something changed that all proofs rest on. */
function describeUnsettled(unsettled: Today['unsettled']): string[] {
  const changed = [...new Set([...unsettled.values()].flat())];
  const [first, ...others] = changed;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    `  what all proofs rest on changed since the evidence of ${[...unsettled.keys()].join(', ')} was recorded (${first}${more}): that they still hold is not known`,
  ];
}
