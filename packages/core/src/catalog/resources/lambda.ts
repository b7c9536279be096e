import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const lambdaFunction: ResourceForm<'AWS::Lambda::Function'> = {
  types: ['AWS::Lambda::Function'],
  title: 'Lambda function',
  example: 'my-function',
  pattern: '^[A-Za-z0-9_-]+$',
  wildcardPattern: '^[A-Za-z0-9_*?-]+$',
  says: 'letters, digits, `_` and `-`',
  shortest: 1,
  longest: 64,
  refuse: [
    {
      pattern: '^((?:arn:[^:]*:lambda:[^:]*:[^:]*:function:)?[A-Za-z0-9_-]+):(?:[$]LATEST|[A-Za-z0-9_-]+)$',
      say: 'has a version or an alias, and this is for the whole function: write it without',
      here: '`$1`',
    },
    {
      pattern: '^([0-9]{12}):function:([A-Za-z0-9_-]+)$',
      say: 'is a part of an ARN: write the name alone, or the whole ARN',
      here: '`$2`',
    },
    {
      pattern: '^function:([^:]+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
  ],
  arn: { service: 'lambda', regional: true, account: true, resource: ['function:', itself] },
};
