import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A stack. CloudFormation makes up the end of its ARN when the stack is made, and another one when it is made again, so that a
 * policy for a name says a star there.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export const cloudformationStack: ResourceForm = {
  title: 'CloudFormation stack',
  example: 'my-app',
  pattern: '^[A-Za-z][A-Za-z0-9-]*$',
  wildcardPattern: '^[A-Za-z0-9*?-]+$',
  says: 'letters, digits and `-`, with a letter first',
  shortest: 1,
  longest: 128,
  refuse: [
    {
      pattern: '^(arn:[^:]*:cloudformation:[^:]*:[^:]*:stack/[^/*]+)/[^/*]+$',
      say: 'is the ARN of a stack that is there, and one that is made again under its name has another: write a star at its end',
      here: '`$1/*`',
    },
    {
      pattern: '^(arn:[^:]*:cloudformation:[^:]*:[^:]*:stack/[^/*]+)/?$',
      say: 'is an ARN without what stands behind the name in one: write a star there',
      here: '`$1/*`',
    },
    {
      pattern: '^arn:[^:]*:cloudformation:[^:]*:[^:]*:(?:changeSet|stackset|stackset-target|type|transform)/',
      say: 'is no stack: write the name of the stack',
    },
    {
      pattern: '^stack/([^/]+)(?:/.*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9-]*[._]',
      say: 'holds a dot or an underscore, which no stack name does: write the name as CloudFormation shows it',
    },
    {
      pattern: '^([A-Za-z][A-Za-z0-9]*(?:/[A-Za-z][A-Za-z0-9]*)+)$',
      say: 'is a path in a CDK app: write the name of the stack as `cdk ls --long` shows it',
    },
  ],
  arn: { service: 'cloudformation', regional: true, account: true, resource: ['stack/', itself, '/*'] },
};
