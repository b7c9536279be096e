import { trustRule } from '../../trust-rule.js';

export const trustIfExists = trustRule({
  id: 'trust-if-exists',
  code: 'T08',
  place: 470,
  title: 'IfExists lets a token in that lacks the claim',
  reason: 'AWS: the condition holds where the key is not in the request.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'error',
  otherwise: 'warning',
});
