import type { ProofPlan } from '../../scenario.js';
import { imageFunctions, repositoryOf } from './app.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const alone = { ...place, stacks: ['my-stack'] };
const base = { ...alone, serviceRole: 'my-stack-role' };
const bucket = { bucket: 'my-artifacts', prefixes: ['app'] };
const managed = { resolveS3: 'existing', prefixes: ['app'] };
const key = { kmsKey: '1234abcd-12ab-34cd-96ef-1234567890ab' };
const companion = { images: 'companion', repositories: imageFunctions.map((name) => repositoryOf('my-stack', name)) };
const images = { images: 'given', repositories: ['app/images'] };
const deletion = { deleteStacks: true };

/** Each switch with the bucket that it belongs to; scopes and another partition stand with those that are short. */
export const cells: ProofPlan['cells'] = [
  { name: 'deploy', options: { ...base, ...bucket } },
  {
    name: 'without bucket',
    options: {
      ...place,
      scope: 'account',
      transforms: ['LanguageExtensions'],
      parameters: ['/app/image'],
      stackTags: true,
    },
  },
  { name: 'review', options: { ...place, ...bucket, stacks: ['web-*'], scope: 'pattern', access: 'review' } },
  { name: 'managed bucket', options: { ...base, ...managed, ...deletion } },
  {
    name: 'managed bucket by name',
    options: {
      ...base,
      resolveS3: 'existing',
      bucket: 'aws-sam-cli-managed-default-samclisourcebucket-9z8y7x6w5v4u',
      wholeBucket: true,
      ...key,
      ...deletion,
    },
  },
  {
    name: 'make the managed bucket',
    options: { ...base, resolveS3: 'create', wholeBucket: true, validateTemplates: true },
  },
  { name: 'bucket key', options: { ...base, ...bucket, ...key, region: 'cn-north-1' } },
  { name: 'images', options: { ...base, ...bucket, ...images, ...deletion } },
  { name: 'companion', options: { ...base, ...bucket, ...companion } },
  { name: 'delete companion', options: { ...base, ...bucket, ...companion, ...deletion } },
  { name: 'failure', options: { ...base, ...bucket, deleteFailed: true } },
  {
    name: 'sync',
    options: { ...base, ...bucket, sync: true, functions: ['my-stack-Code-1A2B3C4D5E6F'], publish: true },
  },
  {
    name: 'sync code',
    options: { ...alone, ...managed, sync: true, functions: ['my-stack-Code-1A2B3C4D5E6F'] },
  },
  {
    name: 'sync images',
    options: {
      ...alone,
      ...bucket,
      ...images,
      sync: true,
      functions: ['my-stack-First-1A2B3C4D5E6F'],
      syncImages: true,
    },
  },
];
