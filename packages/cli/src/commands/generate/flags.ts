/** The flags of `postern generate` besides those of the use case. */
export interface GenerateFlags {
  readonly options?: string;
  readonly format?: string;
  readonly name?: string;
  readonly output?: string;
  readonly explain?: true;
  readonly json?: true;
  readonly split?: true;
}
