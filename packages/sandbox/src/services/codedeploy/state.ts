export interface Deployment {
  readonly id: string;
  readonly application: string;
  readonly group: string;
  readonly config: string;
}

export interface DeploymentGroup {
  readonly application: string;
  readonly name: string;
  readonly config: string;
  /** The ECS service it deploys, as `cluster/service`. */
  readonly service: string;
}

/** CodeDeploy, as far as blue/green deployments of ECS services use it. */
export interface Deployments {
  /** By `application/group`. */
  readonly groups: Map<string, DeploymentGroup>;
  readonly deployments: Map<string, Deployment>;
}

function createDeployments(): Deployments {
  return { groups: new Map(), deployments: new Map() };
}

export const state = { deployments: createDeployments };
