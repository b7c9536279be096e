import type { Place } from '@postern/core';
import { getCallerIdentityOutput } from '@pulumi/aws/getCallerIdentity.js';
import { getPartitionOutput } from '@pulumi/aws/getPartition.js';
import { getRegionOutput } from '@pulumi/aws/getRegion.js';
import * as pulumi from '@pulumi/pulumi';

/** Where the provider of a resource is. */
export function placeOfProvider(parent: pulumi.Resource): pulumi.Output<Place> {
  const parts = pulumi.all([
    getCallerIdentityOutput({}, { parent }).accountId,
    getRegionOutput({}, { parent }).region,
    getPartitionOutput({}, { parent }).partition,
  ]);
  return parts.apply(([account, region, partition]) => ({ account, region, partition }));
}
