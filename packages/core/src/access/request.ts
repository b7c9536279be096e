import type { Caller } from './caller/caller.js';

/** A condition key's value in a request: one, or several for a multivalued key. */
export type ContextValue = string | readonly string[];

/** One request to AWS, as far as policies can tell requests apart. */
export interface Request {
  /** Who makes it, for documents that name principals; identity policies are about whoever has them. */
  readonly principal?: Caller;
  /** The IAM action, `service:Name`; letter case does not matter. */
  readonly action: string;
  /** The ARN of the resource, or `*` for an action that takes no resource. */
  readonly resource: string;
  /** Condition keys, letter case ignored, with their values. A key that is not here is absent from the request. */
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** Looks a condition key (in lower case) up in a request. An empty list counts as absent. */
export type Context = (lowerCaseKey: string) => readonly string[] | undefined;

/**
 * Reads a request context once, at its first use. Of two keys that differ in letter case only, the later one counts.
 * @param known what is known of the caller, by keys in lower case; what the context says of them counts
 */
export function readContext(context: Request['context'], known: ReadonlyMap<string, string> = new Map()): Context {
  let values: Map<string, readonly string[]> | undefined;
  return (lowerCaseKey) => {
    if (values === undefined) {
      values = new Map(Array.from(known, ([key, value]) => [key, [value]]));
      for (const [key, value] of Object.entries(context ?? {})) {
        if (value === undefined || value === null) continue;
        const list = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : [String(value)];
        if (list.length > 0) values.set(key.toLowerCase(), list);
      }
    }
    return values.get(lowerCaseKey);
  };
}
