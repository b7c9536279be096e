import { defineSamples } from '../../cases.js';
import { ecrDockerPush } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const app = 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app';
const other = 'arn:aws:ecr:eu-west-1:123456789012:repository/other-app';
const uploads = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];

export const samples = defineSamples(ecrDockerPush, [
  {
    name: 'default',
    options: { repositories: ['my-app'], ...place },
    allows: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'docker login comes first' },
      { actions: uploads, resource: app, why: 'every client uploads layers and writes a manifest' },
      { actions: ['ecr:BatchGetImage'], resource: app, why: 'containerd sends HEAD manifests/TAG first' },
      { actions: ['ecr:DescribeImages'], resource: app, why: 'the script skips the build when the tag is there' },
    ],
    denies: [
      {
        actions: [...uploads, 'ecr:BatchGetImage'],
        resource: other,
        why: 'another repository is none of its business',
      },
      { actions: uploads, resource: `${app}-old`, why: 'a longer name is another repository' },
      {
        actions: uploads,
        resource: 'arn:aws:ecr:eu-west-1:999999999999:repository/my-app',
        why: 'the same name in another account',
      },
      {
        actions: uploads,
        resource: 'arn:aws:ecr:us-east-1:123456789012:repository/my-app',
        why: 'the same name in another region',
      },
      { actions: ['ecr:DescribeImages'], resource: other, why: 'what others push is not shown' },
      { actions: ['ecr:GetDownloadUrlForLayer'], resource: app, why: 'pushing reads no layers' },
      { actions: ['ecr:DescribeRepositories'], resource: app, why: 'no step of it asks for the repository' },
      { actions: ['ecr:DescribeImageScanFindings'], resource: app, why: 'no step of it waits for a scan' },
      {
        actions: [
          'ecr:BatchDeleteImage',
          'ecr:DeleteRepository',
          'ecr:SetRepositoryPolicy',
          'ecr:PutImageTagMutability',
        ],
        resource: app,
        why: 'pushing neither deletes nor configures',
      },
      {
        actions: ['ecr:GetRegistryPolicy', 'ecr:PutReplicationConfiguration'],
        resource: '*',
        why: 'logging in gives no right over the registry',
      },
    ],
  },
  {
    name: 'classic',
    options: { repositories: ['my-app', 'team/worker'], pushClient: 'classic', checkExisting: false, ...place },
    allows: [
      { actions: ['ecr:GetAuthorizationToken'], resource: '*', why: 'docker login comes first' },
      { actions: uploads, resource: app, why: 'the five upload actions are enough for a classic client' },
      {
        actions: uploads,
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/team/worker',
        why: 'the second repository, whose name holds a slash',
      },
    ],
    denies: [
      { actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'], resource: app, why: 'a classic client asks for neither' },
    ],
  },
  {
    name: 'pull',
    options: { repositories: ['my-app'], pushClient: 'classic', pull: true, mountFrom: ['base'], ...place },
    allows: [
      { actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resource: app, why: 'docker pull' },
      {
        actions: ['ecr:GetDownloadUrlForLayer'],
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/base',
        why: 'POST uploads/?mount=&from=base reads the source repository',
      },
    ],
    denies: [
      { actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resource: other, why: 'no other image is read' },
      {
        actions: ['ecr:PutImage', 'ecr:BatchGetImage'],
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/base',
        why: 'mounting reads layers and nothing else',
      },
    ],
  },
  {
    name: 'create-and-scan',
    options: { repositories: ['my-app'], createRepository: true, scanFindings: true, ...place, region: 'cn-north-1' },
    allows: [
      {
        actions: ['ecr:DescribeRepositories', 'ecr:CreateRepository', 'ecr:DescribeImageScanFindings', 'ecr:PutImage'],
        resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/my-app',
        why: 'the partition follows the region',
      },
    ],
    denies: [
      {
        actions: ['ecr:DescribeRepositories', 'ecr:CreateRepository', 'ecr:DescribeImageScanFindings'],
        resource: 'arn:aws-cn:ecr:cn-north-1:123456789012:repository/other-app',
        why: 'only the named repository',
      },
    ],
  },
  {
    name: 'cdk-assets',
    options: { repositories: ['cdk-assets'], pushClient: 'cdk-assets', checkExisting: false, ...place },
    allows: [
      {
        actions: ['ecr:DescribeRepositories', 'ecr:DescribeImages', 'ecr:BatchGetImage', ...uploads],
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/cdk-assets',
        why: 'cdk-assets asks for the repository and the image, whatever else is asked for, then Docker pushes',
      },
    ],
    denies: [
      { actions: ['ecr:DescribeRepositories'], resource: app, why: 'what other repositories there are is not shown' },
      {
        actions: ['ecr:CreateRepository'],
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/cdk-assets',
        why: 'bootstrapping creates the repository, not cdk-assets',
      },
    ],
  },
  {
    name: 'pattern',
    options: { repositories: ['team/*'], scope: 'pattern', ...place },
    allows: [
      {
        actions: uploads,
        resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/team/a/b',
        why: 'the pattern crosses slashes',
      },
    ],
    denies: [{ actions: uploads, resource: app, why: 'outside the pattern' }],
  },
  {
    name: 'account',
    options: { scope: 'account', ...place },
    allows: [{ actions: uploads, resource: other, why: 'every repository of the account and region' }],
    denies: [
      {
        actions: uploads,
        resource: 'arn:aws:ecr:us-east-1:123456789012:repository/my-app',
        why: 'another region is not in the scope',
      },
    ],
  },
]);
