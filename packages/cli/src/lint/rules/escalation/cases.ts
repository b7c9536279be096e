import type { RuleCases } from '../../rule.js';

const role = 'arn:aws:iam::123456789012:role/task';
const passTo = (service: string) => ({
  Effect: 'Allow',
  Action: 'iam:PassRole',
  Resource: role,
  Condition: { StringEquals: { 'iam:PassedToService': service } },
});
const run = {
  Effect: 'Allow',
  Action: ['ec2:RunInstances', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  Resource: '*',
};

export const cases: RuleCases = {
  bad: [
    { statements: [{ Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' }], paths: [''] },
    { statements: [passTo('ec2.amazonaws.com'), run], paths: [''] },
    { statements: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: role }, run], paths: ['', ''] },
  ],
  good: [
    [passTo('ecs-tasks.amazonaws.com'), run],
    [
      { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
    ],
    [{ Effect: 'Allow', Action: ['s3:*', 'iam:GetRole'], Resource: '*' }],
  ],
};
