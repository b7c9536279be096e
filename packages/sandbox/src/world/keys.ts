/** KMS keys: any key of the account exists; these are the ones whose aliases are known. */
export interface Keys {
  /** Key ARNs by `alias/NAME`. */
  readonly aliases: Map<string, string>;
}

export function createKeys(): Keys {
  return { aliases: new Map() };
}
