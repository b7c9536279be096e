import type { RuleCases } from '../../rule.js';

const role = 'arn:aws:iam::123456789012:role/task';
const fence = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };
const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: role };

export const cases: RuleCases = {
  bad: [
    // What a named role may be passed to, its trust policy says.
    { statements: [pass], paths: ['Statement[0].Action[0]'], levels: ['warning'] },
    { statements: [{ ...pass, Resource: '*' }], paths: ['Statement[0].Action[0]'], levels: ['error'] },
    {
      statements: [{ ...pass, Resource: 'arn:aws:iam::123456789012:role/*' }],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
    },
    {
      statements: [
        { ...pass, Resource: '*' },
        { Effect: 'Deny', Action: 'iam:PassRole', NotResource: role },
      ],
      paths: ['Statement[0].Action[0]'],
      levels: ['warning'],
    },
    {
      statements: [
        { ...pass, Resource: '*' },
        { Effect: 'Deny', Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/admin' },
      ],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
    },
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
    [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
    ],
    [
      { ...pass, Resource: '*' },
      {
        Effect: 'Deny',
        Action: 'iam:PassRole',
        Resource: '*',
        Condition: { StringNotEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
    ],
    [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/*' }],
  ],
};
