import {
  exclusionProblems,
  splitPair,
  tryBuildPair,
  type HalfInput,
  type PolicyDocument,
  type PolicySource,
} from '@postern/core';
import * as pulumi from '@pulumi/pulumi';
import { isLater } from './convert.js';
import { openPlace } from './open-place.js';
import { CiRole, refuse, type CiRoleArgs, type CiRoleSettings } from './ci-role.js';

/** What a pair of roles is made of: one that plans, for code that nobody has reviewed, and one that applies. */
export interface CiRolePairArgs extends CiRoleSettings {
  /** Use cases whose `access` is `plan` or `apply`, for both roles: each gets its own. */
  readonly permissions?: readonly PolicySource[];
  /** Who may plan, such as pull requests and branches, and what this role alone may do. */
  readonly plan: HalfInput;
  /** Who may apply, such as a protected environment, and what this role alone may do. */
  readonly apply: HalfInput;
}

/** Two roles that nobody gets into both of, for Terraform or Terragrunt, or for what previews and updates. */
export class CiRolePair extends pulumi.ComponentResource {
  /** The role of pull requests and branches. */
  readonly plan: CiRole;
  /** The role of what is protected. */
  readonly apply: CiRole;

  constructor(name: string, args: CiRolePairArgs, opts?: pulumi.ComponentResourceOptions) {
    super('postern:index:CiRolePair', name, {}, opts);
    const { roleName, boundary, permissions, plan, apply, ...settings } = args;
    const named = isNamed(boundary) ? boundary : undefined;
    const halves = splitPair({
      plan,
      apply,
      ...(permissions === undefined ? {} : { permissions }),
      ...(roleName === undefined ? {} : { roleName }),
      ...(named === undefined ? {} : { boundary: named }),
    });
    refuse(name, halves.problems, 'roles');
    // What is known already is refused before anything is made.
    if (!isLater([plan, apply, permissions])) {
      const known = { plan, apply, ...(permissions === undefined ? {} : { permissions }) };
      refuse(name, tryBuildPair(known, openPlace).problems, 'roles');
    }
    const make = (half: 'plan' | 'apply'): CiRole => {
      const input = halves[half];
      const own: CiRoleArgs = {
        ...settings,
        trust: input.trust as CiRoleArgs['trust'],
        permissions: input.permissions,
        ...(roleName === undefined || input.roleName === undefined ? {} : { roleName: input.roleName }),
        ...(named !== undefined && isNamed(input.boundary) ? { boundary: input.boundary } : {}),
        ...(named === undefined && boundary !== undefined ? { boundary } : {}),
      };
      return new CiRole(`${name}-${half}`, own, { parent: this });
    };
    this.plan = make('plan');
    this.apply = make('apply');
    const excluded = pulumi.all([this.plan.trustJson, this.apply.trustJson]).apply(([one, other]) => {
      refuse(name, exclusionProblems(JSON.parse(one) as PolicyDocument, JSON.parse(other) as PolicyDocument), 'roles');
      return true;
    });
    this.registerOutputs({ planArn: this.plan.arn, applyArn: this.apply.arn, excluded });
  }
}

/** Whether the boundary says how it is to be called: then each of the two has a name of its own. */
function isNamed(boundary: unknown): boundary is { readonly name?: string } {
  if (typeof boundary !== 'object' || boundary === null) return false;
  return !pulumi.Output.isInstance(boundary) && !pulumi.Resource.isInstance(boundary) && !(boundary instanceof Promise);
}
