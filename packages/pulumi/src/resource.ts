import type { ResourceReference } from '@postern/core';
import type { OpenIdConnectProvider } from '@pulumi/aws/iam/openIdConnectProvider.js';
import * as pulumi from '@pulumi/pulumi';
import type { ResourceTypes } from './resource-types.js';

/** A resource of a type that an option takes. */
export type ResourceOf<Type extends string> = string extends Type
  ? pulumi.CustomResource
  : Type extends 'AWS::IAM::OIDCProvider'
    ? OpenIdConnectProvider
    : Type extends keyof ResourceTypes
      ? ResourceTypes[Type]
      : never;

/** A reference that says whether it is an ARN or a name, as the results of data sources do, and no resource. */
export type Reference = (
  | { readonly arn: pulumi.Input<string>; readonly name?: pulumi.Input<string> }
  | { readonly arn?: undefined; readonly name: pulumi.Input<string> }
) & { readonly urn?: never };

/** What an option asks for, and where a problem is told. */
export interface Expected {
  /** The types in CloudFormation; undefined where the option takes a text. */
  readonly types: readonly string[] | undefined;
  readonly title: string;
  readonly say: (message: string) => void;
}

/** Replaces resources, at any depth of lists and outputs, by what core knows: their ARN and name. */
export function toReferences(value: unknown, asked: Expected): unknown {
  if (pulumi.Output.isInstance(value)) return value.apply((known) => toReferences(known, asked));
  if (Array.isArray(value)) return value.map((item) => toReferences(item, asked));
  if (typeof value !== 'object' || value === null || asked.types === undefined) return value;
  if (value instanceof Promise) return toReferences(pulumi.output(value), asked);
  if (pulumi.Resource.isInstance(value)) return readResource(value, asked.types, asked);
  const { arn: itsArn, name, arnWithoutRevision } = value as Reference & { arnWithoutRevision?: pulumi.Input<string> };
  const arn = arnWithoutRevision ?? itsArn;
  return arn === undefined && name === undefined ? value : reference(arn, name);
}

function readResource(resource: pulumi.Resource, types: readonly string[], { title, say }: Expected): unknown {
  const type = typeOf(resource);
  const wanted = types.map(stemOf);
  if (type !== undefined && !types.some((one) => isType(type, one))) {
    const next = isType(type, 'AWS::KMS::Alias')
      ? 'IAM does not decide by aliases, so give its `targetKeyArn`'
      : `give a resource, a name or an ARN of the kind ${title}`;
    say(`\`${nameOf(resource) ?? type}\` is an \`${type}\`: ${next}`);
    return { name: title };
  }
  const properties = resource as unknown as Record<string, pulumi.Output<string> | undefined>;
  const arn = properties['arnWithoutRevision'] ?? properties['arn'];
  const keys = wanted.flatMap((stem) => [`${stem}Name`, stem, 'keyId', 'family']);
  const key = [...keys, 'name'].find((one) => properties[one] !== undefined);
  return reference(arn, key === undefined ? undefined : properties[key]);
}

function reference(arn: pulumi.Input<string> | undefined, name: pulumi.Input<string> | undefined): unknown {
  return pulumi.all([arn, name]).apply(([itsArn, itsName]) => {
    const known = {
      ...(itsArn === undefined ? {} : { arn: itsArn }),
      ...(itsName === undefined ? {} : { name: itsName }),
    };
    return known as ResourceReference;
  });
}

/** `AWS::ECR::Repository` is `repository` in the modules of the provider. */
function stemOf(type: string): string {
  const name = type.slice(type.lastIndexOf(':') + 1);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** The type token of a resource of AWS, such as `aws:ecr/repository:Repository`; undefined for components. */
export function typeOf(resource: pulumi.Resource): string | undefined {
  const type = (resource as { __pulumiType?: unknown }).__pulumiType;
  return typeof type === 'string' && /^aws(-native)?:/.test(type) ? type : undefined;
}

/** Types whose names the provider spells otherwise. */
const renamed: Readonly<Record<string, string>> = { 'AWS::IAM::OIDCProvider': 'AWS::IAM::OpenIdConnectProvider' };

/** Whether a type token is that of a type in CloudFormation; the provider has second versions of some. */
export function isType(token: string, type: string): boolean {
  const [, service, name] = (renamed[type] ?? type).split('::');
  const found = /^aws(?:-native)?:([a-z0-9]+)(?:\/[A-Za-z0-9]+)?:([A-Za-z0-9]+?)(?:V2)?$/.exec(token);
  return found?.[1] === service?.toLowerCase() && found?.[2] === name;
}

/** The name that the program gave a resource. */
export function nameOf(resource: pulumi.Resource): string | undefined {
  const name = (resource as { __name?: unknown }).__name;
  return typeof name === 'string' ? name : undefined;
}
