import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'managed policy AmazonEC2ContainerRegistryPowerUser',
    url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPowerUser.html',
    readOn: '2026-03-07',
    options: { repositories: ['my-app'], account: '123456789012', region: 'eu-west-1' },
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
          'ecr:InitiateLayerUpload',
          'ecr:UploadLayerPart',
          'ecr:CompleteLayerUpload',
          'ecr:PutImage',
        ],
        resources: ['*'],
      },
    ],
  },
];
