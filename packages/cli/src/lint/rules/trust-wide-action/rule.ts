import { trustRule } from '../../trust-rule.js';

export const trustWideAction = trustRule({
  id: 'trust-wide-action',
  code: 'T18',
  place: 570,
  title: 'A web identity is allowed more than AssumeRoleWithWebIdentity',
  reason: 'The action of a web identity is one; `sts:AssumeRole` and wildcards are for other callers.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'warning',
});
