import { createRequire } from 'node:module';
import {
  OptionsError,
  print,
  tryBuild,
  type OptionsOf,
  type Problem,
  type ResourceReference,
  type UseCase,
} from '@postern/core';
import { getCallerIdentityOutput } from '@pulumi/aws/getCallerIdentity.js';
import { getPartitionOutput } from '@pulumi/aws/getPartition.js';
import { getRegionOutput } from '@pulumi/aws/getRegion.js';
import { Policy } from '@pulumi/aws/iam/policy.js';
import type * as ByGroup from '@pulumi/aws/iam/groupPolicyAttachment.js';
import type * as ByRole from '@pulumi/aws/iam/rolePolicyAttachment.js';
import type * as ByUser from '@pulumi/aws/iam/userPolicyAttachment.js';
import * as pulumi from '@pulumi/pulumi';
import { toReferences, type Resource } from './resource.js';

/** Attachments are loaded when one is made: they cost as much as all the rest. */
const load = createRequire(import.meta.url);

/** What the managed policy is called and whom it is attached to. */
export interface AttachmentArgs {
  readonly policyName?: pulumi.Input<string>;
  /** The description; the title of the use case where it is not given. */
  readonly description?: pulumi.Input<string>;
  readonly path?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Names of the roles, users and groups it is attached to. */
  readonly roles?: readonly pulumi.Input<string>[];
  readonly users?: readonly pulumi.Input<string>[];
  readonly groups?: readonly pulumi.Input<string>[];
}

type Item = string | ResourceReference | Resource;

type WithInputs<Value> = [Value] extends [readonly unknown[]]
  ? pulumi.Input<readonly pulumi.Input<Item>[]>
  : pulumi.Input<[Extract<Value, ResourceReference>] extends [never] ? Value : Value | Resource>;

/** The options of a use case, each an input, with resources wherever a name or an ARN is taken. */
export type PulumiOptionsOf<U extends UseCase> = {
  readonly [Name in keyof OptionsOf<U>]:
    | WithInputs<Exclude<OptionsOf<U>[Name], undefined>>
    | Extract<OptionsOf<U>[Name], undefined>;
};

/** The options of a use case, and what its policy is called and attached to. */
export type UseCasePolicyArgs<U extends UseCase> = PulumiOptionsOf<U> & AttachmentArgs;

/**
 * The least-privilege policy of any use case, as a managed policy. Account, region and partition are those of the
 * provider where neither the options nor their ARNs say others.
 */
export class UseCasePolicy<U extends UseCase = UseCase> extends pulumi.ComponentResource {
  /** The managed policy. */
  readonly policy: Policy;
  /** The policy document as JSON, in canonical form. */
  readonly policyJson: pulumi.Output<string>;
  /** The ARN of the managed policy. */
  readonly arn: pulumi.Output<string>;

  /**
   * Invalid options are reported with the resource's name: at once where all are known, else once they are.
   */
  constructor(name: string, useCase: U, args: UseCasePolicyArgs<U>, opts?: pulumi.ComponentResourceOptions) {
    super(`postern:index:${useCase.id}`, name, {}, opts);
    const { policyName, description, path, tags, roles, users, groups, ...options } = args as AttachmentArgs &
      Record<string, unknown>;
    this.policyJson = renderJson(name, useCase, options, this);
    const child = { parent: this };
    this.policy = new Policy(
      name,
      {
        policy: this.policyJson,
        description: description ?? useCase.title,
        ...(policyName === undefined ? {} : { name: policyName }),
        ...(path === undefined ? {} : { path }),
        ...(tags === undefined ? {} : { tags }),
      },
      child,
    );
    this.arn = this.policy.arn;
    const policyArn = this.policy.arn;
    roles?.forEach((role, index) => {
      const { RolePolicyAttachment } = load('@pulumi/aws/iam/rolePolicyAttachment.js') as typeof ByRole;
      new RolePolicyAttachment(`${name}-role-${index}`, { role, policyArn }, child);
    });
    users?.forEach((user, index) => {
      const { UserPolicyAttachment } = load('@pulumi/aws/iam/userPolicyAttachment.js') as typeof ByUser;
      new UserPolicyAttachment(`${name}-user-${index}`, { user, policyArn }, child);
    });
    groups?.forEach((group, index) => {
      const { GroupPolicyAttachment } = load('@pulumi/aws/iam/groupPolicyAttachment.js') as typeof ByGroup;
      new GroupPolicyAttachment(`${name}-group-${index}`, { group, policyArn }, child);
    });
    this.registerOutputs({ policyJson: this.policyJson, arn: this.arn });
  }
}

/** The document once every input is known; an unknown one leaves the whole unknown, and a secret one secret. */
function renderJson(
  name: string,
  useCase: UseCase,
  options: Record<string, unknown>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const converted = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, toReferences(value)]));
  if (!isLater(converted)) refuse(name, useCase, withoutPlace(tryBuild(useCase, converted).problems));
  const known = pulumi.output(converted as unknown) as pulumi.Output<Record<string, unknown>>;
  return known.apply((values): pulumi.Output<string> => {
    const { problems, document } = tryBuild(useCase, values);
    if (problems.length === 0) return pulumi.output(print(document, 0));
    refuse(name, useCase, withoutPlace(problems));
    const fromProvider = pulumi.all([
      getCallerIdentityOutput({}, { parent }).accountId,
      getRegionOutput({}, { parent }).region,
      getPartitionOutput({}, { parent }).partition,
    ]);
    return fromProvider.apply(([account, region, partition]) => {
      const attempt = tryBuild(useCase, values, { place: { account, region, partition } });
      refuse(name, useCase, attempt.problems);
      return print(attempt.document, 0);
    });
  });
}

/** A place that is missing is the provider's. */
function withoutPlace(problems: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ path, message }) => !(['account', 'region'].includes(path) && message.startsWith('missing')),
  );
}

/** Whether a value, or something in it, is known only later. */
function isLater(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isLater);
}

function refuse(name: string, useCase: UseCase, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const error = new OptionsError(useCase.id, problems);
  error.message = `${name}: ${error.message}`;
  throw error;
}
