import type { Call, Check } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { tagContext } from '../request-tags.js';
import { nameOf, referred, textOf } from './made.js';
import type { Stack } from './state.js';
import { readValues, type TemplateResource } from './template.js';

/** What is asked for to make a resource: always, and where it has a property. */
interface CreateHandler {
  readonly always: readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * From the schemas of the types, which say what their create handlers ask for; which property is behind which action, the names of
 * the operations say.
 */
const handlers: Readonly<Record<string, CreateHandler>> = {
  'AWS::S3::Bucket': {
    always: ['s3:CreateBucket'],
    properties: {
      Tags: 's3:PutBucketTagging',
      VersioningConfiguration: 's3:PutBucketVersioning',
      PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
      BucketEncryption: 's3:PutEncryptionConfiguration',
    },
  },
  'AWS::S3::BucketPolicy': { always: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'] },
  'AWS::ECR::Repository': {
    always: ['ecr:CreateRepository'],
    properties: { Tags: 'ecr:TagResource', RepositoryPolicyText: 'ecr:SetRepositoryPolicy' },
  },
};

function arnOfResource(call: Call, stack: Stack, one: TemplateResource, all: readonly TemplateResource[]): string {
  const { world, region, principal } = call;
  if (one.type === 'AWS::ECR::Repository')
    return arnOf(world, 'ecr', region, principal.account, `repository/${nameOf(call, stack, one)}`);
  const of = one.properties['Bucket'];
  const own = all.find(({ name }) => name === referred(of)) ?? one;
  return `arn:${world.partition}:s3:::${nameOf(call, stack, own) ?? textOf(of) ?? '*'}`;
}

function checksOf(call: Call, stack: Stack, one: TemplateResource, all: readonly TemplateResource[]): Check[] {
  const handler = handlers[one.type];
  if (handler === undefined || !call.world.askedFor.has(one.type)) return [];
  const more = Object.entries(handler.properties ?? {})
    .filter(([property]) => one.properties[property] !== undefined)
    .map(([, action]) => action);
  const resource = arnOfResource(call, stack, one, all);
  const context = one.type === 'AWS::ECR::Repository' ? tagContext(one.properties['Tags']) : {};
  return [...handler.always, ...more].map((action) => ({ action, resource, context }));
}

/**
 * Asks for what a stack without a role is to make, which CloudFormation does with the rights of who deploys it: for resources that
 * are new, of the types that the world says are asked for.
 * @returns whether all of it is allowed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export function mayMake(call: Call, stack: Stack, template: string): boolean {
  const present = new Set(readValues(stack.deployed?.template ?? '').resources.map(({ name }) => name));
  const { resources } = readValues(template);
  return resources
    .filter(({ name }) => !present.has(name) && !stack.resources.has(name))
    .flatMap((one) => checksOf(call, stack, one, resources))
    .every((check) => call.allows(check));
}
