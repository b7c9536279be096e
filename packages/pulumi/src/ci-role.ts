import { createRequire } from 'node:module';
import {
  OptionsError,
  partitionOfRegion,
  print,
  quotas,
  size,
  tryBuild,
  tryBuildRole,
  withoutRepeats,
  type BoundaryName,
  type Host,
  type Place,
  type PolicyDocument,
  type PolicySource,
  type Problem,
  type Role as BuiltRole,
  type RoleInput,
} from '@postern/core';
import type * as ByPolicy from '@pulumi/aws/iam/policy.js';
import type { Policy } from '@pulumi/aws/iam/policy.js';
import type * as ByRole from '@pulumi/aws/iam/role.js';
import type { Role } from '@pulumi/aws/iam/role.js';
import type * as ByAttachment from '@pulumi/aws/iam/rolePolicyAttachment.js';
import * as pulumi from '@pulumi/pulumi';
import { convertAll, isLater } from './convert.js';
import { fillPlace, isOpen, openPlace } from './open-place.js';
import { placeOfProvider } from './provider-place.js';

/** They are loaded when a role is made: a program with policies alone does not wait for them. */
const load = createRequire(import.meta.url);

/** What the roles of CI jobs have, alone or in a pair. */
export interface CiRoleSettings {
  /** Whether a permissions boundary is made, how it is called, or one that is there: a policy, or its ARN. */
  readonly boundary?: boolean | BoundaryName | pulumi.Input<string> | Policy;
  /** In seconds. */
  readonly maxSessionDuration?: number;
  readonly path?: string;
  /** Made by Pulumi where it is not given; then the names of the policies are too. */
  readonly roleName?: string;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Where the role is; that of the provider where it is not given. */
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** Who may assume a role, what it may do, where it ends. */
export interface CiRoleArgs extends CiRoleSettings {
  /** Trust entries with their options, any of which lets in; see `chosen`. */
  readonly trust: PolicySource | readonly PolicySource[];
  /** Use cases with their options, as many as wanted; see `chosen`. */
  readonly permissions: readonly PolicySource[];
}

/**
 * The role of a CI job: an `aws.iam.Role` with its trust policy, its permissions as managed policies, and its boundary.
 * Permissions that one managed policy cannot hold are divided over several. Where options of the permissions are outputs,
 * nobody knows how many that are, and each use case has a policy of its own.
 */
export class CiRole extends pulumi.ComponentResource {
  /** The role. */
  readonly role: Role;
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** The trust policy as JSON, in canonical form. */
  readonly trustJson: pulumi.Output<string>;
  /** The managed policies with the permissions. */
  readonly policies: readonly Policy[];
  /** Their documents as JSON, in canonical form. */
  readonly policyJsons: readonly pulumi.Output<string>[];
  /** The permissions boundary, where one was made. */
  readonly boundaryPolicy: Policy | undefined;

  /**
   * What is wrong is reported with the resource's name: at once where all is known, else once it is.
   */
  constructor(name: string, args: CiRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super('postern:index:CiRole', name, {}, opts);
    const { Role: RoleResource } = load('@pulumi/aws/iam/role.js') as typeof ByRole;
    const { RolePolicyAttachment } = load('@pulumi/aws/iam/rolePolicyAttachment.js') as typeof ByAttachment;
    const child = { parent: this };
    const { path, roleName, maxSessionDuration, tags } = args;
    const named = { ...(path === undefined ? {} : { path }), ...(tags === undefined ? {} : { tags }) };
    const { trustJson, policyJsons, boundary } = documentsOf(name, args, this);
    this.trustJson = trustJson;
    this.policyJsons = policyJsons;
    this.policies = policyJsons.map((policy, index) => {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      return makePolicy(
        `${name}${suffix}`,
        { policy, ...named, ...(roleName && { name: `${roleName}${suffix}` }) },
        this,
      );
    });
    this.boundaryPolicy =
      boundary?.policy === undefined
        ? undefined
        : makePolicy(`${name}-boundary`, { ...named, ...boundary.policy }, this);
    const permissionsBoundary = this.boundaryPolicy?.arn ?? boundary?.arn;
    this.role = new RoleResource(
      name,
      {
        assumeRolePolicy: trustJson,
        ...named,
        ...(roleName === undefined ? {} : { name: roleName }),
        ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      },
      child,
    );
    this.arn = this.role.arn;
    this.name = this.role.name;
    for (const [index, { arn: policyArn }] of this.policies.entries()) {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      new RolePolicyAttachment(`${name}${suffix}`, { role: this.role.name, policyArn }, child);
    }
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}

function makePolicy(name: string, args: ByPolicy.PolicyArgs, parent: pulumi.Resource): Policy {
  const { Policy: PolicyResource } = load('@pulumi/aws/iam/policy.js') as typeof ByPolicy;
  return new PolicyResource(name, args, { parent });
}

interface RoleDocuments {
  readonly trustJson: pulumi.Output<string>;
  readonly policyJsons: readonly pulumi.Output<string>[];
  readonly boundary:
    | {
        readonly arn?: pulumi.Input<string>;
        readonly policy?: { name: string; path: string; policy: pulumi.Output<string> };
      }
    | undefined;
}

/** Stands for a trust policy that is known only later, where the permissions are known already. */
const someTrust: PolicySource = {
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  },
};

function documentsOf(name: string, args: CiRoleArgs, parent: pulumi.Resource): RoleDocuments {
  const wrong: Problem[] = [];
  const several = Array.isArray(args.trust);
  const read = (source: PolicySource, path: string): PolicySource => {
    if ('document' in source) return source;
    const found: Problem[] = [];
    const options = convertAll(source.entry, source.options as Record<string, unknown>, found);
    for (const one of found) wrong.push({ ...one, path: `${path}.${one.path}` });
    return { entry: source.entry, options };
  };
  const ways = ([args.trust].flat() as readonly PolicySource[]).map((source, index) =>
    read(source, several ? `trust[${index}]` : 'trust'),
  );
  const permissions = args.permissions.map((source, index) => read(source, `permissions[${index}]`));
  const { boundary: givenBoundary, maxSessionDuration, path, roleName, account, region, partition } = args;
  const own = ownBoundary(name, givenBoundary, roleName);
  const input = (trust: readonly PolicySource[], may: readonly PolicySource[]): RoleInput => ({
    trust: several ? trust : (trust[0] ?? []),
    permissions: may,
    boundary: typeof givenBoundary === 'string' ? givenBoundary : own,
    maxSessionDuration,
    path,
    roleName,
    account,
    region,
    partition,
  });
  refuse(name, wrong);
  const [wayOptions, options] = [ways.map(optionsIn), permissions.map(optionsIn)];
  // What is known already is said at once; the layout of known permissions is known too.
  const layout = isLater(options)
    ? undefined
    : tryBuildRole(input(isLater(wayOptions) ? [someTrust] : ways, permissions), openPlace);
  if (layout !== undefined) refuse(name, layout.problems);
  const { attachments } = quotas.managedPolicy;
  if (layout === undefined && permissions.length > attachments) {
    const message = `with outputs each of the ${permissions.length} use cases has a managed policy, and a role takes ${attachments}: give names that are known, or make a second role`;
    refuse(name, [{ path: 'permissions', message }]);
  }
  const all = pulumi.output<unknown>([wayOptions, options]) as pulumi.Output<[unknown[], unknown[]]>;
  const whole = all.apply(([knownWays, known]) => {
    refuse(name, wrong);
    const values = permissions.map((source, index) => withOptions(source, known[index]));
    const trust = ways.map((source, index) => withOptions(source, knownWays[index]));
    return withPlace(args, parent).apply((place): ResolvedRole => {
      const { role, problems } = tryBuildRole(input(trust, values), { place });
      refuse(name, problems);
      for (const note of role.notes) void pulumi.log.info(note, parent);
      return { role, place, permissions: values };
    });
  });
  const policyJsons =
    layout === undefined
      ? permissions.map((_, index) => whole.apply((known) => oneDocument(name, known, index)))
      : layout.role.policies.map(({ document }) => filled(document, whole));
  return {
    trustJson: whole.apply(({ role }) => print(role.trust, 0)),
    policyJsons,
    boundary: boundaryOf(own, givenBoundary, path, whole),
  };
}

function optionsIn(source: PolicySource): unknown {
  return 'document' in source ? undefined : source.options;
}

function withOptions(source: PolicySource, options: unknown): PolicySource {
  return 'document' in source ? source : { entry: source.entry, options };
}

/** A role once all is known. */
interface ResolvedRole {
  readonly role: BuiltRole;
  readonly place: Place;
  readonly permissions: readonly PolicySource[];
}

/** The place as it is given, else that of the provider. */
function withPlace({ account, region, partition }: CiRoleArgs, parent: pulumi.Resource): pulumi.Output<Place> {
  const its = partition ?? partitionOfRegion.get(region ?? '');
  // Who says it all needs no call of the provider.
  if (account !== undefined && region !== undefined && its !== undefined)
    return pulumi.output({ account, region, partition: its });
  return placeOfProvider(parent).apply((place) => ({
    account: account ?? place.account,
    region: region ?? place.region,
    partition: its ?? place.partition,
  }));
}

/** The document with the place of the provider, which may make two of its texts the same. */
function filled(document: PolicyDocument, whole: pulumi.Output<ResolvedRole>): pulumi.Output<string> {
  const text = print(document, 0);
  return whole.apply(({ place }) =>
    isOpen(text) ? print(withoutRepeats(JSON.parse(fillPlace(text, place)) as PolicyDocument), 0) : text,
  );
}

/** The document of one use case, where nobody could know how they are best divided. */
function oneDocument(name: string, { role, place, permissions }: ResolvedRole, index: number): string {
  const source = permissions[index]!;
  if ('document' in source) return JSON.stringify(source.document);
  const host: Host = { place: { ...place, ...role.place } };
  const { document } = tryBuild(source.entry, source.options, host);
  const { title, characters } = quotas.managedPolicy;
  if (size(document) <= characters) return print(document, 0);
  throw new Error(
    `${name}: permissions[${index}]: the document has ${size(document)} characters, and a ${title} at most ${characters}, and outputs cannot be divided over several: give fewer names, or names that are known`,
  );
}

/** What a boundary of its own is called: its policy denies changes of itself by its ARN. */
function ownBoundary(
  name: string,
  boundary: CiRoleSettings['boundary'],
  roleName: string | undefined,
): BoundaryName | undefined {
  const usual = `${roleName ?? name}-boundary`;
  if (boundary === true) return { name: usual };
  if (typeof boundary !== 'object' || pulumi.Output.isInstance(boundary) || boundary instanceof Promise)
    return undefined;
  if (pulumi.Resource.isInstance(boundary)) return undefined;
  return { name: usual, ...(boundary as BoundaryName) };
}

function boundaryOf(
  own: BoundaryName | undefined,
  given: CiRoleSettings['boundary'],
  path: string | undefined,
  whole: pulumi.Output<ResolvedRole>,
): RoleDocuments['boundary'] {
  if (own !== undefined) {
    const policy = whole.apply(({ role }) => print(role.boundary!.policy!.document, 0));
    return { policy: { name: own.name!, path: own.path ?? path ?? '/', policy } };
  }
  if (given === undefined || typeof given === 'boolean') return undefined;
  if (pulumi.Resource.isInstance(given)) return { arn: (given as Policy).arn };
  return { arn: given as pulumi.Input<string> };
}

/** @throws {OptionsError} with the name of the resource, where there is a problem */
export function refuse(name: string, problems: readonly Problem[], what = 'role'): void {
  if (problems.length === 0) return;
  const error = new OptionsError(what, problems);
  error.message = `${name}: ${error.message}`;
  throw error;
}
