/** The flags of `postern check` besides those of the use case. */
export interface CheckFlags {
  readonly useCase?: string;
  readonly options?: string;
  readonly config?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly markdown?: true;
  readonly shard?: string;
  readonly failOn?: string;
  readonly fix?: true;
  readonly removeExtra?: true;
  readonly parameter?: readonly string[];
  readonly type?: string;
}

/** What `--fail-on` may say. */
export const findingsThatFail = ['missing', 'extra', 'any'] as const;
