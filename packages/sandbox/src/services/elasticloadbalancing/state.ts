/** A load balancer or a listener, by the names of the API, with its tags. */
export interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, unknown>>;
}

export const state = {
  /** Load balancers of the second version of the API, by ARN. */
  loadBalancers: () => new Map<string, Tagged>(),
  /** Their listeners, by ARN. */
  listeners: () => new Map<string, Tagged>(),
};
