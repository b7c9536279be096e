import type { Evidence } from '../../src/index.js';

/** A commit, or a release such as `1.15.2`, `v2.4.0-beta.0` or `docker-v29.7.2`. */
export function isPinned(revision: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(revision) || /^([a-z-]+-)?v?\d+(\.\d+)+(-[0-9a-z.]+)?$/.test(revision);
}

/** The sources among the evidence that name neither. */
export function unpinned(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter((one) => one.kind === 'source' && !isPinned(one.revision));
}
