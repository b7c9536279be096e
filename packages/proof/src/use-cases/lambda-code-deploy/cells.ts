import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = { ...place, functions: ['my-function'] };
const roles = { passRoles: ['my-function-role'] };
const layers = { layers: ['my-layer'] };
const bucket = { ...base, package: 's3', bucket: 'packages' };
const key = { kmsKey: '1234abcd-12ab-34cd-96ef-1234567890ab' };
const action = { client: 'aws-actions' };
const appleboy = { client: 'appleboy' };

/** Each switch by itself with the AWS CLI, then what the two actions do, the scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  { name: 'zip', options: base },
  { name: 'zip v2', options: { ...base, waiter: 'v2' } },
  { name: 'zip unwaited', options: { ...base, waiter: 'none' } },
  { name: 'two functions', options: { ...base, functions: ['my-function', 'other-function'], waiter: 'none' } },
  { name: 'publish', options: { ...base, publish: true, aliases: ['live'], invoke: true } },
  { name: 'publish v2', options: { ...base, publish: true, waiter: 'v2' } },
  { name: 'aliases', options: { ...base, moveAliases: true, aliases: ['live'] } },
  { name: 'aliases v2', options: { ...base, aliases: ['live'], waiter: 'v2' } },
  { name: 'new aliases', options: { ...base, createAliases: true, waiter: 'none' } },
  { name: 'invoke', options: { ...base, invoke: true, waiter: 'none' } },
  { name: 'invoke alias', options: { ...base, invoke: true, aliases: ['live', 'next'] } },
  { name: 'configuration', options: { ...base, updateConfiguration: true, ...roles, ...layers } },
  { name: 'create', options: { ...base, createFunction: true, ...roles } },
  { name: 'create tagged', options: { ...base, createFunction: true, tagFunction: true, ...roles, ...layers } },
  { name: 's3', options: { ...bucket, keys: ['my-function.zip'], waiter: 'none' } },
  { name: 's3 versioned', options: { ...bucket, keys: ['my-function.zip'], versionedPackage: true, waiter: 'none' } },
  { name: 's3 upload', options: { ...bucket, prefixes: ['releases'], upload: true, waiter: 'none' } },
  { name: 's3 key', options: { ...bucket, keys: ['my-function.zip'], upload: true, ...key, waiter: 'none' } },
  { name: 's3 key read', options: { ...bucket, keys: ['my-function.zip'], ...key, waiter: 'none' } },
  { name: 's3 key prefix', options: { ...bucket, prefixes: ['releases'], upload: true, ...key, waiter: 'none' } },
  {
    name: 'image',
    options: {
      ...base,
      package: 'image',
      repositories: ['my-image', 'arn:aws:ecr:eu-west-1:210987654321:repository/shared'],
      waiter: 'none',
    },
  },
  { name: 'action zip', options: { ...base, ...action } },
  { name: 'action publish', options: { ...base, ...action, publish: true, ...roles, ...layers } },
  {
    name: 'action s3',
    options: { ...bucket, ...action, prefixes: ['lambda-deployments/my-function'], upload: true },
  },
  { name: 'action create', options: { ...base, ...action, createFunction: true, tagFunction: true, ...roles } },
  { name: 'appleboy', options: { ...base, ...appleboy } },
  { name: 'appleboy configuration', options: { ...base, ...appleboy, updateConfiguration: true, ...roles, ...layers } },
  { name: 'appleboy s3', options: { ...bucket, ...appleboy, keys: ['my-function.zip'], versionedPackage: true } },
  { name: 'appleboy image', options: { ...base, ...appleboy, package: 'image', repositories: ['my-image'] } },
  { name: 'pattern', options: { ...place, functions: ['web-*'], scope: 'pattern' } },
  { name: 'account', options: { ...place, scope: 'account' } },
  {
    name: 'another partition',
    options: { ...bucket, keys: ['my-function.zip'], upload: true, ...key, region: 'cn-north-1', publish: true },
  },
];
