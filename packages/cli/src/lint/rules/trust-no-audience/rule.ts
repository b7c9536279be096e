import { trustRule } from '../../trust-rule.js';

export const trustNoAudience = trustRule({
  id: 'trust-no-audience',
  code: 'T13',
  place: 520,
  title: 'No condition tests the audience',
  reason: 'Tokens that were made for another service get in where the client ids of the provider hold their audience.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'warning',
});
