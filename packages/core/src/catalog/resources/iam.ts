import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A role, with its path where it has one: `ci/deploy`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const iamRole: ResourceForm<'AWS::IAM::Role'> = {
  types: ['AWS::IAM::Role'],
  title: 'IAM role',
  example: 'my-task-role',
  pattern: '^([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]{1,64}$',
  says: 'letters, digits and `+=,.@_-`, with the path before the name if the role has one, without a leading slash',
  shortest: 1,
  longest: 576,
  refuse: [
    {
      pattern: '^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role/([^/:]+)/?.*$',
      say: 'is the ARN of a session: write the role itself, with its path if it has one, which a session does not show',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:iam:[^:]*:[^:]*:instance-profile/',
      say: 'is the ARN of an instance profile: write the role in it',
    },
    {
      pattern: '^/(.+)$',
      say: 'begins with a slash: write the path without it',
      here: '`$1`',
    },
    {
      pattern: '[A-Za-z0-9+=,.@_-]{65,}$',
      say: 'has a name of more than 64 characters, which IAM does not allow: write the name of a role, 1 to 64 characters',
    },
  ],
  arn: { service: 'iam', regional: false, account: true, resource: ['role/', itself] },
};
