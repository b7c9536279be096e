/** How many entries a day are proved, whether they changed or not. */
const perDay = 3;
const day = 24 * 60 * 60 * 1000;

/**
 * Entries chosen by the date, so that all of them have their turn.
 * @param ids every entry, in an order that stays
 */
export function entriesOfTheDay(ids: readonly string[], date: Date): string[] {
  if (ids.length <= perDay) return [...ids];
  const first = Math.floor(date.getTime() / day) * perDay;
  return Array.from({ length: perDay }, (_, index) => ids[(first + index) % ids.length]!);
}

/**
 * The entries that changed paths belong to.
 * @param parents the folders that have a folder of each entry
 */
export function changedEntries(paths: readonly string[], ids: readonly string[], parents: readonly string[]): string[] {
  return ids.filter((id) => paths.some((path) => parents.some((parent) => path.startsWith(`${parent}/${id}/`))));
}
