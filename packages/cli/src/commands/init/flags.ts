/** The flags of `postern init`. */
export interface InitFlags {
  readonly json?: true;
  readonly input?: boolean;
}
