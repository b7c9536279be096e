import type { VendorPolicy } from '../../../use-case/vendor-policy.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const managed = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference';

export const vendors: readonly VendorPolicy[] = [
  {
    title: 'README of aws-secretsmanager-get-secrets',
    url: 'https://github.com/aws-actions/aws-secretsmanager-get-secrets',
    readOn: '2026-11-26',
    options: { secrets: ['app/token'], ...place },
    allows: [
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/token-??????'],
      },
      { actions: ['secretsmanager:ListSecrets'], resources: ['*'] },
    ],
  },
  {
    title: 'managed policy AmazonSSMReadOnlyAccess',
    url: `${managed}/AmazonSSMReadOnlyAccess.html`,
    readOn: '2026-11-26',
    options: { parameters: ['/app/token'], ...place },
    allows: [{ actions: ['ssm:Describe*', 'ssm:Get*', 'ssm:List*'], resources: ['*'] }],
  },
];
