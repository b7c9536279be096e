/** The flags of `postern combine`. */
export interface CombineFlags {
  readonly compact?: true;
  readonly output?: string;
}
