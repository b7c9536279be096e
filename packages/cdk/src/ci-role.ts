import {
  partitionOfRegion,
  quotas,
  quote,
  tryBuild,
  tryBuildRole,
  type BoundaryName,
  type Host,
  type PolicyDocument,
  type PolicySource,
  type Problem,
  type Role as BuiltRole,
  type RoleInput,
} from '@postern/core';
import {
  ManagedPolicy,
  PrincipalBase,
  PrincipalPolicyFragment,
  Role,
  type CfnManagedPolicy,
  type CfnRole,
} from 'aws-cdk-lib/aws-iam';
import { Names, Stack, Token, type Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { providerArn } from './identity-provider.js';
import { checkLater, LaterStatements, withLater } from './later.js';
import { annotate, hostOf, prepare, withBuilt } from './prepare.js';
import { refuse, resolveTexts } from './synthesis.js';

/** A managed policy, own or imported. */
interface AnyManagedPolicy {
  readonly managedPolicyArn: string;
}

/** What the roles of CI jobs have, alone or in a pair. */
export interface CiRoleSettings {
  /** Whether a permissions boundary is made, how it is called, or one that is there: a managed policy or its ARN. */
  readonly boundary?: boolean | BoundaryName | AnyManagedPolicy | string;
  readonly maxSessionDuration?: Duration;
  readonly path?: string;
  /** Made by CloudFormation where it is not given; then the names of the policies are too. */
  readonly roleName?: string;
  /** Where the role is: the account of the stack, which it is where it is not given. */
  readonly account?: string;
  /** Where the resources are that are named without a region; in the region of the stack where it is not given. */
  readonly region?: string;
  /** It follows from the region, or is that of the stack. */
  readonly partition?: string;
}

/** Who may assume a role, what it may do, where it ends. */
export interface CiRoleProps extends CiRoleSettings {
  /** Trust entries with their options, any of which lets in; see {@link chosen}. */
  readonly trust: PolicySource | readonly PolicySource[];
  /** Use cases with their options, as many as wanted; see {@link chosen}. */
  readonly permissions: readonly PolicySource[];
}

/** Lets nobody in: what stands in the template is the document that core made. */
class Nobody extends PrincipalBase {
  readonly policyFragment = new PrincipalPolicyFragment({});
  override addToAssumeRolePolicy(): void {}
  dedupeString(): undefined {
    return undefined;
  }
}

/**
 * The role of a CI job: an `iam.Role` whose trust policy, permissions and boundary are those of core. Permissions that one
 * managed policy cannot hold are divided over several. Where the trust is by tokens and no `provider` is given, the identity
 * provider of the stack is taken, or made, once for each issuer.
 */
export class CiRole extends Role {
  /** The trust policy; statements that are added later are not in it. */
  readonly trustDocument: PolicyDocument;
  /** The managed policies with the permissions. */
  readonly policies: readonly ManagedPolicy[];
  /** The permissions boundary, where one was made. */
  readonly boundaryPolicy: ManagedPolicy | undefined;

  /** @throws {Error} with the path of the construct, for every problem in the properties */
  constructor(scope: Construct, id: string, props: CiRoleProps) {
    const { role, input, host, notes, warnings } = build(scope, id, props);
    const { maxSessionDuration, path, roleName } = props;
    super(scope, id, {
      assumedBy: new Nobody(),
      ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
      ...(path === undefined ? {} : { path }),
      ...(roleName === undefined ? {} : { roleName }),
    });
    const named = (name: string) => (roleName === undefined ? undefined : name);
    this.trustDocument = role.trust;
    this.policies = role.policies.map(({ name, document }, index) => {
      const policy = makePolicy(this, index === 0 ? 'Policy' : `Policy${index + 1}`, document, named(name), path);
      this.addManagedPolicy(policy);
      return policy;
    });
    const { boundary } = role;
    this.boundaryPolicy =
      boundary?.policy === undefined
        ? undefined
        : makePolicy(this, 'Boundary', boundary.policy.document, boundary.policy.name, boundary.policy.path);
    // `Role.customizeRoles` makes no resource.
    const resource = this.node.defaultChild as CfnRole | undefined;
    if (resource !== undefined) {
      resource.assumeRolePolicyDocument = withLater(role.trust, this.assumeRolePolicy!);
      const arn = this.boundaryPolicy?.managedPolicyArn ?? boundary?.arn;
      if (arn !== undefined) resource.permissionsBoundary = arn;
    }
    this.node.addValidation({
      validate: () =>
        tryBuildRole(resolved(input, this), host).problems.map(({ path: where, message }) => `${where}: ${message}`),
    });
    annotate(this, notes, warnings);
  }
}

/** The same role once lazy values are known. */
function resolved(input: RoleInput, scope: Construct): RoleInput {
  const known = (source: PolicySource): PolicySource =>
    'document' in source ? source : { entry: source.entry, options: resolveTexts(source.options, scope) };
  const trust = [input.trust].flat() as readonly PolicySource[];
  return { ...input, trust: trust.map(known), permissions: input.permissions.map(known) };
}

/** The L2 sorts keys and collapses lists; the L1 below it takes the document as it is. */
function makePolicy(
  scope: Construct,
  id: string,
  document: PolicyDocument,
  managedPolicyName: string | undefined,
  path: string | undefined,
): ManagedPolicy {
  const later = new LaterStatements(document);
  const policy = new ManagedPolicy(scope, id, {
    document: later,
    ...(managedPolicyName === undefined ? {} : { managedPolicyName }),
    ...(path === undefined ? {} : { path }),
  });
  const resource = policy.node.defaultChild as CfnManagedPolicy | undefined;
  if (resource !== undefined) resource.policyDocument = withLater(document, later);
  policy.node.addValidation({ validate: () => checkLater(policy, document, later, quotas.managedPolicy) });
  return policy;
}

interface Built {
  readonly role: BuiltRole;
  readonly input: RoleInput;
  readonly host: Host;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

function build(scope: Construct, id: string, props: CiRoleProps): Built {
  const host = hostIn(props, scope);
  const found: { problems: Problem[]; notes: string[]; warnings: string[] } = { problems: [], notes: [], warnings: [] };
  const read = (source: PolicySource, path: string): PolicySource => {
    if ('document' in source) return source;
    const prepared = prepare(source.entry, source.options as Record<string, unknown>, scope);
    found.problems.push(...prepared.problems.map((one) => ({ ...one, path: `${path}.${one.path}` })));
    found.notes.push(...prepared.notes);
    found.warnings.push(...prepared.warnings);
    return { entry: source.entry, options: prepared.options };
  };
  const several = Array.isArray(props.trust);
  const trusts = [props.trust].flat() as readonly PolicySource[];
  const trust = trusts.map((source, index) => read(source, several ? `trust[${index}]` : 'trust'));
  const permissions = props.permissions.map((source, index) => read(source, `permissions[${index}]`));
  const input = (ways: readonly PolicySource[]): RoleInput => ({
    trust: several ? ways : (ways[0] ?? []),
    permissions,
    boundary: boundaryIn(props, scope, id),
    maxSessionDuration: secondsIn(props.maxSessionDuration),
    path: props.path,
    roleName: props.roleName,
    account: props.account,
    region: props.region,
    partition: props.partition,
  });
  found.problems.push(...accountProblems(props, scope));
  const path = scope.node.path === '' ? id : `${scope.node.path}/${id}`;
  const first = tryBuildRole(input(trust), host);
  const problems = withBuilt(found.problems, first.problems);
  if (problems.length > 0) refuse(scope, path, 'role', problems);
  else {
    const withProviders = trust.map((source) => withProvider(source, host, scope));
    const whole = input(withProviders);
    const second = tryBuildRole(whole, host);
    if (second.problems.length > 0) refuse(scope, path, 'role', second.problems);
    return {
      role: second.role,
      input: whole,
      host,
      notes: [...found.notes, ...second.role.notes],
      warnings: found.warnings,
    };
  }
  return { role: first.role, input: input(trust), host, notes: [], warnings: [] };
}

/** What CDK tells core, with what is said of the place of the role. */
function hostIn({ account, region, partition }: CiRoleProps, scope: Construct): Host {
  const host = hostOf(scope);
  const its = partition ?? (region === undefined ? undefined : partitionOfRegion.get(region));
  return {
    ...host,
    place: {
      ...host.place,
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      ...(its === undefined ? {} : { partition: its }),
    },
  };
}

/** A role is in the account of its stack, wherever it is said to be. */
function accountProblems({ account }: CiRoleProps, scope: Construct): Problem[] {
  const own = Stack.of(scope).account;
  if (account === undefined || Token.isUnresolved(account) || Token.isUnresolved(own) || account === own) return [];
  const message = `${quote(account)} is given, and the stack is in ${quote(own)}: make the role in a stack of its account`;
  return [{ path: 'account', message }];
}

/** A trust entry by tokens with the identity provider of the stack, where none is given. */
function withProvider(source: PolicySource, host: Host, scope: Construct): PolicySource {
  if ('document' in source || !Object.hasOwn(source.entry.options, 'provider')) return source;
  const options = source.options as Readonly<Record<string, unknown>>;
  if (options['provider'] !== undefined) return source;
  const { document } = tryBuild(source.entry, options, host);
  const [statement] = document.Statement;
  const federated = typeof statement?.Principal === 'object' ? statement.Principal['Federated']?.[0] : undefined;
  const issuer = /:oidc-provider\/(.+)$/s.exec(federated ?? '')?.[1];
  if (issuer === undefined || host.deferred?.(issuer) === true) return source;
  const audiences = statement?.Condition?.['StringEquals']?.[`${issuer}:aud`] ?? [];
  const arn = providerArn(scope, issuer, audiences);
  // The provider says where it is, and so where the role is.
  const others = Object.fromEntries(
    Object.entries(options).filter(([name]) => !['account', 'partition'].includes(name)),
  );
  return { entry: source.entry, options: { ...others, provider: { arn, name: issuer } } };
}

/** The policy denies changes of itself by its ARN, so its name is written down. */
function boundaryIn({ boundary, roleName }: CiRoleProps, scope: Construct, id: string): RoleInput['boundary'] {
  if (typeof boundary === 'object' && 'managedPolicyArn' in boundary) return boundary.managedPolicyArn;
  if (boundary === undefined || boundary === false || typeof boundary === 'string') return boundary;
  const name = roleName ?? `${Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' })}-${id}`;
  return { name: `${name}-boundary`, ...(boundary === true ? {} : boundary) };
}

function secondsIn(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds();
}
