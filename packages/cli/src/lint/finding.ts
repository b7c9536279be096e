import type { DocumentPlace } from './locate.js';
import type { Level, RuleFinding } from './rule.js';

/** One finding, with all that is said of it. */
export interface LintFinding {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The policy in the file; empty where the file is the policy. */
  readonly policy: string;
  /** Which statement, counted from 0, and its Sid. */
  readonly statement?: number;
  readonly sid?: string;
  /** Where in the policy; empty for the whole. */
  readonly path: string;
  readonly rule: string;
  /** `T01` to `T23`, for what is found in a trust policy. */
  readonly code?: string;
  readonly level: Level;
  readonly message: string;
  /** Why it matters. */
  readonly why: string;
  readonly instead: string;
  /** Where the rule is explained. */
  readonly link: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A finding with what formats and fixes need of it besides. */
export interface Reported {
  readonly finding: LintFinding;
  readonly fix?: RuleFinding['fix'];
  /** Where its document stands; absent where the finding is about no document. */
  readonly place?: DocumentPlace;
}

/** What tells a finding from others however the lines move: for baselines and code scanning. */
export function fingerprintOf({ rule, policy, sid, message }: LintFinding): string {
  return [rule, policy, sid ?? '', message].join(' | ');
}

/** How many there are of each level. */
export interface Counts {
  error: number;
  warning: number;
  note: number;
}

/** `2 errors, 1 warning, 0 notes`. */
export function describeCounts({ error, warning, note }: Counts): string {
  return [plural(error, 'error'), plural(warning, 'warning'), plural(note, 'note')].join(', ');
}

/** `1 file`, `2 files`. */
export function plural(count: number, word: string, words = `${word}s`): string {
  return `${count} ${count === 1 ? word : words}`;
}

/** Where a finding is, and what it says: in one line. */
export function sayFinding({ policy, path, message }: LintFinding): string {
  const where = [policy, path].filter((part) => part !== '').join(': ');
  return `${where === '' ? '' : `${where}: `}${message}`;
}
