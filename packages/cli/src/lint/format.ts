import type { Places } from '@postern/core';
import type { Io } from '../io.js';
import type { Counts, Reported } from './finding.js';
import type { RuleAbout } from './rule.js';

/** What was looked at, and what not. */
export interface Summary extends Counts {
  readonly files: number;
  readonly policies: number;
  /** Trust and resource policies, which this linter does not look at. */
  readonly trust: number;
  /** Files that could not be read, or that hold nothing that is known. */
  readonly unread: number;
  /** Policies whose meaning cannot be told; each has a finding that says why. */
  readonly unclear: number;
  /** Policies that a template or a plan leaves open until it is deployed. */
  readonly open: number;
  readonly suppressed: number;
  /** Findings that the baseline has. */
  readonly known: number;
}

/** The text of a file, with the places of its parts. */
export interface FileSource {
  readonly text: string;
  readonly places: Places;
}

/** How findings are printed: file by file as they come, and what stands at the end. */
export interface LintFormat {
  file(file: string, findings: readonly Reported[], source: FileSource | undefined): void;
  end(summary: Summary): void;
}

/** A format by the word after `--format`. It stands in `lint/formats/<word>.ts`, and is loaded when it is asked for. */
export interface LintFormatDefinition {
  /** Where its word stands among those of the others: the lower the earlier. */
  readonly place: number;
  /** Begins to print; the rules say what a finding means. */
  make(io: Io, rules: ReadonlyMap<string, RuleAbout>): LintFormat;
}
