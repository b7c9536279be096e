import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const service = { ...place, service: 'my-app', stages: ['dev'] };
const base = { ...service, serviceRole: 'my-app-deployer' };
const bucket = { bucket: 'deployments' };
const key = { kmsKey: '1234abcd-12ab-34cd-96ef-1234567890ab' };
const variables = {
  parameters: ['/app/token'],
  parameterKeys: ['1234abcd-12ab-34cd-96ef-1234567890ab'],
  outputStacks: ['network'],
  variableObjects: ['settings/app.json'],
};
const images = {
  buildImages: true,
  ownRepositories: ['serverless-my-app-dev'],
  imageRepositories: ['base/web'],
  layers: ['tools'],
};
const transforms = { transforms: ['Serverless-2016-10-31'] };
const named = { functions: ['hello'] };
const ownBuckets = ['my-app-dev-serverlessdeploymentbucket-1x6jug5lzfnl7'];

/** Each command, each kind of bucket with each method, and each switch; then scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  { name: 'deploy', options: base },
  { name: 'without role', options: service },
  { name: 'given bucket', options: { ...base, ...bucket, remove: true, versionedBucket: true } },
  { name: 'given bucket and a key', options: { ...base, ...bucket, ...key } },
  { name: 'own bucket and a key', options: { ...base, ...key } },
  { name: 'own bucket by its name', options: { ...base, ...key, ownBuckets, remove: true, versionedBucket: true } },
  { name: 'direct', options: { ...base, ...transforms, method: 'direct', remove: true, stackTags: true } },
  { name: 'stack name', options: { ...base, ...key, ...transforms, stackName: 'web', stackPolicy: true } },
  {
    name: 'stack name and own bucket',
    options: { ...base, ...key, stackName: 'Web', ownBuckets: ['web-serverlessdeploymentbucket-1x6jug5lzfnl7'] },
  },
  { name: 'prefix', options: { ...base, deploymentPrefix: 'packages' } },
  { name: 'functions', options: { ...base, skipUnchanged: true, deployFunctions: true, rollbackFunctions: true } },
  { name: 'rollback of functions by name', options: { ...base, ...named, rollbackFunctions: true } },
  { name: 'list of functions by name', options: { ...base, ...named, listFunctions: true } },
  {
    name: 'built images',
    options: { ...base, ...bucket, imageRepositories: ['base/web'], buildImages: true, remove: true },
  },
  { name: 'images of functions', options: { ...base, ...bucket, ...images, service: 'My-App', deployFunctions: true } },
  { name: 'variables', options: { ...base, ...variables } },
  { name: 'read', options: { ...service, access: 'read' } },
  { name: 'read of a given bucket', options: { ...service, ...bucket, access: 'read', listFunctions: true } },
  { name: 'pattern', options: { ...service, stages: ['pr-*'], scope: 'pattern', access: 'read' } },
  { name: 'account', options: { ...place, service: 'my-app', scope: 'account', access: 'read' } },
  { name: 'another partition', options: { ...base, region: 'cn-north-1' } },
];
