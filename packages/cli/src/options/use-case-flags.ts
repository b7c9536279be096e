import { quote, useCases, type UseCase } from '@postern/core';
import type { Option } from 'commander';
import { InputError } from '../errors.js';
import type { PosternCommand } from '../postern-command.js';
import { findUseCase } from '../use-cases.js';
import { flagsOf } from './flags.js';
import { readLine, type Line } from './line.js';

/** How a command that takes a use case names it on its line. */
export interface NamesUseCase {
  /** The word in which the name stands, where there is one. */
  nameOf(line: Line): string | undefined;
  /** What is said where flags of a use case are given, and none is named. */
  readonly missing: string;
  /** Whether files may stand in the same place, so that a word there need not be a use case. */
  readonly orFiles?: true;
  /** The flags that there are with a use case, besides its own. */
  readonly withOne?: readonly Option[];
  /** The flags that there are without one. */
  readonly withoutOne?: readonly Option[];
  /** What there is to change about the command for a use case. */
  readonly found?: (useCase: UseCase) => void;
}

/** What a line turned out to be about. */
export interface TakenUseCase {
  /** The use case that the line names. */
  useCase?: UseCase;
  /** @throws {InputError} where the line holds the name of a use case as the value of a flag, which says so */
  refuseSwallowed(): void;
}

/**
 * Gives a command the flags of the use case that its line names, wherever it stands: before, between or behind its flags.
 * A line is about a use case where commander, which knows that one's flags, reads its name in the place of the name: so
 * the value of a flag is never taken for it.
 */
export function takeUseCase(command: PosternCommand, names: NamesUseCase): TakenUseCase {
  let given: readonly string[] = [];
  const taken: TakenUseCase = {
    refuseSwallowed() {
      const ids = new Set<string>(useCases.map(({ id }) => id));
      const values = [...readLine(command, given, everyFlag(names)).values.values()].flat();
      const id = values.findLast((value) => ids.has(value));
      if (id !== undefined)
        throw new InputError([
          `${quote(id)} is read as a value of the flag before it: write ${quote(`${command.path()} ${id}`)} first`,
        ]);
    },
  };
  command.beforeReading((words) => {
    given = words;
    const useCase = useCaseOf(command, words, names);
    if (useCase === undefined) {
      for (const flag of names.withoutOne ?? []) command.addOption(flag);
      return;
    }
    taken.useCase = useCase;
    for (const flag of [...(names.withOne ?? []), ...flagsOf(useCase)]) command.addOption(flag);
    names.found?.(useCase);
  });
  command.beforeUnknown(() => {
    if (taken.useCase !== undefined) return;
    const line = readLine(command, given, everyFlag(names));
    const name = names.nameOf(line);
    if (name !== undefined && !names.orFiles) findUseCase(name);
    if (name !== undefined || line.unknown.length > 0) return;
    taken.refuseSwallowed();
    throw new InputError([names.missing]);
  });
  return taken;
}

function useCaseOf(command: PosternCommand, words: readonly string[], names: NamesUseCase): UseCase | undefined {
  const all: readonly UseCase[] = useCases;
  const named = all.filter(({ id }) => words.some((word) => word === id || word.endsWith(`=${id}`)));
  const own = (useCase: UseCase) => [...(names.withOne ?? []), ...flagsOf(useCase)];
  const found = named.find((useCase) => names.nameOf(readLine(command, words, own(useCase))) === useCase.id);
  if (found !== undefined || named.length === 0) return found;
  // A flag that this use case has not stands before its name: whether it has a value, others may know.
  const name = names.nameOf(readLine(command, words, everyFlag(names)));
  return named.find(({ id }) => id === name);
}

/** The flags of all use cases, of each name the first. */
function everyFlag({ withOne = [] }: NamesUseCase): Option[] {
  const all: readonly UseCase[] = useCases;
  return [...withOne, ...all.flatMap(flagsOf)];
}
