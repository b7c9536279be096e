import { trustRule } from '../../trust-rule.js';

export const trustWildcardCustomer = trustRule({
  id: 'trust-wildcard-customer',
  code: 'T02',
  place: 410,
  title: 'The subject is all wildcards where it says whose token it is',
  reason: 'A pattern such as `repo:*` holds for the tokens of every customer.',
  source: 'https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/',
  level: 'error',
});
