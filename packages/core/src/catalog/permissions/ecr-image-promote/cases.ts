import { defineRefused, defineSamples } from '../../cases.js';
import { ecrImagePromote } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const here = 'arn:aws:ecr:eu-west-1:123456789012:repository';
const staging = `${here}/staging/app`;
const production = `${here}/production/app`;
const reads = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const uploads = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
];
const writes = [...uploads, 'ecr:PutImage'];
const lists = { from: ['staging/app'], to: ['production/app'] };

export const samples = defineSamples(ecrImagePromote, [
  {
    name: 'default',
    options: { ...lists, ...place },
    allows: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'docker login comes first' },
      { actions: reads, resource: staging, why: 'the image is read here' },
      { actions: writes, resource: production, why: 'and written there' },
      { actions: ['ecr:BatchGetImage'], resource: production, why: 'containerd sends HEAD manifests/TAG first' },
    ],
    denies: [
      { actions: [...writes, 'ecr:BatchDeleteImage'], resource: staging, why: 'what is promoted stays as it is' },
      { actions: ['ecr:GetDownloadUrlForLayer'], resource: production, why: 'the target is not read' },
      { actions: reads, resource: `${here}/other-app`, why: 'another repository is none of its business' },
      { actions: writes, resource: `${production}-old`, why: 'a longer name is another repository' },
      { actions: writes, resource: `${production}/cache`, why: 'so is one below it' },
      {
        actions: writes,
        resource: 'arn:aws:ecr:eu-west-1:999999999999:repository/production/app',
        why: 'the same name in another account',
      },
      {
        actions: reads,
        resource: 'arn:aws:ecr:us-east-1:123456789012:repository/staging/app',
        why: 'the same name in another region',
      },
      { actions: ['ecr:DescribeImages'], resource: production, why: 'it is not asked for' },
      {
        actions: ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'],
        resource: staging,
        why: 'no scan is asked for',
      },
      {
        actions: ['ecr:SetRepositoryPolicy', 'ecr:PutImageTagMutability', 'ecr:BatchDeleteImage'],
        resource: production,
        why: 'promoting neither deletes nor configures',
      },
      {
        actions: ['ecr:PutReplicationConfiguration'],
        resource: '*',
        why: 'logging in gives no right over the registry',
      },
    ],
  },
  {
    name: 'classic',
    options: { ...lists, pushClient: 'classic', checkExisting: true, ...place },
    allows: [
      { actions: writes, resource: production, why: 'skopeo copy, crane copy' },
      { actions: ['ecr:DescribeImages'], resource: production, why: 'aws ecr describe-images' },
    ],
    denies: [
      { actions: ['ecr:BatchGetImage'], resource: production, why: 'a classic client does not ask for it' },
      { actions: ['ecr:DescribeImages'], resource: staging, why: 'only the target is looked at' },
    ],
  },
  {
    name: 'scan-gate',
    options: { ...lists, startScan: true, scanFindings: true, ...place },
    allows: [
      {
        actions: ['ecr:StartImageScan', 'ecr:DescribeImageScanFindings'],
        resource: staging,
        why: 'the gate before anything is copied',
      },
    ],
    denies: [
      {
        actions: ['ecr:StartImageScan', 'ecr:DescribeImageScanFindings'],
        resource: production,
        why: 'what was promoted was scanned before',
      },
    ],
  },
  {
    name: 'another-account',
    options: {
      from: ['my-app'],
      to: ['arn:aws:ecr:us-east-1:210987654321:repository/my-app'],
      ...place,
    },
    allows: [
      { actions: reads, resource: `${here}/my-app`, why: 'read in the account of the job' },
      {
        actions: writes,
        resource: 'arn:aws:ecr:us-east-1:210987654321:repository/my-app',
        why: 'written in the account and region of production',
      },
    ],
    denies: [
      { actions: writes, resource: `${here}/my-app`, why: 'the same name in the own account is read only' },
      {
        actions: ['ecr:GetDownloadUrlForLayer'],
        resource: 'arn:aws:ecr:us-east-1:210987654321:repository/my-app',
        why: 'the target is not read',
      },
    ],
  },
  {
    name: 'retag',
    options: { from: ['my-app'], to: ['my-app'], retagOnly: true, ...place },
    allows: [
      {
        actions: ['ecr:BatchGetImage', 'ecr:PutImage'],
        resource: `${here}/my-app`,
        why: 'crane tag; batch-get-image and put-image',
      },
    ],
    denies: [
      { actions: [...uploads, 'ecr:GetDownloadUrlForLayer'], resource: `${here}/my-app`, why: 'no layer is moved' },
      { actions: ['ecr:PutImage'], resource: `${here}/other-app`, why: 'another repository' },
    ],
  },
  {
    name: 'pattern',
    options: { from: ['staging/*'], to: ['production/*'], scope: 'pattern', ...place, region: 'us-gov-west-1' },
    allows: [
      {
        actions: writes,
        resource: 'arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/production/a/b',
        why: 'the pattern crosses slashes',
      },
    ],
    denies: [
      {
        actions: writes,
        resource: 'arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/staging/a',
        why: 'the pattern of the source',
      },
    ],
  },
]);

export const refused = defineRefused(ecrImagePromote, [
  {
    name: 'no target',
    options: { from: ['staging/app'], ...place },
    says: /^to: missing/,
  },
  {
    name: 'a tag',
    options: { ...lists, to: ['production/app:v1'], ...place },
    says: /^to\[0\]: `production\/app:v1` has a tag, and permissions are for the whole repository: write it without.*`production\/app`/,
  },
  {
    name: 'a pattern under scope exact',
    options: { ...lists, to: ['production/*'], ...place },
    says: /^to\[0\]: `production\/\*` .*`scope/,
  },
  {
    name: 'the address of a registry',
    options: { ...lists, from: ['https://123456789012.dkr.ecr.eu-west-1.amazonaws.com'], ...place },
    says: /^from\[0\]: .* is the address of a registry: write the name of a repository alone/,
  },
  {
    name: 'partitions that differ',
    options: {
      from: ['app'],
      to: ['arn:aws-cn:ecr:cn-north-1:210987654321:repository/app'],
      partition: 'aws',
      ...place,
    },
    says: /^to\[0\]: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
]);
