import type { ResourceForm } from '../../use-case/option.js';
import { itself } from '../../use-case/template.js';

/**
 * A role, with its path where it has one: `ci/deploy`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const iamRole: ResourceForm = {
  title: 'IAM role',
  example: 'my-task-role',
  pattern: '^([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]{1,64}$',
  says: 'the role name, with its path before it if it has one, without a leading slash',
  shortest: 1,
  longest: 576,
  arn: { service: 'iam', regional: false, account: true, resource: ['role/', itself] },
};
