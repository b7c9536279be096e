/** Something to act on, at a place of the repository. */
export interface ReportFinding {
  readonly level: 'error' | 'warning' | 'notice';
  /** Which kind of finding it is, in a word. */
  readonly rule: string;
  readonly message: string;
  /** The file from the root of the repository, with slashes. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** What one command said. */
export interface ReportSection {
  /** The command as a user would write it. */
  readonly title: string;
  /** `skipped` is said, and is neither passed nor a failure. */
  readonly outcome: 'passed' | 'findings' | 'failed' | 'skipped';
  /** In a sentence, without a full stop. */
  readonly sentence: string;
  /** Lines for a person. */
  readonly lines: readonly string[];
  /** The same in Markdown, where the command prints that. */
  readonly markdown?: string | undefined;
  readonly findings: readonly ReportFinding[];
  /** What the command printed as SARIF: its runs. */
  readonly runs?: readonly object[] | undefined;
}
