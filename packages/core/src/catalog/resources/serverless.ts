import type { TextForm } from '../../use-case/option.js';

const elsewhere = {
  pattern: '[$][{]',
  say: 'is a variable of Serverless: write what it comes to',
};

/**
 * A service of the Serverless Framework, which names its stack, its functions and its keys with the stage.
 * @see https://github.com/serverless/serverless/blob/v3.40.0/lib/config-schema.js
 */
export const serverlessService: TextForm = {
  title: 'service of Serverless',
  example: 'my-service',
  pattern: '^[A-Za-z][A-Za-z0-9-]*$',
  says: 'letters, digits and `-`, with a letter first',
  shortest: 2,
  longest: 120,
  refuse: [
    elsewhere,
    {
      pattern: '^(?:.*/)?serverless(?:[.-][A-Za-z0-9.-]+)?[.](?:ya?ml|json|[cm]?[jt]s)$',
      say: 'is a file: write the name of the `service` in it',
    },
    {
      pattern: '^arn:[^:]*:cloudformation:[^:]*:[^:]*:stack/([^/]+)(?:/.*)?$',
      say: 'is the ARN of a stack: write the service and the stage that its name is made of',
    },
    { pattern: '^arn:', say: 'is an ARN: write the name of the `service` in serverless.yml' },
    {
      pattern: '[._]',
      say: 'holds a dot or an underscore, which Serverless refuses in the name of a service: write the name in serverless.yml',
    },
  ],
};

/** A stage of a service: `dev`, `production`. */
export const serverlessStage: TextForm = {
  title: 'stage',
  example: 'production',
  pattern: '^[A-Za-z0-9-]+$',
  wildcardPattern: '^[A-Za-z0-9*?-]+$',
  says: 'letters, digits and `-`',
  shortest: 1,
  longest: 120,
  refuse: [
    elsewhere,
    { pattern: '^(?:--stage|-s)[= ](.+)$', say: 'has its flag before it: write the stage alone', here: '`$1`' },
    { pattern: '^arn:', say: 'is an ARN: write the stage alone' },
    {
      pattern: '[._/]',
      say: 'holds a sign that Serverless refuses in a stage: write it in letters, digits and hyphens',
    },
  ],
};

/**
 * What the keys of packages begin with. Serverless finds the name of a deployment as the fourth part of a key.
 * @see https://github.com/serverless/serverless/blob/v3.40.0/lib/plugins/aws/deploy/lib/check-for-changes.js
 */
export const serverlessPrefix: TextForm = {
  title: 'prefix of packages',
  example: 'serverless',
  pattern: '^[A-Za-z0-9._=!()-]+$',
  says: 'letters, digits and `._=!()-`',
  shortest: 1,
  longest: 200,
  refuse: [
    elsewhere,
    {
      pattern: '^/?([^/]+)/$',
      say: 'ends with a slash, which is put behind it anyway: write it without',
      here: '`$1`',
    },
    {
      pattern: '/',
      say: 'holds a slash, with which Serverless does not find its last deployment, since it looks for it in the fourth part of a key: give `provider.deploymentPrefix` one part alone',
    },
    { pattern: '^[.][.]?$', say: 'is a dot segment, which clients clean away: write a plain prefix' },
  ],
};
