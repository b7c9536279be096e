import type { UseCase } from '../use-case/use-case.js';

/** A value that stands in several entries, read once and only when it is asked for. */
export type Shared = () => unknown;

/**
 * An entry as the package holds it where all of them are in one file: its texts, and the rest as JSON that is read when a
 * part of it is first asked for. The build puts it in the place of the entry it was made of.
 * @param texts what the entry has besides the parts in the JSON
 * @param parts the names of the parts
 * @param json the parts; `{ "$": 3 }` stands for the third of the shared values
 */
export function onUse(
  texts: Readonly<Record<string, string>>,
  parts: readonly string[],
  json: string,
  shared: readonly Shared[],
): UseCase {
  const read = once(
    () => JSON.parse(json, (_name, value: unknown) => filled(value, shared)) as Record<string, unknown>,
  );
  const entry: Record<string, unknown> = { ...texts };
  for (const part of parts) Object.defineProperty(entry, part, { enumerable: true, get: () => read()[part] });
  return entry as unknown as UseCase;
}

/** A value that several entries share. */
export function shared(json: string): Shared {
  return once(() => JSON.parse(json) as unknown);
}

function filled(value: unknown, shared: readonly Shared[]): unknown {
  return typeof value === 'object' && value !== null && '$' in value ? shared[Number(value.$)]!() : value;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
