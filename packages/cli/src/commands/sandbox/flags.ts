/** The flags of `postern sandbox` and `postern record`. */
export interface RunFlags {
  readonly policy?: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly user?: string;
  readonly empty?: true;
  readonly world?: string;
  readonly kmsAlias?: readonly string[];
  readonly report?: string;
  readonly output?: string;
}
