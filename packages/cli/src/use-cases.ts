import {
  didYouMean,
  isTrustEntry,
  kindOf,
  quote,
  trustEntries,
  tryBuild,
  useCases,
  type AnyEntry,
  type TrustEntry,
  type UseCase,
} from '@postern/core';
import { InputError } from './errors.js';
import { flagsText } from './options/command-line.js';

/** Whether a word is the id of a use case. */
export function isUseCase(word: string): boolean {
  return useCases.some(({ id }) => id === word);
}

/** One sort of entries: what a command that takes one chooses from. */
export interface Sort<E extends AnyEntry> {
  readonly entries: readonly E[];
  /** What one is called: "use case". */
  readonly noun: string;
}

/** The entries of permissions. */
export const permissionsSort: Sort<UseCase> = { entries: useCases, noun: 'use case' };

/** The entries of trust. */
export const trustSort: Sort<TrustEntry> = { entries: trustEntries, noun: 'trust entry' };

/**
 * Finds an entry by its id.
 * @throws {InputError} with the nearest id where there is none
 */
export function findEntry<E extends AnyEntry>({ entries, noun }: Sort<E>, id: string): E {
  const found = entries.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const ids = entries.map((entry) => entry.id);
  throw new InputError([
    `${quote(id)} is no ${noun}${didYouMean(id, ids) || `: choose one of ${ids.map(quote).join(', ')}`}`,
  ]);
}

/**
 * Finds a use case by its id.
 * @throws {InputError} with the nearest id where there is none
 */
export function findUseCase(id: string): UseCase {
  return findEntry(permissionsSort, id);
}

/** The shortest options that build: the example of every option that is missed. */
export function exampleOptions(useCase: AnyEntry): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (let round = 0; round < Object.keys(useCase.options).length; round += 1) {
    const missing = tryBuild(useCase, options).problems.filter(({ path }) => !(path in options));
    if (missing.length === 0) break;
    for (const { path } of missing) {
      const option = useCase.options[path];
      if (option !== undefined) options[path] = kindOf(option).example(option);
    }
  }
  return options;
}

/** An entry with flags, as a command takes it. */
function exampleWords(useCase: AnyEntry, left: readonly string[] = []): string {
  const options = Object.entries(exampleOptions(useCase)).filter(([name]) => !left.includes(name));
  return `${useCase.id} ${flagsText(useCase, Object.fromEntries(options))}`.trimEnd();
}

/** A command that works as it stands. */
export function exampleCommand(entry: AnyEntry): string {
  return `postern ${isTrustEntry(entry) ? 'trust' : 'generate'} ${exampleWords(entry)}`;
}

/** A use case as help shows it. */
export interface ExampleJob {
  readonly useCase: UseCase;
  readonly id: string;
  /** With flags that build. */
  readonly words: string;
  /** The same where a role says the account and the region. */
  readonly placeless: string;
}

/** What the help of a command is written with: the first use case. */
export function exampleJob(): ExampleJob {
  const [useCase] = useCases as readonly UseCase[] as readonly [UseCase];
  return {
    useCase,
    id: useCase.id,
    words: exampleWords(useCase),
    placeless: exampleWords(useCase, ['account', 'region']),
  };
}
