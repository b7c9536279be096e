import { trustRule } from '../../trust-rule.js';

export const trustAnyCustomer = trustRule({
  id: 'trust-any-customer',
  code: 'T01',
  place: 400,
  title: 'Any customer of the identity provider assumes the role',
  reason:
    'The provider has one issuer for all its customers, so a token from it says nothing until a condition tests whose it is.',
  source: 'https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/',
  level: 'error',
});
