import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const options = { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' };
const pages = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'managed policy AmazonEC2ContainerRegistryPullOnly',
    url: `${pages}/AmazonEC2ContainerRegistryPullOnly.html`,
    readOn: '2026-03-07',
    options,
    allows: [
      {
        actions: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchImportUpstreamImage',
        ],
        resources: ['*'],
      },
    ],
  },
  {
    title: 'managed policy AmazonEC2ContainerRegistryPullOnly, for a pull-through cache',
    url: `${pages}/AmazonEC2ContainerRegistryPullOnly.html`,
    readOn: '2026-03-07',
    options: { ...options, pullThroughCache: true },
    allows: [
      {
        actions: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchImportUpstreamImage',
        ],
        resources: ['*'],
      },
    ],
  },
  {
    title: 'managed policy AmazonEC2ContainerRegistryReadOnly',
    url: `${pages}/AmazonEC2ContainerRegistryReadOnly.html`,
    readOn: '2026-03-07',
    options: { ...options, listTags: true, checkExisting: true, scanFindings: true },
    allows: [
      {
        actions: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:GetRepositoryPolicy',
          'ecr:DescribeRepositories',
          'ecr:ListImages',
          'ecr:DescribeImages',
          'ecr:BatchGetImage',
          'ecr:GetLifecyclePolicy',
          'ecr:GetLifecyclePolicyPreview',
          'ecr:ListTagsForResource',
          'ecr:DescribeImageScanFindings',
        ],
        resources: ['*'],
      },
    ],
  },
];
