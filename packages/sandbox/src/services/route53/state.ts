export interface HostedZone {
  readonly id: string;
  /** In lower case, with the dot at its end, as Route 53 answers it. */
  readonly name: string;
  /** The ids of its VPCs: a zone that has any is private. */
  readonly vpcs: readonly string[];
}

export const state = {
  /** Hosted zones of Route 53 by id. */
  hostedZones: () => new Map<string, HostedZone>(),
};
