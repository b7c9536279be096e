import { trustRule } from '../../trust-rule.js';

export const trustNamesOnly = trustRule({
  id: 'trust-names-only',
  code: 'T14',
  place: 530,
  title: 'Only names are tested where AWS has keys for ids',
  reason:
    'A repository, group or organization that is renamed or deleted leaves its name to whoever registers it next, with the same subject.',
  source: 'https://docs.github.com/en/actions/reference/security/oidc',
  level: 'warning',
});
