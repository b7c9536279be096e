import type { RuleCases } from '../../rule.js';

const allow = (Resource: string | string[]) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource });
const at = (count: number) => Array.from({ length: count }, (_, index) => `Statement[0].Resource[${index}]`);

export const cases: RuleCases = {
  bad: [
    {
      statements: [
        allow([
          'arn:aws:sqs:eu-west-1:1234:queue',
          'arn:aws:sqs:eu-west-1:1234-5678-9012:queue',
          'arn:aws:sqs:eu-wset-1:123456789012:queue',
          'arn:aws:sqs:euwest1:123456789012:queue',
          'arn:aws:sqs::123456789012:queue',
          'arn:aws:cloudfront:us-east-1:123456789012:distribution/ABC',
          'arn:awss:sqs:eu-west-1:123456789012:queue',
          'arn:aws:SQS:eu-west-1:123456789012:queue',
          'arn:aws:sqss:eu-west-1:123456789012:queue',
          'arn:aws:lambda:eu-west-1:1234567890123*:function:f',
        ]),
      ],
      paths: at(10),
      levels: Array.from({ length: 10 }, () => 'error' as const),
    },
    {
      // Well formed, and newer than the list perhaps.
      statements: [allow(['arn:aws:sqs:eu-west-9:123456789012:queue', 'arn:aws:sqs:xq-central-1:123456789012:queue'])],
      paths: at(2),
      levels: ['warning', 'warning'],
    },
    { statements: [allow('arn:aws:sqs:eu-west-1::queue')], paths: at(1), levels: ['note'] },
    {
      statements: [allow('arn:aws:logs:*:*:/aws-glue/*')],
      paths: at(1),
      levels: ['note'],
      says: ['/aws-glue/'],
    },
    {
      statements: [{ Effect: 'Deny', Action: 'sqs:*', NotResource: 'arn:aws:sqs:eu-wset-1:123456789012:q' }],
      paths: ['Statement[0].NotResource[0]'],
    },
  ],
  good: [
    [
      allow([
        '*',
        'arn:aws:s3:::b/*',
        'arn:aws:s3::*:x',
        'arn:*:sqs:*:*:q',
        'arn:aws-cn:sqs:cn-north-1:123456789012:q',
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
        'arn:aws:ec2:eu-west-1::image/ami-1',
        'arn:aws:sqs:*:1234567890??:q',
        'arn:aws:cloudfront::123456789012:distribution/ABC',
        'arn:aws:dynamodb:*:123456789012:table/t',
        '«Queue.Arn»',
      ]),
    ],
    [allow('arn:aws:elasticbeanstalk:eu-west-1::solutionstack/x')],
  ],
};
