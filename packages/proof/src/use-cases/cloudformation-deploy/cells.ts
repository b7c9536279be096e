import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const alone = { ...place, stacks: ['my-stack'] };
const base = { ...alone, serviceRole: 'my-stack-role' };
const review = { ...alone, access: 'review' };
const action = { client: 'aws-actions' };
const direct = { method: 'direct' };
const bucket = { bucket: 'templates', prefixes: ['app'] };
const key = { kmsKey: '1234abcd-12ab-34cd-96ef-1234567890ab' };
const transforms = { transforms: ['Serverless-2016-10-31', 'LanguageExtensions'] };
const parameters = { parameters: ['/app/image'] };

const sets = {
  ...place,
  stackSets: ['fleet'],
  stackSetRole: 'stack-set-admin',
  stackSetRegions: ['eu-west-1', 'eu-central-1'],
};
const managed = {
  ...place,
  stackSets: ['fleet'],
  stackSetPermissions: 'service-managed',
  stackSetTargets: ['ou-ab12-cdef3456', '210987654321'],
  stackSetTypes: ['AWS-SNS-Topic', 'AWS-S3-Bucket'],
};

/** Each switch by itself, with the method and the client that it belongs to; then scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  { name: 'deploy', options: base },
  { name: 'deploy all', options: { ...base, deleteStacks: true, readEvents: true, validateTemplates: true } },
  { name: 'without role', options: { ...alone, deleteChangeSets: true } },
  { name: 'transforms', options: { ...base, ...transforms, ...parameters } },
  { name: 'bucket', options: { ...base, ...bucket, upload: true } },
  { name: 'bucket read', options: { ...base, ...bucket } },
  { name: 'bucket key', options: { ...base, ...bucket, ...key, upload: true } },
  { name: 'bucket key read', options: { ...base, bucket: 'templates', wholeBucket: true, ...key } },
  { name: 'macro', options: { ...base, macroFunctions: ['shorten'] } },
  { name: 'macro direct', options: { ...alone, ...direct, macroFunctions: ['shorten', 'widen'] } },
  { name: 'macro review', options: { ...review, macroFunctions: ['shorten'] } },
  { name: 'nested', options: { ...alone, ...bucket, upload: true, nestedStacks: ['Network'], deleteStacks: true } },
  { name: 'tags', options: { ...base, stackTags: true } },
  { name: 'direct', options: { ...base, ...direct } },
  { name: 'direct delete', options: { ...base, ...direct, ...transforms, deleteStacks: true } },
  { name: 'direct without role', options: { ...alone, ...direct, ...bucket } },
  { name: 'review', options: { ...review, deleteChangeSets: true } },
  { name: 'review all', options: { ...review, ...transforms, ...parameters, readEvents: true } },
  { name: 'read', options: { ...alone, access: 'read' } },
  { name: 'read action', options: { ...alone, ...action, access: 'read' } },
  { name: 'action', options: { ...base, ...action } },
  {
    name: 'action all',
    options: { ...base, ...action, ...bucket, upload: true, deleteStacks: true, readEvents: true },
  },
  { name: 'action review', options: { ...review, ...action } },
  { name: 'two stacks', options: { ...base, stacks: ['my-stack', 'other-stack'] } },
  { name: 'pattern', options: { ...base, stacks: ['web-*'], scope: 'pattern' } },
  { name: 'account', options: { ...place, scope: 'account', access: 'read' } },
  { name: 'another partition', options: { ...base, ...bucket, ...key, upload: true, region: 'cn-north-1' } },
  {
    name: 'stack sets',
    options: { ...sets, createStackSets: true, stackInstances: true, deleteStackSets: true, readEvents: true },
  },
  { name: 'stack set removal', options: { ...sets, deleteStackSets: true } },
  { name: 'stack set update', options: { ...place, stackSets: ['fleet'], stackTags: true } },
  { name: 'stack set bucket', options: { ...sets, ...bucket, stackInstances: true } },
  {
    name: 'stack sets of the organization',
    options: { ...managed, stackSetRegions: ['eu-west-1'], stackInstances: true, deleteStackSets: true },
  },
  { name: 'stack set of the organization new', options: { ...managed, createStackSets: true } },
  { name: 'stack sets read', options: { ...place, stackSets: ['fleet'], access: 'read' } },
];
