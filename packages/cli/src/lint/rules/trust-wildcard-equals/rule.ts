import { trustRule } from '../../trust-rule.js';

export const trustWildcardEquals = trustRule({
  id: 'trust-wildcard-equals',
  code: 'T10',
  place: 490,
  title: 'A wildcard stands under an operator that knows none',
  reason: 'It never matches, so no job gets in, and the policy is loosened until one does.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'error',
});
