import {
  OptionsError,
  print,
  quotas,
  tryBuild,
  type OptionsOf,
  type PolicyDocument,
  type Quota,
  type UseCase,
} from '@postern/core';
import {
  ManagedPolicy,
  Policy,
  PolicyDocument as CdkPolicyDocument,
  type CfnManagedPolicy,
  type CfnPolicy,
  type IGroup,
  type IRole,
  type IUser,
} from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { toReference, type Resource } from './resource.js';

/** Where a policy goes: a managed policy, or an inline policy of the given identities. */
export interface AttachmentProps {
  /** Make an inline policy instead of a managed one; needs at least one role, user or group. */
  readonly inline?: boolean;
  /** The name of the policy; made by CloudFormation where it is not given. */
  readonly policyName?: string;
  /** The description of the managed policy; the title of the use case where it is not given. */
  readonly description?: string;
  /** The path of the managed policy. */
  readonly path?: string;
  readonly roles?: readonly IRole[];
  readonly users?: readonly IUser[];
  readonly groups?: readonly IGroup[];
}

type Widened<Value> = Value extends readonly (infer Item)[]
  ? readonly (Item | Resource)[]
  : Value extends string | boolean | null | undefined
    ? Value
    : Value | Resource;

type WithConstructs<Value> = [Extract<Value, object>] extends [never] ? Value : Widened<Value>;

/** The options of a use case, with constructs wherever a name or an ARN is taken. */
export type CdkOptionsOf<U extends UseCase> = {
  readonly [Name in keyof OptionsOf<U>]: WithConstructs<OptionsOf<U>[Name]>;
};

/** The options of a use case, and where its policy goes. */
export type UseCasePolicyProps<U extends UseCase> = CdkOptionsOf<U> & AttachmentProps;

/**
 * The least-privilege policy of any use case. Account, region and partition are those of the stack where neither the
 * options nor their ARNs say others.
 */
export class UseCasePolicy<U extends UseCase = UseCase> extends Construct {
  /** The managed policy, for `role.addManagedPolicy`; undefined where the policy is inline. */
  readonly managedPolicy: ManagedPolicy | undefined;
  /** The inline policy; undefined where the policy is managed. */
  readonly inlinePolicy: Policy | undefined;
  /** The policy document, exactly as it stands in the template; tokens are not resolved. */
  readonly document: PolicyDocument;

  /**
   * @throws {Error} with the path of the construct, for every problem in the options, and for a document over its quota
   */
  constructor(scope: Construct, id: string, useCase: U, props: UseCasePolicyProps<U>) {
    super(scope, id);
    const { inline, policyName, description, path, roles, users, groups, ...options } = props as AttachmentProps &
      Record<string, unknown>;
    this.document = this.buildDocument(useCase, options);
    const identities = {
      ...(roles === undefined ? {} : { roles: [...roles] }),
      ...(users === undefined ? {} : { users: [...users] }),
      ...(groups === undefined ? {} : { groups: [...groups] }),
    };
    const name = policyName === undefined ? {} : { policyName };
    const document = CdkPolicyDocument.fromJson(this.document);
    if (inline === true) {
      if ([roles, users, groups].every((list) => list === undefined || list.length === 0)) {
        throw new Error(
          `${this.node.path}: an inline policy belongs to an identity: give \`roles\`, \`users\` or \`groups\``,
        );
      }
      const quota = [
        ...(users === undefined ? [] : [quotas.userPolicies]),
        ...(groups === undefined ? [] : [quotas.groupPolicies]),
        quotas.rolePolicies,
      ][0]!;
      this.refuseOversize(quota, 'give fewer names, or leave `inline` out');
      this.inlinePolicy = new Policy(this, 'Resource', { document, ...name, ...identities });
      (this.inlinePolicy.node.defaultChild as CfnPolicy).policyDocument = this.document;
    } else {
      this.refuseOversize(quotas.managedPolicy, 'give fewer names, or make it `inline`');
      this.managedPolicy = new ManagedPolicy(this, 'Resource', {
        document,
        description: description ?? useCase.title,
        ...(policyName === undefined ? {} : { managedPolicyName: policyName }),
        ...(path === undefined ? {} : { path }),
        ...identities,
      });
      // The L2 sorts keys and collapses lists; the L1 below it takes the document as it is.
      (this.managedPolicy.node.defaultChild as CfnManagedPolicy).policyDocument = this.document;
    }
  }

  /**
   * The ARN of the managed policy.
   * @throws {Error} where the policy is inline
   */
  get managedPolicyArn(): string {
    if (this.managedPolicy === undefined) throw new Error(`${this.node.path}: an inline policy has no ARN`);
    return this.managedPolicy.managedPolicyArn;
  }

  private buildDocument(useCase: UseCase, options: Record<string, unknown>): PolicyDocument {
    const { account, region, partition, urlSuffix } = Stack.of(this);
    const converted = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, toReference(value)]));
    const { document, problems } = tryBuild(useCase, converted, {
      deferred: (text) => Token.isUnresolved(text),
      place: { account, region, partition },
      dnsSuffix: urlSuffix,
    });
    if (problems.length === 0) return document;
    const error = new OptionsError(useCase.id, problems);
    error.message = `${this.node.path}: ${error.message}`;
    throw error;
  }

  /** Tokens count as nothing, so that nothing is refused that would fit. */
  private refuseOversize({ title, characters }: Quota, next: string): void {
    const least = print(this.document, 0).replace(/\$\{Token\[[^\]]*\]\}/g, '').length;
    if (least <= characters) return;
    const say = `the document has ${least} characters, and ${title} at most ${characters}`;
    throw new Error(`${this.node.path}: ${say}: ${next}`);
  }
}
