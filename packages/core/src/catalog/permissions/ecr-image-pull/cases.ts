import { defineRefused, defineSamples } from '../../cases.js';
import { ecrImagePull } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const here = 'arn:aws:ecr:eu-west-1:123456789012:repository';
const app = `${here}/my-app`;
const shared = 'arn:aws:ecr:us-east-1:210987654321:repository/base';
const pulls = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

export const samples = defineSamples(ecrImagePull, [
  {
    name: 'default',
    options: { repositories: ['my-app'], ...place },
    allows: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'docker login comes first' },
      { actions: pulls, resource: app, why: 'docker pull' },
    ],
    denies: [
      { actions: pulls, resource: `${here}/other-app`, why: 'another repository is none of its business' },
      { actions: pulls, resource: `${app}-old`, why: 'a longer name is another repository' },
      { actions: pulls, resource: `${app}/cache`, why: 'so is one below it' },
      {
        actions: pulls,
        resource: 'arn:aws:ecr:eu-west-1:999999999999:repository/my-app',
        why: 'the same name in another account',
      },
      {
        actions: pulls,
        resource: 'arn:aws:ecr:us-east-1:123456789012:repository/my-app',
        why: 'the same name in another region',
      },
      {
        actions: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:BatchDeleteImage'],
        resource: app,
        why: 'pulling changes nothing',
      },
      {
        actions: ['ecr:ListImages', 'ecr:DescribeImages', 'ecr:DescribeImageScanFindings', 'ecr:StartImageScan'],
        resource: app,
        why: 'the name of the image is known, and nothing else is asked',
      },
      {
        actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
        resource: app,
        why: 'it is no cache of another registry',
      },
      { actions: ['ecr:GetRegistryPolicy'], resource: '*', why: 'logging in gives no right over the registry' },
    ],
  },
  {
    name: 'inspect',
    options: { repositories: ['my-app'], inspectOnly: true, listTags: true, checkExisting: true, ...place },
    allows: [
      { actions: ['ecr:BatchGetImage'], resource: app, why: 'crane digest, docker manifest inspect' },
      { actions: ['ecr:ListImages'], resource: app, why: 'crane ls' },
      { actions: ['ecr:DescribeImages'], resource: app, why: 'aws ecr describe-images' },
    ],
    denies: [
      { actions: ['ecr:GetDownloadUrlForLayer'], resource: app, why: 'a manifest is no layer' },
      {
        actions: ['ecr:ListImages', 'ecr:DescribeImages'],
        resource: `${here}/other-app`,
        why: 'what others push is not shown',
      },
    ],
  },
  {
    name: 'elsewhere',
    options: { repositories: ['my-app', shared], ...place },
    allows: [
      { actions: pulls, resource: app, why: 'the repository here' },
      { actions: pulls, resource: shared, why: 'a base image of another team, in their account and region' },
    ],
    denies: [
      { actions: pulls, resource: `${here}/base`, why: 'the other name here' },
      {
        actions: pulls,
        resource: 'arn:aws:ecr:us-east-1:210987654321:repository/my-app',
        why: 'the name from here there',
      },
    ],
  },
  {
    name: 'scan-gate',
    options: { repositories: ['my-app'], startScan: true, scanFindings: true, ...place, region: 'cn-north-1' },
    allows: [
      {
        actions: ['ecr:StartImageScan', 'ecr:DescribeImageScanFindings', ...pulls],
        resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/my-app',
        why: 'the partition follows the region',
      },
    ],
    denies: [
      {
        actions: ['ecr:StartImageScan', 'ecr:DescribeImageScanFindings'],
        resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/other-app',
        why: 'only the named repository',
      },
      {
        actions: ['ecr:PutImageScanningConfiguration'],
        resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/my-app',
        why: 'how it is scanned is set elsewhere',
      },
    ],
  },
  {
    name: 'pull-through-cache',
    options: { repositories: ['docker-hub/*'], scope: 'pattern', pullThroughCache: true, ...place },
    allows: [
      {
        actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', ...pulls],
        resource: `${here}/docker-hub/library/node`,
        why: 'the first pull of an image brings it from Docker Hub',
      },
    ],
    denies: [
      {
        actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
        resource: `${here}/quay/node`,
        why: 'the cache of another registry',
      },
      {
        actions: ['ecr:CreatePullThroughCacheRule'],
        resource: '*',
        why: 'which registry is cached is set elsewhere',
      },
    ],
  },
  {
    name: 'account',
    options: { scope: 'account', ...place },
    allows: [{ actions: pulls, resource: `${here}/other-app`, why: 'every repository of the account and region' }],
    denies: [{ actions: pulls, resource: shared, why: 'another account is not in the scope' }],
  },
]);

export const refused = defineRefused(ecrImagePull, [
  {
    name: 'the address of an image',
    options: { repositories: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-app:v1'], ...place },
    says: /^repositories\[0\]: .* is the address of an image: write the name of its repository alone, .*`my-app`/,
  },
  {
    name: 'a digest',
    options: { repositories: [`my-app@sha256:${'0'.repeat(64)}`], ...place },
    says: /^repositories\[0\]: .* has a digest, and permissions are for the whole repository: write it without.*`my-app`/,
  },
  {
    name: 'an image of ECR Public',
    options: { repositories: ['public.ecr.aws/docker/library/node'], ...place },
    says: /^repositories\[0\]: .* belongs to ECR Public, another service with actions of its own/,
  },
  {
    name: 'a repository twice',
    options: { repositories: ['my-app', 'my-app'], ...place },
    says: 'repositories[1]: `my-app` already stands at `repositories[0]`: keep one',
  },
  {
    name: 'a repository in another partition',
    options: {
      repositories: ['arn:aws-cn:ecr:cn-north-1:123456789012:repository/my-app'],
      region: 'eu-west-1',
      partition: 'aws',
    },
    says: /^repositories\[0\]: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
]);
