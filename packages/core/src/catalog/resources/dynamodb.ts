import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export const dynamodbTable: ResourceForm<'AWS::DynamoDB::Table' | 'AWS::DynamoDB::GlobalTable'> = {
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  title: 'DynamoDB table',
  example: 'terraform-locks',
  pattern: '^[A-Za-z0-9_.-]+$',
  says: 'letters, digits, `_`, `.` and `-`',
  shortest: 3,
  longest: 255,
  refuse: [
    {
      pattern: '^((?:arn:[^:]*:dynamodb:[^:]*:[^:]*:table/)?[^/]+)/(?:index|stream|backup|export|import)/.*$',
      say: 'is an index, a stream or a copy of a table: write the table',
      here: '`$1`',
    },
    {
      pattern: '^table/([^/]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:dynamodb:[^:]*:[^:]*:global-table/([^/]+)$',
      say: 'is a global table: write the table of one region',
      here: '`$1`',
    },
  ],
  arn: { service: 'dynamodb', regional: true, account: true, resource: ['table/', itself] },
};
