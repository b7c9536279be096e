import { quote, type AnyEntry, type UseCase } from '@postern/core';
import type { Option } from 'commander';
import { InputError } from '../errors.js';
import type { PosternCommand } from '../postern-command.js';
import { findEntry, permissionsSort, type Sort } from '../use-cases.js';
import { flagsOf } from './flags.js';
import { readLine, type SortedWords } from './line.js';
import { refuseSwallowedFlags } from './swallowed-flags.js';

/** How a command that takes a use case names it on its line. */
export interface NamesUseCase<E extends AnyEntry = UseCase> {
  /** The word in which the name stands, where there is one. */
  nameOf(line: SortedWords): string | undefined;
  /** What is said where flags of a use case are given, and none is named. */
  readonly missing: string;
  /** Whether files may stand in the same place, so that a word there need not be a use case. */
  readonly orFiles?: true;
  /** The flags that there are with a use case, besides its own. */
  readonly withOne?: readonly Option[];
  /** The flags that there are without one. */
  readonly withoutOne?: readonly Option[];
  /** What there is to change about the command for a use case. */
  readonly found?: (useCase: E) => void;
}

/** What a line turned out to be about. */
export interface TakenUseCase<E extends AnyEntry = UseCase> {
  /** The use case that the line names. */
  useCase?: E;
  /** @throws {InputError} where the line holds the name of a use case as the value of a flag, which says so */
  refuseSwallowed(): void;
}

/**
 * Gives a command the flags of the use case that its line names, wherever it stands: before, between or behind its flags.
 * A line is about a use case where commander, which knows that one's flags, reads its name in the place of the name: so
 * the value of a flag is never taken for it.
 */
export function takeUseCase(command: PosternCommand, names: NamesUseCase): TakenUseCase {
  return takeEntry(command, permissionsSort, names);
}

/** The same for entries of any sort. */
export function takeEntry<E extends AnyEntry>(
  command: PosternCommand,
  sort: Sort<E>,
  names: NamesUseCase<E>,
): TakenUseCase<E> {
  const { entries } = sort;
  let given: readonly string[] = [];
  const taken: TakenUseCase<E> = {
    refuseSwallowed() {
      const ids = new Set<string>(entries.map(({ id }) => id));
      const values = [...readLine(command, given, everyFlag(sort, names)).values.values()].flat();
      const id = values.findLast((value) => ids.has(value));
      if (id !== undefined)
        throw new InputError([
          `${quote(id)} is read as a value of the flag before it: write ${quote(`${command.path()} ${id}`)} first`,
        ]);
    },
  };
  command.beforeReading((words) => {
    given = words;
    const useCase = entryOf(command, words, sort, names);
    if (useCase === undefined) {
      for (const flag of names.withoutOne ?? []) command.addOption(flag);
      return;
    }
    taken.useCase = useCase;
    const flags = flagsOf(useCase);
    for (const flag of [...(names.withOne ?? []), ...flags]) command.addOption(flag);
    names.found?.(useCase);
    refuseSwallowedFlags(command, words, flags);
  });
  command.beforeUnknown(() => {
    if (taken.useCase !== undefined) return;
    const line = readLine(command, given, everyFlag(sort, names));
    const name = names.nameOf(line);
    if (name !== undefined && !names.orFiles) findEntry(sort, name);
    if (name !== undefined || line.unknown.length > 0) return;
    taken.refuseSwallowed();
    throw new InputError([names.missing]);
  });
  return taken;
}

function entryOf<E extends AnyEntry>(
  command: PosternCommand,
  words: readonly string[],
  sort: Sort<E>,
  names: NamesUseCase<E>,
): E | undefined {
  // A first word that is a name belongs to no flag, whatever flags there are: most lines need no second reading.
  const first = sort.entries.find(({ id }) => id === words[0]);
  const alone: SortedWords = { operands: words.slice(0, 1), values: new Map(), unknown: [], open: undefined };
  if (first !== undefined && names.nameOf(alone) === first.id) return first;
  const named = sort.entries.filter(({ id }) => words.some((word) => word === id || word.endsWith(`=${id}`)));
  const own = (entry: E) => [...(names.withOne ?? []), ...flagsOf(entry)];
  const found = named.find((entry) => names.nameOf(readLine(command, words, own(entry))) === entry.id);
  if (found !== undefined || named.length === 0) return found;
  // A flag that this entry has not stands before its name: whether it has a value, others may know.
  const name = names.nameOf(readLine(command, words, everyFlag(sort, names)));
  return named.find(({ id }) => id === name);
}

/** The flags of all entries, of each name the first. */
function everyFlag<E extends AnyEntry>({ entries }: Sort<E>, { withOne = [] }: NamesUseCase<E>): Option[] {
  return [...withOne, ...entries.flatMap((entry) => flagsOf(entry))];
}
