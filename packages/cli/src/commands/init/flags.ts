/** The flags of `postern init`. */
export interface InitFlags {
  readonly check?: true;
  readonly json?: true;
  readonly input?: boolean;
  readonly write?: true;
}
