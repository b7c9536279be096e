import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const options = { clusters: ['production'], account: '123456789012', region: 'eu-west-1' };

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'EKS user guide, "List or describe all clusters", said to be needed for update-kubeconfig',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/security-iam-id-based-policy-examples.html#policy-example2',
    readOn: '2026-11-26',
    options,
    allows: [{ actions: ['eks:DescribeCluster', 'eks:ListClusters'], resources: ['*'] }],
  },
  {
    title: 'managed policy AmazonEC2ContainerRegistryPullOnly, for charts',
    url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html',
    readOn: '2026-03-07',
    options: { ...options, chartRepositories: ['charts/web'] },
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
];
