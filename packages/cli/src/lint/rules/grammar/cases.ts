import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        { Sid: 'A b', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Sid: 'Same', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Sid: 'Same', Effect: 'Allow', Action: 's3:Get, s3:Put', Resource: 'arn:aws:s3' },
      ],
      paths: ['Statement[0].Sid', 'Statement[2].Sid', 'Statement[2].Action', 'Statement[2].Resource'],
      levels: ['error', 'error', 'error', 'warning'],
    },
    {
      statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3::123456789012:b/*' }],
      paths: ['Statement[0].Resource'],
      levels: ['warning'],
    },
  ],
  good: [
    [{ Sid: 'Good', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
    // A star can be empty, so that it matches where nothing stands.
    [{ Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3::*:x/*', 'arn:aws:s3:*:*:y/*'] }],
    [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam:*:123456789012:role/x' }],
  ],
};
