import type { Entry, Host } from '@postern/core';

/** Where nothing says another: most roles are there, and the note says so. */
export const usualPartition: Host = { place: { partition: 'aws' } };

/**
 * What is said of a trust policy where nobody says where the role is.
 * @param given the options as they were given
 * @param spelling how messages write an option
 */
export function placeNotes({ options }: Entry, given: Readonly<Record<string, unknown>>, spelling: Host): string[] {
  const says = ['partition', 'region', 'provider'].filter((name) => Object.hasOwn(options, name));
  const isSaid = says.some((name) => given[name] !== undefined && given[name] !== null);
  const isAnArn = Object.values(given)
    .flat()
    .some((value) => typeof value === 'string' && value.startsWith('arn:'));
  if (isSaid || isAnArn) return [];
  return [`the role is taken to be in the partition \`aws\`: give ${spelling.spell!('partition')} for another`];
}
