import type { AnyEntry, ChosenEntry } from '@postern/core';
import type { CdkOptionsOf } from './use-case-policy.js';

/**
 * An entry with its options, for the trust or the permissions of a role: constructs and tokens are taken wherever a resource
 * is.
 */
export function chosen<E extends AnyEntry>(entry: E, options: CdkOptionsOf<E>): ChosenEntry {
  return { entry, options };
}
