import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';
import { sayInstead } from './say-instead.js';

const endingWithSlash = '^(.*[^/])/$';

/**
 * A parameter of Systems Manager. `/app/token` is `parameter/app/token` in an ARN, and `token` is `parameter/token`: with and
 * without the leading slash, IAM sees one parameter.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
export const ssmParameter: ResourceForm = {
  title: 'SSM parameter',
  example: 'app/production/token',
  pattern: '^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$',
  says: 'letters, digits and `_.-`, with a slash between the levels; the one before them may be left out',
  shortest: 1,
  longest: 1011,
  refuse: [
    {
      pattern: '^(arn:[^:]*:ssm:[^:]*:[^:]*:parameter)//+(.*)$',
      say: 'is an ARN with the slash twice, which no parameter has: write it once',
      here: '`$1/$2`',
    },
    {
      pattern: '^parameter/(.+)$',
      say: 'is the end of an ARN: write the name alone',
      here: '`/$1`',
    },
    {
      pattern: '^((?:arn:[^:]*:ssm:[^:]*:[^:]*:parameter/)?[^:]+):[A-Za-z0-9_.-]+$',
      say: 'has a version or a label, and permissions are for the whole parameter: write it without',
      here: '`$1`',
    },
    {
      pattern: '[{][{]|^(?:ssm|ssm-secure|resolve):',
      say: 'is a reference in a template: write the name of the parameter alone',
    },
    {
      pattern: '^/?aws/reference/secretsmanager/(.+)$',
      say: 'is a secret of Secrets Manager read through Systems Manager, which asks for permission on both, and this is not given here: read the secret itself',
    },
    { pattern: '^[A-Za-z][A-Za-z0-9+.-]*://', say: 'is a URL: write the name of the parameter alone' },
    { pattern: '//', say: 'holds an empty level, which no parameter has: write the name without it' },
    {
      pattern: '(^|/)[.][.]?(/|$)',
      say: 'holds a dot segment, and no name goes up or stays: write the plain name',
    },
    {
      pattern: endingWithSlash,
      say: 'ends with a slash, which no parameter does: write it without',
      here: '`$1`',
    },
    { pattern: '^/$', say: 'stands for every parameter of the account: name those that are read' },
  ],
  arn: { service: 'ssm', regional: true, account: true, resource: ['parameter/', itself], optionalStart: '/' },
};

/** A parameter in an entry that takes paths as `parameterPaths` too. */
export const ssmParameterBesidePaths = sayInstead(
  ssmParameter,
  endingWithSlash,
  'ends with a slash, which no parameter does: write it without, or give a path as `parameterPaths`',
);

/** A path of parameters: the parameters below it are read together. */
export const ssmParameterPath: ResourceForm = {
  ...ssmParameter,
  title: 'path of SSM parameters',
  example: 'app/production',
  refuse: [
    {
      pattern: '^(.*[^/*])/[*]?$',
      say: 'ends with a slash or a star, which a path does without: write it without',
      here: '`$1`',
    },
    ...(ssmParameter.refuse ?? []),
  ],
};
