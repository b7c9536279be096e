import { trustRule } from '../../trust-rule.js';

export const trustForAllValues = trustRule({
  id: 'trust-for-all-values',
  code: 'T07',
  place: 460,
  title: 'ForAllValues lets a token in that lacks the claim',
  reason: 'AWS: the operator also holds where there are no values of the key in the request.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  level: 'error',
  otherwise: 'warning',
});
