import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow(['s3:PutBucketPolicy', 's3:GetObject'], '*'),
        allow('s3:Put*', 'arn:aws:s3:::*'),
        allow('kms:PutKeyPolicy', 'arn:aws:kms:*:*:key/*'),
      ],
      paths: ['Statement[0].Action[0]', 'Statement[1].Action[0]', 'Statement[2].Action[0]'],
    },
  ],
  good: [
    [
      allow('s3:PutBucketPolicy', 'arn:aws:s3:::ci-artifacts'),
      allow('lambda:AddPermission', 'arn:aws:lambda:eu-west-1:123456789012:function:f'),
      allow('kms:CreateGrant', '*', { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
      { Effect: 'Deny', Action: 's3:PutBucketPolicy', Resource: '*' },
    ],
  ],
};
