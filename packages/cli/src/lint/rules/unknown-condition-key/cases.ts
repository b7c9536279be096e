import type { RuleCases } from '../../rule.js';

const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/locks';

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        {
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:DescribeTable'],
          Resource: table,
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'a' },
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        },
      ],
      paths: [
        'Statement[0].Condition.ForAllValues:StringEquals.dynamodb:LeadingKeys',
        'Statement[0].Condition.Null.dynamodb:LeadingKeys',
      ],
      levels: ['warning', 'warning'],
    },
    {
      statements: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'x' } } },
      ],
      paths: ['Statement[0].Condition.StringEquals.s3:prefix'],
    },
    {
      statements: [
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringEquals: { 'kms:EncryptionContext:': 'x', 'aws:PrincipalTag/': 'y' } },
        },
      ],
      paths: [
        'Statement[0].Condition.StringEquals.kms:EncryptionContext:',
        'Statement[0].Condition.StringEquals.aws:PrincipalTag/',
      ],
    },
    {
      statements: [
        { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransprt': 'false' } } },
        { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { prefix: 'x' } } },
      ],
      paths: ['Statement[0].Condition.Bool.aws:SecureTransprt', 'Statement[1].Condition.StringEquals.prefix'],
      says: ['did you mean `aws:SecureTransport`?', '`service:key`'],
    },
    {
      statements: [{ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { ArnLike: { 'aws:ARN': '*' } } }],
      paths: ['Statement[0].Condition.ArnLike.aws:ARN'],
      levels: ['warning'],
    },
  ],
  good: [
    // The reference does not tie it to the action, and the marketplace documents it.
    [
      {
        Effect: 'Allow',
        Action: 'aws-marketplace:Subscribe',
        Resource: '*',
        Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': 'p' } },
      },
    ],
    [
      {
        Effect: 'Allow',
        Action: ['sagemaker:CreateFlowDefinition', 'sagemaker:DescribeWorkteam', 'sagemaker:CreateLabelingJob'],
        Resource: '*',
        Condition: { StringEqualsIfExists: { 'sagemaker:WorkteamType': 'x' } },
      },
    ],
    [
      {
        Effect: 'Allow',
        Action: ['s3:ListBucket'],
        Resource: '*',
        Condition: { StringEquals: { 'S3:Prefix': 'x', 'aws:PrincipalTag/team': 'y', 'aws:SourceVpc': 'v' } },
      },
    ],
    [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'any:key': 'x' } } }],
    [
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::b/*' } },
      },
    ],
    [
      {
        Effect: 'Allow',
        Action: 'codebuild:CreateProject',
        Resource: '*',
        Condition: { StringEquals: { 'codebuild:secondarySources/x.location': 'y' } },
      },
    ],
  ],
};
