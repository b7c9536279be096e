import type { ResourceReference } from '@postern/core';
import * as pulumi from '@pulumi/pulumi';

/** A resource of `@pulumi/aws` that may stand wherever an option takes a name or an ARN. */
export interface Resource {
  readonly arn: pulumi.Output<string>;
  readonly name?: pulumi.Output<string>;
  /** A bucket's name. */
  readonly bucket?: pulumi.Output<string>;
  /** A KMS key's id. */
  readonly keyId?: pulumi.Output<string>;
}

/** Replaces resources, at any depth of lists and outputs, by what core knows: their ARN and name. */
export function toReferences(value: unknown): unknown {
  if (pulumi.Output.isInstance(value)) return value.apply(toReferences);
  if (Array.isArray(value)) return value.map(toReferences);
  if (typeof value !== 'object' || value === null || !('arn' in value)) return value;
  const { arn, bucket, keyId, name } = value as unknown as Resource;
  return pulumi.all([arn, bucket ?? keyId ?? name]).apply(
    ([itsArn, itsName]): ResourceReference => ({
      arn: itsArn,
      ...(itsName === undefined ? {} : { name: itsName }),
    }),
  );
}
