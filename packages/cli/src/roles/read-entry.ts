import { didYouMean, quote, type AnyEntry } from '@postern/core';
import { InputError } from '../errors.js';
import type { Io } from '../io.js';
import { readFlagWords } from '../options/flag-words.js';
import { splitWords } from '../policies/words.js';
import { exampleJob, permissionsSort, trustSort } from '../use-cases.js';
import type { GivenEntry } from './given-role.js';

const sorts = { trust: trustSort, permissions: permissionsSort } as const;
const places = { trust: 'permissions', permissions: 'trust' } as const;

/** What an entry is for in a role. */
export type EntrySort = keyof typeof sorts;

/**
 * Finds an entry by its id.
 * @throws {InputError} with the nearest id where there is none, and where it is of the other sort
 */
function findEntryFor(part: EntrySort, id: string, label: string): AnyEntry {
  const { entries, noun } = sorts[part];
  const found = (entries as readonly AnyEntry[]).find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const other = sorts[places[part]];
  if ((other.entries as readonly AnyEntry[]).some((entry) => entry.id === id)) {
    throw new InputError([`${label}: ${quote(id)} is a ${other.noun}: give it as \`${places[part]}\``]);
  }
  const ids = (entries as readonly AnyEntry[]).map((entry) => entry.id);
  const hint = didYouMean(id, ids) || `: choose one of ${ids.map(quote).join(', ')}`;
  throw new InputError([`${label}: ${quote(id)} is no ${noun}${hint}`]);
}

/**
 * Reads an entry with its flags in one text, such as `github-actions --owner acme`.
 * @param flag the flag that the text stands behind
 */
async function readEntryText(part: EntrySort, text: string, flag: string, io: Io): Promise<GivenEntry> {
  try {
    const [id, ...words] = splitWords(text);
    if (id === undefined) {
      const example = part === 'trust' ? 'github-actions --owner acme' : exampleJob().words;
      throw new InputError([`is empty: give an entry with its flags, such as ${quote(example)}`]);
    }
    const entry = findEntryFor(part, id, flag);
    const { options, spelling } = await readFlagWords(entry, words, io);
    return { entry, options, label: `${flag} ${id}`, spelling };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((one) => (one.startsWith(`${flag}: `) ? one : `${flag}: ${one}`)));
  }
}

/** Reads several, and all that is wrong with any of them. */
export async function readEntryTexts(
  part: EntrySort,
  texts: readonly string[],
  flag: string,
  io: Io,
  problems: string[],
): Promise<GivenEntry[]> {
  const found: GivenEntry[] = [];
  for (const text of texts) {
    try {
      found.push(await readEntryText(part, text, flag, io));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  return found;
}
