import type { Relation } from '@postern/core';

/** The flags of `postern diff`. */
export interface DiffFlags {
  readonly json?: true;
  readonly markdown?: true;
  readonly sarif?: true;
  readonly pairs?: true;
  readonly failOn?: string;
  readonly shard?: string;
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly parameter?: readonly string[];
  readonly type?: string;
}

/** The relations that each word of `--fail-on` fails on. What is not known may be what one is afraid of. */
export const failures: Readonly<Record<string, readonly Relation[]>> = {
  wider: ['wider', 'incomparable', 'unknown'],
  narrower: ['narrower', 'incomparable', 'unknown'],
  different: ['wider', 'narrower', 'incomparable', 'unknown'],
};
