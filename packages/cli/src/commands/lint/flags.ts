/** The flags of `postern lint`. */
export interface LintFlags {
  readonly json?: true;
  readonly sarif?: true;
  readonly format?: string;
  readonly lines?: true;
  readonly rules?: true;
  readonly explain?: string;
  readonly fix?: true;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly failOn?: string;
  readonly shard?: string;
  readonly type?: string;
}
