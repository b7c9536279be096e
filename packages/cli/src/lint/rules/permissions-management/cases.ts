import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow(['s3:GetObject', 'iam:DetachRolePolicy'], '*'),
        allow('lakeformation:Grant*', '*'),
        allow('iam:DeleteRolePolicy', 'arn:aws:iam::*:role/*'),
      ],
      paths: ['Statement[0].Action[1]', 'Statement[1].Action[0]', 'Statement[2].Action[0]'],
    },
  ],
  good: [
    [
      allow('iam:DetachRolePolicy', 'arn:aws:iam::123456789012:role/ci-*'),
      allow('iam:PassRole', '*'),
      allow('s3:GetObject', '*'),
      { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
      allow('iam:DetachRolePolicy', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'ci' } } }),
    ],
  ],
};
