import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:*'], Resource: 'arn:aws:s3:::b/*' },
        { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
        { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' },
      ],
      paths: ['Statement[0].Action[1]', 'Statement[1].NotAction', 'Statement[2].NotResource', 'Statement[2].Action[0]'],
    },
  ],
  good: [
    [
      { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b/*' },
      { Effect: 'Deny', NotAction: 's3:*', Resource: '*' },
    ],
  ],
};
