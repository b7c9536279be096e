import { trustRule } from '../../trust-rule.js';

export const trustPullRequest = trustRule({
  id: 'trust-pull-request',
  code: 'T06',
  place: 450,
  title: 'Pull requests assume the role',
  reason: 'A pull request runs code that nobody has reviewed: a role that can write is not for it.',
  source: 'https://docs.github.com/en/actions/reference/security/oidc',
  level: 'warning',
  isAboutWriting: true,
});
