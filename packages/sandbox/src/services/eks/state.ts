export const state = {
  /** Clusters of EKS by name. */
  kubernetesClusters: () => new Set<string>(),
};
