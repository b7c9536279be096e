import type { PolicyDocument } from '../document/document.js';
import { OptionsError, tryBuild } from './build.js';
import { explain, listNotes, type Explanation } from './explain.js';
import type { Host } from './host.js';
import type { TrustEntry } from './trust.js';
import type { OptionsOf } from './use-case.js';

/** A trust policy, why each of its lines is there, and what its user should know besides. */
export interface BuiltTrust {
  readonly policy: PolicyDocument;
  readonly explanation: readonly Explanation[];
  readonly notes: readonly string[];
}

/**
 * Builds the trust policy of a role for given options, and explains it.
 * @param host what an adapter knows of values that are not known yet
 * @throws {OptionsError} with every problem in the options
 */
export function buildTrust<T extends TrustEntry>(entry: T, options: OptionsOf<T>, host: Host = {}): BuiltTrust {
  const { document, problems, resolved } = tryBuild(entry, options, host);
  if (problems.length > 0) throw new OptionsError(entry.id, problems);
  return {
    policy: document,
    explanation: explain(entry, document),
    notes: listNotes(entry, resolved, host),
  };
}
