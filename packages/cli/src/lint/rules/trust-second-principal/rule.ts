import { trustRule } from '../../trust-rule.js';

export const trustSecondPrincipal = trustRule({
  id: 'trust-second-principal',
  code: 'T16',
  place: 550,
  title: 'An AWS principal stands beside the identity provider',
  reason: 'Statements are alternatives: it is a second way in, without a token.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  level: 'error',
});
