import type { ResourceForm, TextForm } from '../../use-case/option.js';
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
      pattern:
        '^(?:[a-z]+(?:-[a-z]+)+-[0-9]+:)?[0-9]{12}:(?:function:)?([A-Za-z0-9_-]+)(?::(?:[$]LATEST|[A-Za-z0-9_-]+))?$',
      say: 'is a part of an ARN: write the name alone, or the whole ARN',
      here: '`$1`',
    },
    {
      pattern: '^function:([^:]+)(?::[^:]*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^((?:arn:[^:]*:lambda:[^:]*:[^:]*:function:)?[A-Za-z0-9_-]+):(?:[$]LATEST|[A-Za-z0-9_-]+)$',
      say: 'has a version or an alias, and this is for the whole function: write it without',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:lambda:[^:]*:[^:]*:(?:layer|event-source-mapping|code-signing-config):',
      say: 'is the ARN of something else in Lambda: write the name of a function',
    },
    {
      pattern: '^[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*$',
      say: 'holds a slash, which no name of a function does: write the name as Lambda shows it, not a path or a logical id',
    },
    {
      pattern: '^AWS::[A-Za-z0-9:-]*$',
      say: 'is a name of AWS in templates, and no function: write the name of the function as Lambda shows it',
    },
    {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*://',
      say: 'is a URL: write the name of the function behind it',
    },
    { pattern: '[.](?:zip|jar)$', say: 'is a package: write the name of the function that it is for' },
  ],
  arn: { service: 'lambda', regional: true, account: true, resource: ['function:', itself] },
};

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const lambdaAlias: TextForm = {
  title: 'alias of a function',
  example: 'live',
  pattern: '^[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*$',
  says: 'letters, digits, `_` and `-`, and not digits alone',
  shortest: 1,
  longest: 128,
  refuse: [
    {
      pattern: '^(?:(?:arn:[^:]*:lambda:[^:]*:[^:]*:)?(?:function:)?[A-Za-z0-9_-]+:)?(?:[0-9]+|[$]LATEST)$',
      say: 'is a version: write the name of an alias',
    },
    {
      pattern: '^(?:arn:[^:]*:lambda:[^:]*:[^:]*:)?(?:function:)?[A-Za-z0-9_-]+:([A-Za-z0-9_-]+)$',
      say: 'has its function before it: write the alias alone',
      here: '`$1`',
    },
  ],
};

/**
 * A layer without its version: a deployment that publishes one names the next.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 */
export const lambdaLayer: ResourceForm = {
  title: 'Lambda layer',
  example: 'my-layer',
  pattern: '^[A-Za-z0-9_-]+$',
  says: 'letters, digits, `_` and `-`, without the version',
  shortest: 1,
  longest: 64,
  refuse: [
    {
      pattern: '^(arn:[^:]*:lambda:[^:]*:[^:]*:layer:[^:]+):[^:]*$',
      say: 'has a version, and the next one is meant too: write it without',
      here: '`$1`',
    },
    {
      pattern: '^layer:([^:]+)(?::[^:]*)?$',
      say: 'is the end of an ARN: write the name alone',
      here: '`$1`',
    },
    {
      pattern: '^([A-Za-z0-9_-]+):[0-9]+$',
      say: 'has a version, and the next one is meant too: write it without',
      here: '`$1`',
    },
  ],
  arn: { service: 'lambda', regional: true, account: true, resource: ['layer:', itself] },
};
