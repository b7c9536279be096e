import { trustRule } from '../../trust-rule.js';

export const trustWeakestStatement = trustRule({
  id: 'trust-weakest-statement',
  code: 'T17',
  place: 560,
  title: 'One statement lets in more than the others',
  reason: 'Statements are alternatives, so the weakest of them decides.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'warning',
});
