/** The flags of `postern why`. */
export interface WhyFlags {
  readonly json?: true;
  readonly file?: string;
}
