import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'README of amazon-ecs-deploy-task-definition',
    url: 'https://github.com/aws-actions/amazon-ecs-deploy-task-definition/blob/c465972ecbd160473f22e683363b422a5412a3de/README.md#permissions',
    readOn: '2026-11-26',
    options: {
      cluster: 'production',
      taskDefinitionFamilies: ['migrate'],
      passRoles: ['web-task', 'web-execution'],
      client: 'aws-actions',
      account: '123456789012',
      region: 'eu-west-1',
    },
    allows: [
      { actions: ['ecs:RunTask', 'ecs:RegisterTaskDefinition', 'ecs:DescribeTasks'], resources: ['*'] },
      {
        actions: ['iam:PassRole'],
        resources: ['arn:aws:iam::123456789012:role/web-task', 'arn:aws:iam::123456789012:role/web-execution'],
      },
    ],
  },
];
