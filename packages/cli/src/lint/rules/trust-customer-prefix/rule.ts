import { trustRule } from '../../trust-rule.js';

export const trustCustomerPrefix = trustRule({
  id: 'trust-customer-prefix',
  code: 'T03',
  place: 420,
  title: 'A wildcard touches the name of the owner, group or organization',
  reason: 'Anybody may register a name that begins or ends alike.',
  source: 'https://securitylabs.datadoghq.com/articles/exploring-github-to-aws-keyless-authentication-flaws/',
  level: 'error',
});
