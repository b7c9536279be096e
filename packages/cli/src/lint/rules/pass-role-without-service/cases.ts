import type { RuleCases } from '../../rule.js';

const role = 'arn:aws:iam::123456789012:role/task';
const fence = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };

export const cases: RuleCases = {
  bad: [
    { statements: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: role }], paths: ['Statement[0]'] },
    {
      statements: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        { Effect: 'Allow', Action: 'iam:P*', Resource: '*' },
      ],
      paths: ['Statement[1]'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: role,
          Condition: { StringLike: { 'iam:PassedToService': '*' } },
        },
      ],
      paths: ['Statement[0]'],
    },
  ],
  good: [
    [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: role, Condition: fence }],
    [{ Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' }],
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
  ],
};
