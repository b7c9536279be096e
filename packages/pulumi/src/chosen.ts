import type { AnyEntry, ChosenEntry } from '@postern/core';
import type { PulumiOptionsOf } from './use-case-policy.js';

/**
 * An entry with its options, for the trust or the permissions of a role: inputs are taken for each, and resources wherever a
 * name or an ARN is.
 */
export function chosen<E extends AnyEntry>(entry: E, options: PulumiOptionsOf<E>): ChosenEntry {
  return { entry, options };
}
