import type { RuleCases } from '../../rule.js';

const role = 'arn:aws:iam::123456789012:role/task';
const pass = (Resource: string, service?: string) => ({
  Effect: 'Allow',
  Action: 'iam:PassRole',
  Resource,
  ...(service === undefined ? {} : { Condition: { StringEquals: { 'iam:PassedToService': service } } }),
});
const run = {
  Effect: 'Allow',
  Action: ['ec2:RunInstances', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  Resource: '*',
};
const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const boundary = 'arn:aws:iam::123456789012:policy/boundary';

export const cases: RuleCases = {
  bad: [
    {
      statements: [allow('iam:CreateAccessKey', '*')],
      paths: ['Statement[0].Action[0]'],
      says: ['name the resources, such as `arn:aws:iam::ACCOUNT:user/USER-NAME-WITH-PATH`'],
    },
    {
      statements: [pass('*', 'ec2.amazonaws.com'), run],
      paths: ['Statement[0].Action[0]'],
      says: ['CreateEC2WithExistingIP'],
    },
    {
      statements: [pass(role), run],
      paths: ['Statement[0].Action[0]', 'Statement[0].Action[0]'],
      says: ['`ec2.amazonaws.com`', '`lambda.amazonaws.com`'],
    },
    { statements: [allow('iam:*', '*')], paths: ['Statement[0].Action[0]'], says: ['list the actions'] },
    { statements: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], paths: ['Statement[0].NotAction'] },
    {
      // The managed policies of AWS hold AdministratorAccess.
      statements: [
        allow('iam:AttachRolePolicy', '*', {
          Condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/*' } },
        }),
      ],
      paths: ['Statement[0].Action[0]'],
    },
    {
      // What is made on the way has whatever name it needs.
      statements: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'], 'arn:aws:iam::123456789012:role/ci-*')],
      paths: ['Statement[0].Action[1]'],
      says: ['CreateAdminRoleAttached'],
    },
    {
      statements: [allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:*')],
      paths: ['Statement[0].Action[0]'],
    },
  ],
  good: [
    [pass(role, 'ec2.amazonaws.com'), run],
    [pass('*', 'ecs-tasks.amazonaws.com'), run],
    [allow('iam:*', '*'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
    [allow(['s3:*', 'iam:GetRole'], '*')],
    [allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/${aws:username}')],
    [allow('*', 'arn:aws:s3:::b/*')],
    [
      allow(['iam:CreateRole', 'iam:PutRolePolicy'], 'arn:aws:iam::123456789012:role/ci/*', {
        Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
      }),
    ],
    [
      allow('iam:PutRolePolicy', '*'),
      {
        Effect: 'Deny',
        Action: 'iam:PutRolePolicy',
        Resource: '*',
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } },
      },
    ],
    [allow('ssm:SendCommand', '*', { Condition: { StringEquals: { 'ssm:resourceTag/team': 'ci' } } })],
    // No principal has both tags.
    [
      allow('iam:PassRole', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }),
      allow('ec2:RunInstances', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'b' } } }),
    ],
  ],
};
