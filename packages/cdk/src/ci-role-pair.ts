import { exclusionProblems, splitPair, type HalfInput, type PolicySource } from '@postern/core';
import { Construct } from 'constructs';
import { CiRole, type CiRoleProps, type CiRoleSettings } from './ci-role.js';
import { hostOf } from './prepare.js';
import { refuse } from './synthesis.js';

/** What a pair of roles is made of: one that plans, for code that nobody has reviewed, and one that applies. */
export interface CiRolePairProps extends CiRoleSettings {
  /** Use cases whose `access` is `plan` or `apply`, for both roles: each gets its own. */
  readonly permissions?: readonly PolicySource[];
  /** Who may plan, such as pull requests and branches, and what this role alone may do. */
  readonly plan: HalfInput;
  /** Who may apply, such as a protected environment, and what this role alone may do. */
  readonly apply: HalfInput;
}

/** Two roles that nobody gets into both of, for Terraform, Terragrunt, or `cdk diff` and `cdk deploy`. */
export class CiRolePair extends Construct {
  /** The role of pull requests and branches. */
  readonly plan: CiRole;
  /** The role of what is protected. */
  readonly apply: CiRole;

  /** @throws {Error} with the path of the construct, for every problem in the properties, and where somebody gets into both */
  constructor(scope: Construct, id: string, props: CiRolePairProps) {
    super(scope, id);
    const { roleName, boundary, maxSessionDuration, path, ...halves } = props;
    const { account, region, partition } = halves;
    const { plan, apply, problems } = splitPair({
      ...halves,
      ...(roleName === undefined ? {} : { roleName }),
      ...(isNamed(boundary) ? { boundary } : {}),
    });
    if (problems.length > 0) refuse(this, this.node.path, 'roles', problems);
    const make = (half: 'Plan' | 'Apply', input: typeof plan): CiRole =>
      new CiRole(this, half, {
        trust: input.trust as CiRoleProps['trust'],
        permissions: input.permissions,
        ...(roleName === undefined || input.roleName === undefined ? {} : { roleName: input.roleName }),
        ...(isNamed(input.boundary) ? { boundary: input.boundary } : boundary === undefined ? {} : { boundary }),
        ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
        ...(path === undefined ? {} : { path }),
        ...(account === undefined ? {} : { account }),
        ...(region === undefined ? {} : { region }),
        ...(partition === undefined ? {} : { partition }),
      });
    this.plan = make('Plan', plan);
    this.apply = make('Apply', apply);
    const excluded = exclusionProblems(this.plan.trustDocument, this.apply.trustDocument, hostOf(this));
    if (excluded.length > 0) refuse(this, this.node.path, 'roles', excluded);
  }
}

/** Whether the boundary says how it is to be called: then each of the two has a name of its own. */
function isNamed(boundary: unknown): boundary is { readonly name?: string } {
  return typeof boundary === 'object' && boundary !== null && !('managedPolicyArn' in boundary);
}
