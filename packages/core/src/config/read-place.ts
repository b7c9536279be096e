import { didYouMean, quote, type Problem } from '../document/problem.js';
import { partitionOfRegion, partitions } from '../use-case/place.js';
import { within, type Members } from './members.js';

/** What places are made of. */
export const placeNames = ['account', 'region', 'partition'] as const;

/** What is said of a place, and where. */
export type GivenPlace = {
  readonly [Name in (typeof placeNames)[number]]?: { readonly value: string; readonly path: string };
};

/** Reads account, region and partition among other members. */
export function readPlace(value: Members, path: string, problems: Problem[]): GivenPlace {
  const found = placeNames.flatMap((name) => {
    const one = value[name];
    if (one === undefined || one === null) return [];
    const where = within(path, name);
    const message = placeProblem(name, one);
    if (message !== undefined) problems.push({ path: where, message: `${quote(one)} ${message}` });
    return typeof one === 'string' ? [[name, { value: one, path: where }] as const] : [];
  });
  return Object.fromEntries(found);
}

function placeProblem(name: string, value: unknown): string | undefined {
  if (typeof value === 'number' && name === 'account') {
    return 'is a number, which loses zeros at its start: write the account in quotes';
  }
  if (typeof value !== 'string') return `is no ${name}: write a text`;
  if (value.includes('${')) return `refers to something, and a ${name} is what others refer to: write it out`;
  if (name === 'account' && !/^[0-9]{12}$/.test(value)) return 'is no account: write its 12 digits in quotes';
  if (name === 'partition' && !Object.hasOwn(partitions, value)) {
    const known = Object.keys(partitions);
    return `is no partition${didYouMean(value, known) || `: there are ${known.map(quote).join(', ')}`}`;
  }
  if (value === '') return `is no ${name}: write it out, or leave it out`;
  return undefined;
}

/** What is wrong with a region and a partition together. */
export function regionProblem({ region, partition }: GivenPlace): Problem | undefined {
  if (region === undefined || region.value === '') return undefined;
  const own = partitionOfRegion.get(region.value);
  const { path } = region;
  if (own === undefined && partition === undefined) {
    const near = didYouMean(region.value, partitionOfRegion.keys());
    return {
      path,
      message: `${quote(region.value)} is no region that is known${near === '' ? ': check it,' : near} or write its \`partition\` too`,
    };
  }
  if (own === undefined || partition === undefined || partition.value === own) return undefined;
  const message = `${quote(region.value)} is in the partition ${quote(own)}, and ${quote(partition.value)} is given: leave the partition out`;
  return { path, message };
}
