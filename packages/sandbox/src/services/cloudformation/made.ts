import { createHash } from 'node:crypto';
import type { Call } from '../../server/call.js';
import type { Stack } from './state.js';
import { readValues, type TemplateResource } from './template.js';

/** Buckets and ECR repositories are named by one of their properties. */
const named: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::ECR::Repository': 'RepositoryName',
};

/** What other services call a resource, by the name that the template gives it or that CloudFormation makes up; others have none. */
export function nameOf({ region, principal }: Call, stack: Stack, { name, type, properties }: TemplateResource) {
  const property = named[type];
  if (property === undefined) return undefined;
  // As CloudFormation names what nobody names, in the lower case that both services want; its end is always the same here.
  const end = createHash('sha256').update(`${principal.account}/${region}/${stack.name}/${name}`).digest('hex');
  return textOf(properties[property]) ?? `${stack.name}-${name}-${end.slice(0, 12)}`.toLowerCase();
}

/**
 * What other services have once a stack is deployed: its buckets and its ECR repositories. What else a template declares has no more
 * than a name.
 */
export function makeResources(call: Call, stack: Stack): void {
  const { world, region, principal } = call;
  const { account } = principal;
  for (const resource of readValues(stack.deployed?.template ?? '').resources) {
    const made = nameOf(call, stack, resource);
    if (stack.resources.has(resource.name) || made === undefined) continue;
    if (resource.type === 'AWS::S3::Bucket') {
      if (!world.objects.buckets.has(made)) world.objects.create(made, account, region);
    } else if (world.registry.find(account, region, made) === undefined) {
      world.registry.create(account, region, made);
    }
    stack.resources.set(resource.name, made);
  }
}

/** What a template gives out: texts, and names of resources that were made; others have no value here. */
export function makeOutputs(stack: Stack): void {
  for (const { name, value } of readValues(stack.deployed?.template ?? '').outputs) {
    const known = textOf(value) ?? stack.resources.get(referred(value) ?? '');
    if (known !== undefined) stack.outputs.set(name, known);
  }
}

/** The logical id that a value refers to. */
export const referred = (value: unknown) => textOf((value as { Ref?: unknown } | null | undefined)?.Ref);

export const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
