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
        allow(
          ['s3:Get*', 's3:GetObject', 's3:PutObject', 'S3:putobject'],
          ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x', 'arn:aws:s3:::b/*'],
        ),
      ],
      paths: [
        'Statement[0].Action[1]',
        'Statement[0].Action[3]',
        'Statement[0].Resource[1]',
        'Statement[0].Resource[2]',
      ],
    },
    {
      statements: [
        allow('s3:GetObject', 'arn:aws:s3:::b/x'),
        allow('s3:*', 'arn:aws:s3:::b/*'),
        allow('s3:GetObject', 'arn:aws:s3:::c/*'),
        allow('s3:GetObject', 'arn:aws:s3:::c/*'),
      ],
      paths: ['Statement[0]', 'Statement[3]'],
    },
    {
      statements: [
        allow('s3:GetObject', 'arn:aws:s3:::b/*', {
          Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' }, Null: { 'aws:SourceVpc': 'false' } },
        }),
      ],
      paths: ['Statement[0].Condition.Null.aws:SourceVpc'],
    },
    {
      statements: [
        allow('s3:ListBucket', 'arn:aws:s3:::b', {
          Condition: {
            NumericLessThan: { 's3:max-keys': ['5', '10'] },
            StringLike: { 's3:prefix': ['home/*', 'home/x/*', 'work/*'] },
            StringEquals: { 'aws:username': ['a', 'b', 'a'] },
          },
        }),
      ],
      paths: [
        'Statement[0].Condition.NumericLessThan.s3:max-keys[0]',
        'Statement[0].Condition.StringLike.s3:prefix[1]',
        'Statement[0].Condition.StringEquals.aws:username[0]',
      ],
    },
  ],
  good: [
    [
      allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::b/*', 'arn:aws:s3:::b']),
      { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/x' },
      allow('s3:DeleteObject', 'arn:aws:s3:::b/?', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    ],
    [
      allow('dynamodb:GetItem', '*', {
        Condition: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'a' },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    ],
  ],
};
