import type { RuleCases } from '../../rule.js';

const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/t';
const cluster = 'arn:aws:ecs:eu-west-1:123456789012:cluster/a';
const alias = 'arn:aws:kms:eu-west-1:123456789012:alias/a';
const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234';

export const cases: RuleCases = {
  bad: [
    {
      statements: [allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::b')],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
      says: ['`arn:aws:s3:::b/*`'],
    },
    {
      statements: [allow(['s3:ListBucket', 's3:GetBucketLocation'], 'arn:aws:s3:::b/*')],
      paths: ['Statement[0].Action[0]', 'Statement[0].Action[1]'],
      levels: ['error', 'error'],
      says: ['write `arn:aws:s3:::b`', 'write `arn:aws:s3:::b`'],
    },
    {
      statements: [allow('dynamodb:PutItem', `${table}/index/*`)],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
      says: [`write \`${table}\``],
    },
    {
      statements: [allow('ecs:DescribeClusters', `${cluster}/b`)],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
      says: [`write \`${cluster}\``],
    },
    {
      statements: [allow('s3:GetObject', table)],
      paths: ['Statement[0].Action[0]'],
      levels: ['error'],
    },
    {
      statements: [
        allow('ecr:GetAuthorizationToken', 'arn:aws:ecr:eu-west-1:123456789012:repository/my-app'),
        allow('logs:DescribeLogGroups', 'arn:aws:logs:eu-west-1:123456789012:log-group:/app:*'),
        allow('cloudformation:ListStacks', 'arn:aws:cloudformation:eu-west-1:123456789012:stack/app/*'),
        allow('s3:ListAllMyBuckets', 'arn:aws:s3:::*'),
      ],
      paths: [0, 1, 2, 3].map((index) => `Statement[${index}].Action[0]`),
      levels: ['note', 'note', 'note', 'note'],
    },
    {
      // The pages of both kinds of load balancer are one in the reference.
      statements: [
        allow('elasticloadbalancing:AddTags', 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:other/x/y'),
      ],
      paths: ['Statement[0].Action[0]'],
      levels: ['note'],
    },
    {
      statements: [allow('kms:CreateAlias', alias)],
      paths: ['Statement[0].Action[0]'],
      levels: ['warning'],
      says: ['no resource is of the type `key`'],
    },
    {
      statements: [allow('ec2:RunInstances', 'arn:aws:ec2:*:*:instance/*')],
      paths: ['Statement[0].Action[0]'],
      levels: ['warning'],
    },
    {
      // A type that the reference does not have at all may be newer than it.
      statements: [allow('s3:GetObject', 'arn:aws:s3:eu-west-1:123456789012:newthing/x')],
      paths: ['Statement[0].Action[0]'],
      levels: ['warning'],
    },
  ],
  good: [
    [allow('quicksight:CreateDataSet', 'arn:aws:quicksight:*:*:dataset/*')],
    [allow('ec2:PutResourcePolicy', 'arn:aws:ec2:*:*:security-group/*')],
    [allow('cloudformation:UpdateTermination*', 'arn:aws:cloudformation:*:*:stack/app')],
    [allow('securityagent:ListSecurityRequirements', 'arn:aws:securityagent:*:*:agent-space/*')],
    [allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])],
    [allow('s3:GetObject', 'arn:aws:s3:::b*')],
    [{ Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b' }],
    [allow('iam:GetRole', 'arn:aws:iam::123456789012:role/ci/*')],
    [allow('ecr:PutImage', 'arn:aws:ecr:eu-west-1:123456789012:repository/team/app')],
    [allow('cloudformation:CreateChangeSet', 'arn:aws:cloudformation:*:aws:transform/Serverless-2016-10-31')],
    [allow('apigateway:GET', 'arn:aws:apigateway:eu-west-1::/restapis/abc/authorizers/def')],
    // A star at the end of a part runs over the colons.
    [allow('logs:PutLogEvents', 'arn:aws:logs:*:*:/aws-glue/*')],
    [allow('s3:GetObject', '«Bucket.Arn»/*')],
    [allow('kms:CreateAlias', [alias, key])],
    [allow('kms:CreateAlias', alias), allow('kms:*', key)],
  ],
};
