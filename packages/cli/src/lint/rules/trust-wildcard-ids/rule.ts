import { trustRule } from '../../trust-rule.js';

export const trustWildcardIds = trustRule({
  id: 'trust-wildcard-ids',
  code: 'T15',
  place: 540,
  title: 'The ids of an immutable subject are wildcards',
  reason: 'They are in the subject so that a name that is registered again is another one.',
  source: 'https://docs.github.com/en/actions/reference/security/oidc',
  level: 'warning',
});
