import type { TextForm } from '../../use-case/option.js';

/**
 * A stack with its project, as a backend of one's own keeps it: `stacks/PROJECT/STACK.json`.
 * @see https://www.pulumi.com/docs/iac/concepts/stacks/
 */
export const pulumiStack: TextForm = {
  title: 'Pulumi stack',
  example: 'app/production',
  pattern: '^[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}$',
  wildcardPattern: '^[A-Za-z0-9._/*?-]+$',
  says: 'the project and the stack with a slash between them, of letters, digits and `._-`',
  shortest: 3,
  longest: 201,
  refuse: [
    { pattern: '(^|/)[.][.]?(/|$)', say: 'holds a dot segment, which is no name: write the project and the stack' },
    {
      pattern: '^organization/([^/]+/[^/]+)$',
      say: 'has the word `organization` before it, which a backend of your own leaves out of its keys: write the project and the stack',
      here: '`$1`',
    },
    {
      pattern: '^[^/]+/[^/]+/[^/]+$',
      say: 'has an organization before it, which a backend in S3 does not have: write the project and the stack',
    },
    {
      pattern: '^([A-Za-z0-9._-]+)$',
      say: 'has no project: write the project before it, which Pulumi.yaml names',
    },
    { pattern: '^(.*)[.]json(?:[.]bak)?$', say: 'is the key of a checkpoint: write the stack alone', here: '`$1`' },
  ],
};

/** The folder of a backend in its bucket: `.pulumi`, below the path of the URL if it has one. */
export const pulumiRoot: TextForm = {
  title: 'folder of the backend',
  example: '.pulumi',
  pattern: '^([A-Za-z0-9!_.()-]+/)*[.]pulumi$',
  says: 'the path in the URL of the backend with `/.pulumi` behind it, or `.pulumi` alone',
  shortest: 7,
  longest: 512,
  url: { pattern: '^s3://([^/?#]+)/([^?#]*[^/?#])/?(?:[?].*)?$', as: '$2/.pulumi' },
  refuse: [
    {
      pattern: '[.]pulumi/[.]pulumi$',
      say: 'has `.pulumi` twice at its end, where a URL of the backend stops before it: write it with that once',
    },
    { pattern: '^s3://', say: 'is a URL: write what stands behind the bucket in it, with `/.pulumi` behind that' },
    {
      pattern: '^[A-Za-z][A-Za-z0-9+.-]*://',
      say: 'is a URL, and the state is in S3: write the path in the bucket with `/.pulumi` behind it',
    },
    { pattern: '^/(.+)$', say: 'begins with a slash, which a key does not: write it without', here: '`$1`' },
    {
      pattern: '//|(^|/)[.][.]?(/|$)',
      say: 'holds an empty or dot segment, which is cleaned away: write the plain path',
    },
    {
      pattern: '^((?:[A-Za-z0-9!_.()-]+/)*[A-Za-z0-9!_()-][A-Za-z0-9!_.()-]*)/?$',
      say: 'has no `.pulumi` at its end, where Pulumi keeps its state: write it with that',
      here: '`$1/.pulumi`',
    },
  ],
};
