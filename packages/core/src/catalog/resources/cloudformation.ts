import type { ResourceForm, TextForm } from '../../use-case/option.js';
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
      pattern: '^[^:/]+[.](?:ya?ml|json|template)$',
      say: 'is a template: write the name of the stack that is made from it',
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

/**
 * A transform of AWS, which in an ARN has the account `aws`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
 */
export const cloudFormationTransform: TextForm = {
  title: 'transform of AWS',
  example: 'Serverless-2016-10-31',
  pattern: '^[A-Z][A-Za-z0-9-]*$',
  says: 'the name behind `AWS::`, in letters, digits and hyphens',
  shortest: 3,
  longest: 100,
  refuse: [
    { pattern: '^AWS::([A-Za-z0-9-]+)$', say: 'has `AWS::` before it: write what stands behind that', here: '`$1`' },
    {
      pattern: '^(?:arn:[^:]*:cloudformation:[^:]*:aws:)?transform/([A-Za-z0-9-]+)$',
      say: 'is an ARN: write the name in it alone',
      here: '`$1`',
    },
    {
      pattern: '^arn:',
      say: 'is an ARN of something else than a transform of AWS: name one of these',
    },
  ],
};
