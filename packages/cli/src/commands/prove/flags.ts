/** The flags of `postern prove` besides those of the use case. */
export interface ProveFlags {
  readonly scenario?: string;
  readonly exhaustive?: true;
  readonly keep?: true;
  readonly warm?: true;
  readonly json?: true;
  readonly check?: string;
  readonly evidence?: string;
  readonly require?: true;
  readonly seed?: string;
  readonly tool?: readonly string[];
  readonly options?: string;
}
