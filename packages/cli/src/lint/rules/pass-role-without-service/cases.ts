import type { RuleCases } from '../../rule.js';

const role = 'arn:aws:iam::123456789012:role/task';
const fence = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };
const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: role };

export const cases: RuleCases = {
  bad: [
    { statements: [pass], paths: ['Statement[0].Action[0]'] },
    {
      statements: [
        { Effect: 'Allow', Action: ['s3:GetObject', 'lambda:CreateFunction'], Resource: '*' },
        { Effect: 'Allow', Action: ['iam:GetRole', 'iam:P*'], Resource: '*' },
      ],
      paths: ['Statement[1].Action[1]'],
      says: ['`lambda.amazonaws.com`'],
    },
    {
      statements: [{ ...pass, Condition: { StringLike: { 'iam:PassedToService': '*' } } }],
      paths: ['Statement[0].Action[0]'],
    },
    { statements: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], paths: ['Statement[0].NotAction'] },
    {
      // A request of a service that the key does not come with is let through.
      statements: [{ ...pass, Condition: { StringEqualsIfExists: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }],
      paths: ['Statement[0].Action[0]'],
    },
    {
      statements: [{ ...pass, Condition: { StringNotEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }],
      paths: ['Statement[0].Action[0]'],
    },
  ],
  good: [
    [{ ...pass, Condition: fence }],
    [{ Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' }],
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/*' }],
  ],
};
