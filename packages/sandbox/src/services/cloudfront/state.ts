export interface Invalidation {
  readonly id: string;
  readonly paths: readonly string[];
  readonly reference: string;
  readonly created: Date;
}

export interface Distribution {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly invalidations: Map<string, Invalidation>;
}

export const state = {
  /** CloudFront's distributions by id. */
  distributions: () => new Map<string, Distribution>(),
};
