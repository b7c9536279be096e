import { trustRule } from '../../trust-rule.js';

export const trustOnlyNegated = trustRule({
  id: 'trust-only-negated',
  code: 'T09',
  place: 480,
  title: 'The only test of who calls names those who may not',
  reason: 'All others get in, and everybody whose token lacks the claim.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'warning',
});
