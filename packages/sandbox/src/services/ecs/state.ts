export interface TaskDefinition {
  readonly family: string;
  readonly revision: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly tags: readonly unknown[];
  status: 'ACTIVE' | 'INACTIVE';
}

export interface EcsService {
  readonly name: string;
  readonly cluster: string;
  readonly controller: 'ECS' | 'CODE_DEPLOY';
  taskDefinition: string;
  desiredCount: number;
  /** How often a new deployment was started. */
  deployments: number;
}

export interface Task {
  readonly id: string;
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly startedBy: string | undefined;
  readonly tags: readonly unknown[];
  /** Whether it belongs to a service, and so keeps running; a task of its own stops at once. */
  readonly service: string | undefined;
  /** How often it is still found running. */
  polls: number;
}

/** ECS: clusters come to be when they are named. */
export interface Containers {
  /** Newest revision last, by family. */
  readonly taskDefinitions: Map<string, TaskDefinition[]>;
  /** By `cluster/name`. */
  readonly services: Map<string, EcsService>;
  readonly tasks: Map<string, Task>;
  /** How often tasks of their own are found running before they have stopped: for clients that wait for that. */
  runningFor: number;
}

function createContainers(): Containers {
  return { taskDefinitions: new Map(), services: new Map(), tasks: new Map(), runningFor: 0 };
}

export const state = { containers: createContainers };
