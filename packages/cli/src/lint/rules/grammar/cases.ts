import type { RuleCases } from '../../rule.js';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        { Sid: 'A b', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Sid: 'Same', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Sid: 'Same', Effect: 'Allow', Action: 's3:Get, s3:Put', Resource: 'arn:aws:s3' },
      ],
      paths: ['Statement[0].Sid', 'Statement[2].Sid', 'Statement[2].Action[0]', 'Statement[2].Resource[0]'],
    },
  ],
  good: [[{ Sid: 'Good', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }]],
};
