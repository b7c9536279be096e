import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const cases: RuleCases = {
  bad: [
    { statements: [allow(['ecr:GetAuthorizationToken', 'ecr:PutImage'], '*')], paths: ['Statement[0].Resource[0]'] },
    {
      statements: [
        allow('s3:GetObject', 'arn:aws:s3:::*'),
        allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:*:*:secret:*'),
        allow('kms:Encrypt', ['arn:aws:kms:*:*:key/1234', 'arn:aws:kms:*:*:key/*']),
        allow('ecr:PutImage', 'arn:aws:ecr:*'),
      ],
      paths: [
        'Statement[0].Resource[0]',
        'Statement[1].Resource[0]',
        'Statement[2].Resource[1]',
        'Statement[3].Resource[0]',
      ],
    },
    {
      statements: [allow('ecr:PutImage', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
      paths: ['Statement[0].Resource[0]'],
    },
    {
      statements: [
        allow('ecs:ListTasks', '*', { Condition: { ArnLikeIfExists: { 'ecs:cluster': 'arn:aws:ecs:*:*:x' } } }),
      ],
      paths: ['Statement[0].Resource[0]'],
    },
  ],
  good: [
    [allow(['ecr:GetAuthorizationToken', 'sts:GetCallerIdentity'], '*')],
    [{ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }],
    [allow('ecr:PutImage', 'arn:aws:ecr:*:123456789012:repository/*')],
    [
      allow('ecs:ListTasks', '*', {
        Condition: { ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:eu-west-1:123456789012:cluster/c' } },
      }),
    ],
    [allow('s3:GetObject', ['arn:aws:s3:::bucket-*', 'arn:aws:s3:::bucket/*'])],
  ],
};
