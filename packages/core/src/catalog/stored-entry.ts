import { once } from '../document/once.js';
import type { UseCase } from '../use-case/use-case.js';

/** The parts of an entry that are no texts, such as its options and statements, by name. */
export type EntryParts = Readonly<Record<string, unknown>>;

/**
 * An entry whose larger parts are read when one of them is first asked for. A build that puts many entries into one program
 * sets it in the place of the entry it was made of.
 * @param texts what the entry has besides the parts
 * @param names the names of the parts, in order
 * @param read reads the parts; called once
 */
export function storedEntry(
  texts: Readonly<Record<string, string>>,
  names: readonly string[],
  read: () => EntryParts,
): UseCase {
  const parts = once(read);
  const entry: Record<string, unknown> = { ...texts };
  for (const name of names) Object.defineProperty(entry, name, { enumerable: true, get: () => parts()[name] });
  return entry as unknown as UseCase;
}

/**
 * Reads the parts of an entry from JSON in which `{ "$": 3 }` stands for the value of that number.
 * @param valueOf the value of a number, which several entries share
 */
export function partsOf(json: string, valueOf: (number: number) => unknown): EntryParts {
  return JSON.parse(json, (_name, value: unknown) => {
    return typeof value === 'object' && value !== null && '$' in value ? valueOf(Number(value.$)) : value;
  }) as EntryParts;
}

/**
 * The values that several entries share, by their numbers.
 * @param read gives the values, each as JSON; called once, when the first value is asked for
 */
export function sharedValues(read: () => readonly string[]): (number: number) => unknown {
  const texts = once(read);
  const values = new Map<number, unknown>();
  return (number) => {
    if (!values.has(number)) values.set(number, JSON.parse(texts()[number]!));
    return values.get(number);
  };
}
