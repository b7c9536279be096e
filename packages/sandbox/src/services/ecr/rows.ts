import { account, json, region, type Row, type ServiceRows } from '../row.js';

const repository = `arn:aws:ecr:${region}:${account}:repository/my-app`;

export const rows: readonly Row[] = [
  ...(['GetAuthorizationToken', 'DescribeRegistry', 'GetRegistryPolicy', 'PutReplicationConfiguration'] as const).map(
    (name): Row => [name, json(name, {}), [`ecr:${name} *`]],
  ),
  ...(
    [
      'BatchCheckLayerAvailability',
      'BatchDeleteImage',
      'BatchGetImage',
      'CompleteLayerUpload',
      'DescribeImages',
      'DescribeImageScanFindings',
      'GetDownloadUrlForLayer',
      'GetLifecyclePolicy',
      'GetRepositoryPolicy',
      'InitiateLayerUpload',
      'ListImages',
      'PutImage',
      'PutImageScanningConfiguration',
      'PutImageTagMutability',
      'PutLifecyclePolicy',
      'SetRepositoryPolicy',
      'StartImageScan',
      'UploadLayerPart',
      'DeleteRepository',
    ] as const
  ).map((name): Row => [name, json(name, { repositoryName: 'my-app' }), [`ecr:${name} ${repository}`]]),
  [
    'BatchGetImage',
    json('BatchGetImage', { repositoryName: 'my-app', registryId: '999999999999' }),
    [`ecr:BatchGetImage ${repository.replace(account, '999999999999')}`],
  ],
  [
    'CreateRepository',
    json('CreateRepository', { repositoryName: 'my-app', tags: [{ Key: 'a', Value: 'b' }] }),
    [`ecr:CreateRepository ${repository}`, `ecr:TagResource ${repository}`],
  ],
  [
    'DescribeRepositories',
    json('DescribeRepositories', { repositoryNames: ['my-app'] }),
    [`ecr:DescribeRepositories ${repository}`],
  ],
  [
    'DescribeRepositories',
    json('DescribeRepositories', {}),
    [`ecr:DescribeRepositories ${repository.replace('my-app', '*')}`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ registry }) => {
  registry.create(account, region, 'my-app');
};
