import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ Effect: 'Allow', Action: 'secretsmanager:Get*', Resource: '*' }],
      paths: ['Statement[0].Resource[0]'],
    },
    { statements: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], paths: ['Statement[0].Resource[0]'] },
  ],
  good: [
    [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*:123456789012:parameter/ci/*' }],
    [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    [
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      },
    ],
  ],
};
