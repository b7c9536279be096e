import { trustRule } from '../../trust-rule.js';

export const trustNeverIssued = trustRule({
  id: 'trust-never-issued',
  code: 'T23',
  place: 610,
  title: 'A subject or audience is tested that the provider never issues',
  reason: 'Nobody gets in, and the policy is loosened until somebody does.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
  level: 'error',
});
