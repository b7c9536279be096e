import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::b' }],
      paths: ['Statement[0].Action[0]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Action: 'ecr:GetAuthorizationToken',
          Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app',
        },
      ],
      paths: ['Statement[0].Action[0]'],
    },
  ],
  good: [
    [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }],
    [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b*' }],
    [{ Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b' }],
    [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::123456789012:role/ci/*' }],
  ],
};
