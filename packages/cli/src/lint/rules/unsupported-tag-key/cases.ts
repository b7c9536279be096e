import type { RuleCases } from '../../rule.js';

const statement = (Effect: string, Action: string | string[], Condition: object) => ({
  Effect,
  Action,
  Resource: '*',
  Condition,
});
const team = { 'aws:ResourceTag/team': 'ci' };

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        statement('Allow', ['ec2:StartInstances', 'ec2:DescribeInstances'], { StringEquals: team }),
        statement('Deny', 's3:ListAllMyBuckets', { StringNotEquals: team }),
        statement('Allow', 'sts:GetCallerIdentity', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'x' } }),
      ],
      paths: [
        'Statement[0].Condition.StringEquals.aws:ResourceTag/team',
        'Statement[1].Condition.StringNotEquals.aws:ResourceTag/team',
        'Statement[2].Condition.ForAnyValue:StringEquals.aws:TagKeys',
      ],
      levels: ['note', 'warning', 'note'],
    },
  ],
  good: [
    [
      statement('Allow', 'ec2:StartInstances', { StringEquals: team }),
      statement('Allow', 'ec2:*', { StringEquals: team }),
      statement('Allow', 'ec2:DescribeInstances', { StringEqualsIfExists: team }),
      statement('Allow', 'ec2:RunInstances', { StringEquals: { 'aws:RequestTag/team': 'ci' } }),
      statement('Allow', 'ec2:DescribeInstances', { StringEquals: { 'aws:PrincipalTag/team': 'ci' } }),
    ],
  ],
};
