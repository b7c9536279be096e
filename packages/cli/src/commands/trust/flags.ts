/** The flags of `postern trust` besides those of the entry. */
export interface TrustFlags {
  readonly options?: string;
  readonly format?: string;
  readonly name?: string;
  readonly output?: string;
  readonly explain?: true;
}
