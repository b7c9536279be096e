import { trustRule } from '../../trust-rule.js';

export const trustAnyBranch = trustRule({
  id: 'trust-any-branch',
  code: 'T05',
  place: 440,
  title: 'Any branch, environment or trigger of the project assumes the role',
  reason: 'Code that nobody has reviewed runs with the role: a branch is pushed by everybody who can write.',
  source: 'https://docs.github.com/en/actions/reference/security/oidc',
  level: 'warning',
});
