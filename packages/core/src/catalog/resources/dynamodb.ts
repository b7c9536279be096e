import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export const dynamodbTable: ResourceForm = {
  title: 'DynamoDB table',
  example: 'terraform-locks',
  pattern: '^[A-Za-z0-9_.-]+$',
  says: 'three or more letters, digits, `_`, `.` and `-`',
  shortest: 3,
  longest: 255,
  arn: { service: 'dynamodb', regional: true, account: true, resource: ['table/', itself] },
};
