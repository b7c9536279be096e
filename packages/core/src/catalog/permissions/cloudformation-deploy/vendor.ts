import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'README of aws-cloudformation-github-deploy',
    url: 'https://github.com/aws-actions/aws-cloudformation-github-deploy#permissions',
    readOn: '2026-11-26',
    options: {
      stacks: ['my-stack'],
      client: 'aws-actions',
      serviceRole: 'my-stack-role',
      readEvents: true,
      deleteStacks: true,
      account: '123456789012',
      region: 'eu-west-1',
    },
    allows: [
      {
        actions: [
          'cloudformation:DescribeStacks',
          'cloudformation:CreateChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:DeleteChangeSet',
          'cloudformation:DeleteStack',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:DescribeEvents',
        ],
        resources: ['*'],
      },
    ],
  },
];
