import { createHash } from 'node:crypto';
import type { Call } from '../../server/call.js';
import type { Stack } from './state.js';
import { readValues } from './template.js';

/**
 * What other services have once a stack is deployed: its buckets and its ECR repositories, by the names that the template gives them
 * or that CloudFormation makes up. What else a template declares has no more than a name.
 */
export function makeResources({ world, region, principal }: Call, stack: Stack): void {
  const { account } = principal;
  /** As CloudFormation names what nobody names, in the lower case that both services want; its end is always the same here. */
  const madeUp = (name: string) => {
    const end = createHash('sha256').update(`${account}/${region}/${stack.name}/${name}`).digest('hex').slice(0, 12);
    return `${stack.name}-${name}-${end}`.toLowerCase();
  };
  for (const { name, type, properties } of readValues(stack.deployed?.template ?? '').resources) {
    if (stack.resources.has(name)) continue;
    if (type === 'AWS::S3::Bucket') {
      const bucket = textOf(properties['BucketName']) ?? madeUp(name);
      if (!world.objects.buckets.has(bucket)) world.objects.create(bucket, account, region);
      stack.resources.set(name, bucket);
    } else if (type === 'AWS::ECR::Repository') {
      const repository = textOf(properties['RepositoryName']) ?? madeUp(name);
      if (world.registry.find(account, region, repository) === undefined)
        world.registry.create(account, region, repository);
      stack.resources.set(name, repository);
    }
  }
}

/** What a template gives out: texts, and names of resources that were made; others have no value here. */
export function makeOutputs(stack: Stack): void {
  for (const { name, value } of readValues(stack.deployed?.template ?? '').outputs) {
    const known = textOf(value) ?? stack.resources.get(textOf((value as { Ref?: unknown } | null)?.Ref) ?? '');
    if (known !== undefined) stack.outputs.set(name, known);
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
