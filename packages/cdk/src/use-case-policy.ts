import {
  listNotes,
  print,
  quotas,
  tryBuild,
  type Entry,
  type OptionsOf,
  type PolicyDocument,
  type Quota,
  type ResourceForm,
  type UseCase,
  type ValueOf,
} from '@postern/core';
import {
  ManagedPolicy,
  Policy,
  type CfnManagedPolicy,
  type CfnPolicy,
  type IGrantable,
  type IGroup,
  type IPrincipal,
  type IRole,
  type IUser,
} from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkLater, LaterStatements, withLater } from './later.js';
import { annotate, hostOf, prepare, withBuilt } from './prepare.js';
import { attempt, describe, type ConstructOf, type Reference } from './resource.js';
import { refuse, resolveTexts } from './synthesis.js';

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

type ItemOf<O> = O extends { readonly form: infer Form }
  ? Form extends ResourceForm<infer Type>
    ? string | Reference | ConstructOf<Type>
    : string
  : string;

/** What a construct of another option knows may be left out, or be null to keep it out. */
type NullOf<O> = O extends { readonly of: string } ? null : never;

type RequiredNames<Options> = {
  [Name in keyof Options]: Options[Name] extends {
    readonly required: true;
    readonly scoped: false;
    readonly of: undefined;
  }
    ? Name
    : never;
}[keyof Options];

type CdkValue<U extends Entry, Name extends keyof U['options'] & keyof OptionsOf<U>> =
  | ValueOf<U['options'][Name], ItemOf<U['options'][Name]>>
  | NullOf<U['options'][Name]>;

type OptionNames<U extends Entry> = keyof U['options'] & keyof OptionsOf<U>;

/** The options of an entry, with constructs of their kind wherever a name or an ARN is taken. */
export type CdkOptionsOf<U extends Entry> = {
  readonly [Name in OptionNames<U> & RequiredNames<U['options']>]: CdkValue<U, Name>;
} & {
  readonly [Name in Exclude<OptionNames<U>, RequiredNames<U['options']>>]?: CdkValue<U, Name> | undefined;
};

/** The options of a use case, and where its policy goes. */
export type UseCasePolicyProps<U extends UseCase> = CdkOptionsOf<U> & AttachmentProps;

/**
 * The least-privilege policy of any use case. Account, region and partition are those of the stack where neither the
 * options nor their ARNs say others.
 */
export class UseCasePolicy<U extends UseCase = UseCase> extends Construct implements IGrantable {
  /** The policy document of the use case; tokens are not resolved, and statements added later are not in it. */
  readonly document: PolicyDocument;
  /** What is granted to this construct becomes a statement of its policy. */
  readonly grantPrincipal: IPrincipal;
  private readonly policy: ManagedPolicy | Policy;

  /**
   * @throws {Error} with the path of the construct, for every problem in the options, and for a document over its quota
   */
  constructor(scope: Construct, id: string, useCase: U, props: UseCasePolicyProps<U>) {
    super(scope, id);
    const { inline, policyName, description, path, roles, users, groups, ...options } = props as AttachmentProps &
      Record<string, unknown>;
    this.refuseAttachments(props);
    this.document = this.buildDocument(useCase, options);
    const later = new LaterStatements(this.document);
    const shared = {
      document: later,
      ...(roles === undefined ? {} : { roles: [...roles] }),
      ...(users === undefined ? {} : { users: [...users] }),
      ...(groups === undefined ? {} : { groups: [...groups] }),
    };
    let quota: Quota = quotas.managedPolicy;
    if (inline === true) {
      if ([roles, users, groups].every((list) => list === undefined || list.length === 0)) {
        throw new Error(
          `${this.node.path}: an inline policy belongs to an identity: give \`roles\`, \`users\` or \`groups\``,
        );
      }
      quota =
        users !== undefined ? quotas.userPolicies : groups !== undefined ? quotas.groupPolicies : quotas.rolePolicies;
      this.refuseOversize(quota, 'give fewer names and make a policy for the rest, or leave `inline` out');
      this.policy = new Policy(this, 'Resource', { ...shared, ...(policyName === undefined ? {} : { policyName }) });
    } else {
      this.refuseOversize(quota, 'give fewer names and make another policy for the rest');
      this.policy = new ManagedPolicy(this, 'Resource', {
        ...shared,
        description: description ?? useCase.title,
        ...(policyName === undefined ? {} : { managedPolicyName: policyName }),
        ...(path === undefined ? {} : { path }),
      });
    }
    this.grantPrincipal = this.policy.grantPrincipal;
    // The L2 sorts keys and collapses lists; the L1 below it takes the document as it is. `Role.customizeRoles` makes none.
    const resource = this.policy.node.defaultChild as CfnManagedPolicy | CfnPolicy | undefined;
    if (resource !== undefined) resource.policyDocument = withLater(this.document, later);
    this.node.addValidation({ validate: () => checkLater(this, this.document, later, quota) });
  }

  /**
   * The managed policy, for `role.addManagedPolicy`.
   * @throws {Error} where the policy is inline
   */
  get managedPolicy(): ManagedPolicy {
    if (this.policy instanceof ManagedPolicy) return this.policy;
    throw new Error(`${this.node.path}: the policy is inline: leave \`inline\` out, or use \`inlinePolicy\``);
  }

  /**
   * The inline policy.
   * @throws {Error} where the policy is managed
   */
  get inlinePolicy(): Policy {
    if (this.policy instanceof Policy) return this.policy;
    throw new Error(`${this.node.path}: the policy is managed: set \`inline\`, or use \`managedPolicy\``);
  }

  /**
   * The ARN of the managed policy.
   * @throws {Error} where the policy is inline
   */
  get managedPolicyArn(): string {
    if (this.policy instanceof ManagedPolicy) return this.policy.managedPolicyArn;
    throw new Error(`${this.node.path}: an inline policy has no ARN`);
  }

  private buildDocument(useCase: UseCase, given: Record<string, unknown>): PolicyDocument {
    const host = hostOf(this);
    const prepared = prepare(useCase, given, this);
    const { document, problems, resolved } = tryBuild(useCase, prepared.options, host);
    const all = withBuilt(prepared.problems, problems);
    if (all.length > 0) refuse(this, this.node.path, useCase.id, all);
    else {
      this.node.addValidation({
        validate: () => {
          const options = resolveTexts(prepared.options, this);
          if (options === prepared.options) return [];
          return tryBuild(useCase, options, host).problems.map(
            ({ path, message }) => `${useCase.id}: ${path}: ${message}`,
          );
        },
      });
    }
    annotate(this, [...prepared.notes, ...listNotes(useCase, resolved)], prepared.warnings);
    return document;
  }

  private refuseAttachments({ inline, path, description, roles }: AttachmentProps): void {
    const managedOnly = Object.entries({ path, description }).filter(([, value]) => value !== undefined);
    if (inline === true && managedOnly.length > 0) {
      const names = managedOnly.map(([name]) => `\`${name}\``).join(' and ');
      throw new Error(`${this.node.path}: an inline policy has no ${names}: leave it out, or leave \`inline\` out`);
    }
    const { account } = Stack.of(this);
    (roles ?? []).forEach((role, index) => {
      const its = attempt(() => role.env.account);
      if (its === undefined || its === account || Token.isUnresolved(its) || Token.isUnresolved(account)) return;
      throw new Error(
        `${this.node.path}: roles[${index}]: ${describe(role)} is in the account \`${its}\`, and the policy in \`${account}\`: make the policy in a stack of that account`,
      );
    });
  }

  /** Tokens count as nothing, so that nothing is refused that would fit. */
  private refuseOversize({ title, characters }: Quota, next: string): void {
    const least = print(this.document, 0).replace(/\$\{Token\[[^\]]*\]\}/g, '').length;
    if (least <= characters) return;
    const say = `the document has ${least} characters, and ${title} at most ${characters}`;
    throw new Error(`${this.node.path}: ${say}: ${next}`);
  }
}
