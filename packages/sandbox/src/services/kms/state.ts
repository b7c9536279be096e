/** KMS keys: any key of the account exists; these are the ones whose aliases are known. */
export interface Keys {
  /** Key ARNs by `alias/NAME` or the alias's ARN. An alias that is not here stays unresolved: its key is not invented. */
  readonly aliases: Map<string, string>;
}

function createKeys(): Keys {
  return { aliases: new Map() };
}

export const state = { keys: createKeys };
