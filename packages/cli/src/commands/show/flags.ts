/** The flags of `postern show` besides those of the entry. */
export interface ShowFlags {
  readonly action?: string;
  readonly json?: true;
  readonly format?: string;
  readonly options?: string;
  readonly output?: string;
}
