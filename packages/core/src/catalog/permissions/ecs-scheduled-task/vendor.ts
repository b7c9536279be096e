import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const managed = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference';

/** What users take who look for a policy in AWS's own; that of a role which starts the tasks is another matter. */
export const vendors: readonly VendorPolicy[] = [
  {
    title: 'managed policy AmazonEventBridgeFullAccess',
    url: `${managed}/AmazonEventBridgeFullAccess.html`,
    readOn: '2026-03-07',
    options: { cluster: 'production', rules: ['nightly'], eventRoles: ['ecsEventsRole'], ...place },
    allows: [
      { actions: ['events:*', 'schemas:*', 'scheduler:*', 'pipes:*'], resources: ['*'] },
      ...['events', 'scheduler', 'pipes'].map((service) => ({
        actions: ['iam:PassRole'],
        resources: ['arn:aws:iam::*:role/*'],
        conditions: { StringLike: { 'iam:PassedToService': [`${service}.amazonaws.com`] } },
      })),
      {
        actions: [
          'secretsmanager:CreateSecret',
          'secretsmanager:UpdateSecret',
          'secretsmanager:DeleteSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
        ],
        resources: ['arn:aws:secretsmanager:*:*:secret:events!*'],
      },
      ...(
        [
          ['apidestinations.events.amazonaws.com', 'AWSServiceRoleForAmazonEventBridgeApiDestinations'],
          ['schemas.amazonaws.com', 'AWSServiceRoleForSchemas'],
        ] as const
      ).map(([service, role]) => ({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [`arn:aws:iam::*:role/aws-service-role/${service}/${role}`],
        conditions: { StringEquals: { 'iam:AWSServiceName': [service] } },
      })),
    ],
  },
  {
    title: 'managed policy AmazonEventBridgeSchedulerFullAccess',
    url: `${managed}/AmazonEventBridgeSchedulerFullAccess.html`,
    readOn: '2026-03-07',
    options: { schedules: ['default/nightly'], eventRoles: ['scheduler'], ...place },
    allows: [
      { actions: ['scheduler:*'], resources: ['*'] },
      {
        actions: ['iam:PassRole'],
        resources: ['arn:aws:iam::*:role/*'],
        conditions: { StringLike: { 'iam:PassedToService': ['scheduler.amazonaws.com'] } },
      },
    ],
  },
];
