import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const cases: RuleCases = {
  bad: [
    { statements: [allow('secretsmanager:Get*', '*')], paths: ['Statement[0].Resource[0]'], levels: ['error'] },
    { statements: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], paths: ['Statement[0].Resource[0]'] },
    {
      statements: [
        allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:*'),
        allow('ssm:GetParameter', ['arn:aws:ssm:*:*:parameter/ci/*', 'arn:aws:ssm:eu-west-1:*:parameter/*']),
        allow('kms:Decrypt', 'arn:aws:kms:*:123456789012:key/*'),
        allow('kms:Decrypt', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ],
      paths: [
        'Statement[0].Resource[0]',
        'Statement[1].Resource[1]',
        'Statement[2].Resource[0]',
        'Statement[3].Resource[0]',
      ],
      levels: ['error', 'error', 'warning', 'warning'],
    },
    { statements: [allow('kms:Decrypt', '*')], paths: ['Statement[0].Resource[0]'], levels: ['warning'] },
    {
      statements: [
        allow('secretsmanager:GetSecretValue', '*'),
        { Effect: 'Deny', Action: '*', Resource: 'arn:aws:secretsmanager:*:*:secret:prod/*' },
      ],
      paths: ['Statement[0].Resource[0]'],
      levels: ['error'],
    },
  ],
  good: [
    [allow('*', '*'), { Effect: 'Deny', Action: ['secretsmanager:*', 'ssm:*', 'kms:Decrypt'], Resource: '*' }],
    [
      allow('secretsmanager:GetSecretValue', '*'),
      {
        Effect: 'Deny',
        Action: 'secretsmanager:GetSecretValue',
        NotResource: 'arn:aws:secretsmanager:*:*:secret:mine-*',
      },
    ],
    [allow('ssm:GetParameter', 'arn:aws:ssm:*:123456789012:parameter/ci/*')],
    [allow('s3:GetObject', '*')],
    [allow('kms:Decrypt', '*', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })],
    [allow('*', 'arn:aws:s3:::b/*')],
  ],
};
