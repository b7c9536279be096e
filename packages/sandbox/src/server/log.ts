import type { Request } from '@postern/core';
import type { Decided } from '../principals/principals.js';
import type { Check } from './call.js';

/** A check that was made, and what IAM said. */
export interface CheckResult extends Check {
  readonly decision: Decided;
  /** The request as IAM was asked, with the global condition keys. */
  readonly asked: Request;
  /** Whether the answer only changed with it: a refusal did not refuse the request. */
  readonly advisory: boolean;
}

/** One request, as the sandbox answered it. */
export interface LogEntry {
  readonly service: string;
  readonly operation: string;
  /** The ARN of who asked; undefined where the request named nobody that is known. */
  readonly principal: string | undefined;
  readonly region: string;
  readonly checks: readonly CheckResult[];
  readonly status: number;
  /** The error code of the answer. */
  readonly error: string | undefined;
  /** Whether the sandbox knows what IAM is asked for such a request; else nothing is known of what it needs. */
  readonly understood: boolean;
}

/** The requests so far. Of a very long run only the newest are kept, and how many went before is counted. */
export interface Log {
  readonly entries: readonly LogEntry[];
  readonly dropped: number;
  add(entry: LogEntry): void;
  clear(): void;
}

const most = 100_000;

export function createLog(): Log {
  const entries: LogEntry[] = [];
  let dropped = 0;
  return {
    entries,
    get dropped() {
      return dropped;
    },
    add(entry) {
      if (entries.length >= most) dropped += entries.splice(0, most / 10).length;
      entries.push(entry);
    },
    clear() {
      entries.length = 0;
      dropped = 0;
    },
  };
}

/** The checks that refused a request. */
export function refusals(entry: LogEntry): readonly CheckResult[] {
  return entry.checks.filter(({ decision, advisory }) => decision.decision !== 'allowed' && !advisory);
}
