import type { ResourceReference } from '@postern/core';
import type { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { fragmentsOf, stemOf } from './text.js';

type Stem<Type extends string> = Type extends `${string}::${string}::${infer Name}` ? Uncapitalize<Name> : never;

/**
 * A construct of a CloudFormation type: `AWS::ECR::Repository` is whatever has a `repositoryRef` (resources of both
 * levels, and reference interfaces) or a `repositoryArn`.
 */
export type ConstructOf<Type extends string> = string extends Type
  ? IConstruct
  : Type extends 'AWS::IAM::OIDCProvider'
    ? { readonly openIdConnectProviderArn: string } | CfnOIDCProvider
    : Type extends string
      ? { readonly [Key in `${Stem<Type>}Ref`]: object } | { readonly [Key in `${Stem<Type>}Arn`]: string }
      : never;

/** A reference that says whether it is an ARN or a name, and no construct. */
export type Reference = ResourceReference & { readonly node?: never };

/** What stands for a construct, or why it cannot. */
export type ResourceReading = { readonly reference: ResourceReference } | { readonly problem: string };

/** What a construct of a type says in other words than the rest: which of its properties is its name. */
const names: Readonly<Record<string, string>> = { 'AWS::ECS::TaskDefinition': 'family' };

/** Types whose ARN carries a revision: a job's policy is for the name, all revisions of it. */
export const revised: ReadonlySet<string> = new Set(['AWS::ECS::TaskDefinition']);

/** Reads the ARN, the name and the place of a construct of one of the types. */
export function readConstruct(construct: object, types: readonly string[], title: string): ResourceReading {
  if (types.includes('AWS::KMS::Key') && 'aliasTargetKey' in construct) {
    const key = attempt(() => construct.aliasTargetKey);
    if (typeof key === 'object' && key !== null) return readConstruct(key, types, title);
    return {
      problem: `${describe(construct)} is an alias whose key is not known, and IAM does not decide by aliases: give the key, or \`Alias.fromAliasAttributes\` with its key`,
    };
  }
  // Identity providers of the second level are made by a custom resource, whose type says nothing.
  if (types.includes('AWS::IAM::OIDCProvider') && 'openIdConnectProviderArn' in construct) {
    const arn = attempt(() => construct.openIdConnectProviderArn);
    if (typeof arn === 'string') return { reference: { arn } };
  }
  const resource = resourceOf(construct);
  const type = typeOf(resource);
  if (type !== undefined && !types.includes(type)) {
    return {
      problem: `${describe(construct)} is an \`${type}\`: give a construct, a name or an ARN of ${article(title)}`,
    };
  }
  const arn =
    attribute(construct, types, ['Arn']) ?? (type === undefined ? undefined : firstText(construct, 'attrArn'));
  const name = nameOf(construct, resource, types);
  if (arn === undefined && name === undefined && type !== undefined) {
    return {
      problem: `nothing is known of ${describe(construct)} but its type: give \`{ arn: … }\` or \`{ name: … }\``,
    };
  }
  if (arn === undefined && name === undefined) {
    return { problem: `${describe(construct)} is no ${title}: give a construct, a name or an ARN of one` };
  }
  const place = placeOf(construct);
  const known = place === undefined ? {} : { place };
  const detached = !Construct.isConstruct(construct) && Token.isUnresolved(arn);
  const withoutArn = types.some((one) => revised.has(one)) || detached || isOldServiceArn(arn, types);
  if (name !== undefined && (withoutArn || arn === undefined)) return { reference: { name, ...known } };
  if (arn === undefined || (withoutArn && Token.isUnresolved(arn))) {
    return { problem: `the name of ${describe(construct)} is not known: give it as \`{ name: … }\`` };
  }
  return { reference: name === undefined ? { arn, ...known } : { arn, name, ...known } };
}

/** Constructs imported by name have an ARN of the old format, without the cluster, unless a feature flag is set. */
function isOldServiceArn(arn: string | undefined, types: readonly string[]): boolean {
  if (arn === undefined || !types.includes('AWS::ECS::Service')) return false;
  const written = fragmentsOf(arn).map((piece) => (typeof piece === 'string' ? piece : ''));
  return /:service\/[^/]*$/.test(written.join(''));
}

/** A value in messages: the path of a construct, its name where it has none, or the text itself. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `\`${value}\``;
  const path = attempt(() => (value as Construct).node.path);
  if (typeof path === 'string' && path !== '') return `\`${path}\``;
  const texts = Object.entries(value as object).filter(
    ([key, text]) => /Name$|^arn$|^name$/.test(key) && typeof text === 'string',
  );
  return `\`${String(texts[0]?.[1] ?? (value as object).constructor.name)}\``;
}

function article(title: string): string {
  return `${/^(an? |[AEIOU]|S3)/.test(title) ? 'an' : 'a'} ${title}`;
}

/** The resource of the first level behind a construct. */
function resourceOf(construct: object): Record<string, unknown> | undefined {
  if (typeOf(construct) !== undefined) return construct as Record<string, unknown>;
  const child = attempt(() => (construct as Construct).node.defaultChild);
  return typeOf(child) === undefined ? undefined : (child as unknown as Record<string, unknown>);
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('cfnResourceType' in value)) return undefined;
  return typeof value.cfnResourceType === 'string' ? value.cfnResourceType : undefined;
}

/** The name as it was written where it was, else the attribute that gives it once it is made. */
function nameOf(
  construct: object,
  resource: Record<string, unknown> | undefined,
  types: readonly string[],
): string | undefined {
  for (const type of types) {
    const property = names[type] ?? `${stemOf(type)}Name`;
    for (const holder of [resource, names[type] === undefined ? undefined : (construct as Record<string, unknown>)]) {
      const written = attempt(() => holder?.[property]);
      const path = attempt(() => resource?.['path']) ?? '/';
      if (typeof written === 'string' && typeof path === 'string' && !Token.isUnresolved([written, path].join(''))) {
        return `${path.slice(1)}${written}`;
      }
    }
    if (names[type] !== undefined) return undefined;
  }
  return attribute(construct, types, ['Name', 'Id']) ?? firstText(construct, 'attrName');
}

function firstText(construct: object, key: string): string | undefined {
  const value = attempt(() => (construct as Record<string, unknown>)[key]);
  return typeof value === 'string' ? value : undefined;
}

/** An attribute by any of the types' names for it, of the construct or of its reference. */
function attribute(construct: object, types: readonly string[], endings: readonly string[]): string | undefined {
  const stems = types.map(stemOf);
  const references = stems.map((stem) => attempt(() => (construct as Record<string, unknown>)[`${stem}Ref`]));
  // A resource of the first level has the properties it was given by these names, not what they become.
  const holders = typeOf(construct) === undefined ? [construct, ...references] : references;
  for (const holder of holders) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const key of stems.flatMap((stem) => endings.map((ending) => `${stem}${ending}`))) {
      const value = attempt(() => (holder as Record<string, unknown>)[key]);
      if (typeof value === 'string') return value;
    }
  }
  return undefined;
}

/** The account and region of a construct, where its stack or its ARN says them. */
function placeOf(construct: object): { account?: string; region?: string } | undefined {
  const env = attempt(() => (construct as { env?: unknown }).env);
  if (typeof env !== 'object' || env === null) return undefined;
  const { account, region } = env as { account?: unknown; region?: unknown };
  return {
    ...(typeof account === 'string' ? { account } : {}),
    ...(typeof region === 'string' ? { region } : {}),
  };
}

/** Imported constructs throw at what they do not know. */
export function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
