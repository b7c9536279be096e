import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow(['redshift:GetClusterCredentials', 'redshift:DescribeClusters'], '*'),
        allow('ec2:Get*', 'arn:aws:ec2:*:*:instance/*'),
        allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/*'),
      ],
      paths: ['Statement[0].Action[0]', 'Statement[1].Action[0]', 'Statement[2].Action[0]'],
    },
  ],
  good: [
    [
      allow('redshift:GetClusterCredentials', 'arn:aws:redshift:eu-west-1:123456789012:dbuser:c/ci'),
      allow('ecr:GetAuthorizationToken', '*'),
      allow('ec2:GetPasswordData', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'ci' } } }),
      { Effect: 'Deny', Action: 'ec2:GetPasswordData', Resource: '*' },
    ],
  ],
};
