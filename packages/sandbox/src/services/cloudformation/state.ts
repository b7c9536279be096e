/** What is deployed, or is to be. */
export interface Deployed {
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly tags: readonly unknown[];
  readonly capabilities: readonly unknown[];
}

export interface Parameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean;
}

export interface ChangeSet {
  readonly name: string;
  readonly id: string;
  readonly kind: string;
  readonly deployed: Deployed;
  readonly role: string | undefined;
  readonly created: Date;
  /** Whether there is nothing in it, which is a failure. */
  readonly empty: boolean;
  executed: boolean;
}

export interface StackEvent {
  readonly status: string;
  readonly time: Date;
}

export interface Stack {
  readonly name: string;
  readonly id: string;
  /** Whether the world file gave the id; else nobody knows it before, and policies cannot name it. */
  readonly known: boolean;
  status: string;
  /** What is deployed; undefined where nobody said. */
  deployed: Deployed | undefined;
  /** The role that was passed last: CloudFormation goes on with it. */
  role: string | undefined;
  readonly outputs: Map<string, string>;
  /** Names of resources by their logical ids, where they are known. */
  readonly resources: Map<string, string>;
  readonly changeSets: Map<string, ChangeSet>;
  readonly events: StackEvent[];
  protection: boolean;
  readonly created: Date;
}

/** A template for stacks in other accounts and regions, and where they are. */
export interface StackSet {
  readonly name: string;
  /** `NAME:ID`, which is what its ARN ends with. */
  readonly id: string;
  /** `SELF_MANAGED` or `SERVICE_MANAGED`; undefined where nobody said. */
  readonly permissions: string | undefined;
  template: string;
  role: string | undefined;
  tags: readonly unknown[];
  /** Accounts or organizational units with the regions of each, as `TARGET/REGION`. */
  readonly instances: Set<string>;
  readonly operations: StackSetOperation[];
}

export interface StackSetOperation {
  readonly id: string;
  readonly action: string;
  readonly time: Date;
  /** As the instances that it was for. */
  readonly instances: readonly string[];
}

export const state = {
  /** CloudFormation's stacks, by `account/region/name`; one that was deleted by its id. */
  stacks: () => new Map<string, Stack>(),
  /** The ARNs of the functions behind macros of the account, by the name of each. */
  macros: () => new Map<string, string>(),
  /**
   * Types of resources for which CloudFormation asks with the rights of who deploys a stack without a role. Of a type that is not
   * here, what it asks for is not known, and nothing is asked.
   */
  askedFor: () => new Set<string>(),
  /** Its stack sets, by `account/region/name`. */
  stackSets: () => new Map<string, StackSet>(),
};
