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
      pattern: '^([A-Za-z][A-Za-z0-9-]*)/(?:[*]|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$',
      say: 'has what stands behind the name in an ARN: write the name alone',
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

/**
 * What a template calls a nested stack.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 */
export const nestedStack: TextForm = {
  title: 'logical id of a nested stack',
  example: 'Network',
  pattern: '^[A-Za-z0-9]+$',
  says: 'letters and digits, as the template has it',
  shortest: 1,
  longest: 255,
  refuse: [
    {
      pattern: '^arn:[^:]*:cloudformation:',
      say: 'is an ARN, whose end CloudFormation makes up: write the logical id in the template of its parent',
    },
    {
      pattern: '^.*-([A-Za-z0-9]+)-[A-Z0-9]{10,14}$',
      say: 'is the name of a nested stack that is there: write its logical id',
      here: '`$1`',
    },
    {
      pattern: '[.](?:ya?ml|json|template)$',
      say: 'is a template: write the logical id of the nested stack that is made from it',
    },
    { pattern: '[-_.]', say: 'holds a sign, which no logical id does: write the one in the template of its parent' },
  ],
};

/**
 * A stack set. CloudFormation makes up the end of its ARN, behind a colon.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
 */
export const cloudformationStackSet: ResourceForm = {
  title: 'CloudFormation stack set',
  example: 'my-stack-set',
  pattern: '^[A-Za-z][A-Za-z0-9-]*$',
  says: 'letters, digits and `-`, with a letter first',
  shortest: 1,
  longest: 128,
  refuse: [
    {
      pattern: '^(arn:[^:]*:cloudformation:[^:]*:[^:]*:stackset/[^:*]+):[^:*]+$',
      say: 'is the ARN of a stack set that is there, and one that is made again under its name has another: write a star at its end',
      here: '`$1:*`',
    },
    {
      pattern: '^(arn:[^:]*:cloudformation:[^:]*:[^:]*:stackset/[^:*/]+):?$',
      say: 'is an ARN without what stands behind the name in one: write a star there',
      here: '`$1:*`',
    },
    {
      pattern: '^arn:[^:]*:cloudformation:[^:]*:[^:]*:(?:changeSet|stack|stackset-target|type|transform)/',
      say: 'is no stack set: write the name of the stack set',
    },
    {
      pattern: '^(?:stackset/)?([^:/]+):(?:[0-9a-f]{8}-[0-9a-f-]*|[*])$',
      say: 'is the id of a stack set: write the name alone',
      here: '`$1`',
    },
    { pattern: '^stackset/([^:/]+)$', say: 'is the end of an ARN: write the name alone', here: '`$1`' },
    {
      pattern: '^StackSet-(.+)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
      say: 'is the name of a stack that a stack set has made: write the name of the stack set',
      here: '`$1`',
    },
    {
      pattern: '^[^:/]+[.](?:ya?ml|json|template)$',
      say: 'is a template: write the name of the stack set that is made from it',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9-]*[._]',
      say: 'holds a dot or an underscore, which no name of a stack set does: write the name as CloudFormation shows it',
    },
  ],
  arn: { service: 'cloudformation', regional: true, account: true, resource: ['stackset/', itself, ':*'] },
};

/**
 * What a stack set deploys to.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
 */
export const stackSetTarget: TextForm = {
  title: 'account or organizational unit',
  example: 'ou-ab12-cdef3456',
  pattern: '^(?:[0-9]{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$',
  says: '12 digits for an account, `ou-` with two parts for an organizational unit, or `r-` with one for the root',
  shortest: 6,
  longest: 68,
  refuse: [
    {
      pattern: '^arn:[^:]*:organizations:[^:]*:[^:]*:(?:account|ou|root)/(?:o-[a-z0-9]+/)?([a-z0-9-]+)$',
      say: 'is an ARN: write the id at its end alone',
      here: '`$1`',
    },
    {
      pattern: '^(?:(?:OU|Ou|oU|R)-[A-Za-z0-9-]*|(?:ou|r)-[a-z0-9-]*[A-Z][A-Za-z0-9-]*)$',
      say: 'has capital letters, which no id of Organizations has: write it in lower case',
    },
    {
      pattern: '^(?:o-[a-z0-9]+/)?r-[a-z0-9]+/(?:ou-[a-z0-9-]+/)*(ou-[a-z0-9-]+)/?$',
      say: 'is a path: write the id at its end alone',
      here: '`$1`',
    },
    {
      pattern: '^([0-9]{4})[ -]([0-9]{4})[ -]([0-9]{4})$',
      say: 'has signs between its digits: write the digits alone',
      here: '`$1$2$3`',
    },
    { pattern: '^o-[a-z0-9]+$', say: 'is the id of an organization: write that of its root, which begins with `r-`' },
  ],
};

/**
 * A type of AWS as it stands in an ARN, with hyphens for its colons.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security_iam_id-based-policy-examples.html
 */
export const resourceType: TextForm = {
  title: 'type of resource',
  example: 'AWS-S3-Bucket',
  pattern: '^AWS-[A-Za-z0-9]+-[A-Za-z0-9]+$',
  says: '`AWS`, the service and the type, with hyphens between them as in ARNs',
  shortest: 7,
  longest: 120,
  refuse: [
    {
      pattern: '^(AWS)::([A-Za-z0-9]+)::([A-Za-z0-9]+)$',
      say: 'has colons, for which ARNs have hyphens: write it with these',
      here: '`$1-$2-$3`',
    },
    {
      pattern: '^(?:arn:[^:]*:cloudformation:[^:]*:[^:]*:)?type/resource/([A-Za-z0-9-]+)$',
      say: 'is an ARN: write the type in it alone',
      here: '`$1`',
    },
    {
      pattern: '^Custom::.*$',
      say: 'is a custom resource, for which AWS publishes no ARN: try the type that others name for all of them',
      here: '`AWS-CloudFormation-CustomResource`',
    },
    {
      pattern: '^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$',
      say: 'is a type of somebody else than AWS, whose ARN is not known here: leave it out, and add it by hand',
    },
  ],
};
