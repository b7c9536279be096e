import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const fence = { Condition: { StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' } } };

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow('iam:CreateServiceLinkedRole', '*'),
        allow(['iam:GetRole', 'iam:Create*'], 'arn:aws:iam::*:role/aws-service-role/*'),
        allow('iam:CreateServiceLinkedRole', '*', { Condition: { StringLike: { 'iam:AWSServiceName': '*' } } }),
        { Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', NotResource: 'arn:aws:iam::*:role/x' },
        { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
      ],
      paths: [
        'Statement[0].Action[0]',
        'Statement[1].Action[1]',
        'Statement[2].Action[0]',
        'Statement[3].Action[0]',
        'Statement[4].NotAction',
      ],
    },
  ],
  good: [
    [
      allow('iam:CreateServiceLinkedRole', '*', fence),
      allow(
        'iam:CreateServiceLinkedRole',
        'arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      ),
      allow('s3:*', '*'),
      allow('*', 'arn:aws:s3:::b/*'),
    ],
  ],
};
