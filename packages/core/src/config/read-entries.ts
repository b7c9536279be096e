import { useCases } from '../catalog/index.js';
import { trustEntries } from '../catalog/trust-index.js';
import { didYouMean, quote, type Problem } from '../document/problem.js';
import type { AnyEntry } from '../use-case/trust.js';
import type { ConfigEntry } from './config.js';
import { isMembers, within } from './members.js';

/** What an entry is for in a role. */
export type Part = 'trust' | 'permissions';

const sorts: Readonly<Record<Part, { readonly entries: readonly AnyEntry[]; readonly noun: string }>> = {
  trust: { entries: trustEntries, noun: 'trust entry' },
  permissions: { entries: useCases, noun: 'use case' },
};

/** Reads entries: an object with ids for names and options under them, an id alone, or a list of such. */
export function readEntries(part: Part, value: unknown, path: string, problems: Problem[]): ConfigEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return readEntry(part, value, path, problems);
  return value.flatMap((one: unknown, index) => readEntry(part, one, `${path}[${index}]`, problems));
}

function readEntry(part: Part, value: unknown, path: string, problems: Problem[]): ConfigEntry[] {
  const found = typeof value === 'string' ? { [value]: {} } : value;
  if (!isMembers(found) || Object.keys(found).length === 0) {
    problems.push({
      path,
      message: `${quote(value)} is no ${sorts[part].noun}: write its id, and its options under it`,
    });
    return [];
  }
  return Object.entries(found).flatMap(([id, given]): ConfigEntry[] => {
    const where = typeof value === 'string' ? path : within(path, id);
    const entry = findEntry(part, id, where, problems);
    const options = given ?? {};
    if (!isMembers(options)) {
      problems.push({ path: where, message: `${quote(options)} is no set of options: write them by name` });
      return [];
    }
    return entry === undefined ? [] : [{ entry, options, path: where }];
  });
}

function findEntry(part: Part, id: string, path: string, problems: Problem[]): AnyEntry | undefined {
  const { entries, noun } = sorts[part];
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const [otherPart, other] = Object.entries(sorts).find(([name]) => name !== part)!;
  if (other.entries.some((entry) => entry.id === id)) {
    problems.push({ path, message: `${quote(id)} is a ${other.noun}: write it under \`${otherPart}\`` });
    return undefined;
  }
  const ids = entries.map((entry) => entry.id);
  const hint = didYouMean(id, ids) || `: choose one of ${ids.map(quote).join(', ')}`;
  problems.push({ path, message: `${quote(id)} is no ${noun}${hint}` });
  return undefined;
}
