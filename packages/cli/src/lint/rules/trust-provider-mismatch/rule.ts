import { trustRule } from '../../trust-rule.js';

export const trustProviderMismatch = trustRule({
  id: 'trust-provider-mismatch',
  code: 'T12',
  place: 510,
  title: 'The provider and the condition keys do not belong together',
  reason:
    'Issuer, ARN of the provider and condition keys have to be the same text; else nobody gets in, or the wrong issuer is trusted.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'error',
});
