import type { TextForm } from '../../use-case/option.js';

/**
 * What sets the roles, the bucket and the repository of one bootstrap stack apart from those of another.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export const cdkQualifier: TextForm = {
  title: 'CDK qualifier',
  example: 'hnb659fds',
  pattern: '^[A-Za-z0-9_-]+$',
  says: 'letters, digits, `_` and `-`',
  shortest: 1,
  longest: 10,
  refuse: [
    {
      pattern:
        '^(?:arn:[^:]*:iam::[0-9]*:role/)?cdk-(.+)-(?:deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-.*$',
      say: 'is a role: write the qualifier in its name alone',
      here: '`$1`',
    },
    {
      pattern: '^cdk-(.+)-(?:container-)?assets-[0-9]{12}-.*$',
      say: 'is the name of a bucket or a repository: write the qualifier in it alone',
      here: '`$1`',
    },
    {
      pattern: '^/?cdk-bootstrap/([^/]+)/version$',
      say: 'is the name of a parameter: write the qualifier in it alone',
      here: '`$1`',
    },
  ],
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export const sessionTagKey: TextForm = {
  title: 'session tag key',
  example: 'Department',
  pattern: '^[A-Za-z0-9 _.:/=+@-]+$',
  says: 'letters, digits, spaces and `_.:/=+-@`',
  shortest: 1,
  longest: 128,
  refuse: [
    {
      pattern: '^aws:RequestTag/(.+)$',
      say: 'is a condition key: write the key of the tag alone',
      here: '`$1`',
    },
    {
      pattern: '^[Aa][Ww][Ss]:',
      say: 'begins with `aws:`, which AWS keeps for itself: write the key of a tag of your own',
    },
    {
      pattern: '^([^=]+)=.*$',
      say: 'has a value behind it, and any value is taken: write the key alone',
      here: '`$1`',
    },
  ],
};
