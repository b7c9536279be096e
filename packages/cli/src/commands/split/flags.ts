/** The flags of `postern split`. */
export interface SplitFlags {
  readonly quota?: string;
  readonly previous?: string;
  readonly output?: string;
}
