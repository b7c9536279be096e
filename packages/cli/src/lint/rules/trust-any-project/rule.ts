import { trustRule } from '../../trust-rule.js';

export const trustAnyProject = trustRule({
  id: 'trust-any-project',
  code: 'T04',
  place: 430,
  title: 'Any repository, workspace or project of the customer assumes the role',
  reason: 'Whoever can create one, or run a job in one, has the role.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'warning',
});
