import { parse } from '@postern/core';
import type { Rule } from '../../rule.js';

export const grammar: Rule = {
  id: 'grammar',
  title: 'IAM refuses the document, or reads it in another way than it looks',
  reason:
    'Sids that are not unique or hold other characters, wildcards in the service, short ARNs, the old version and such.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  level: 'error',
  async check({ document }) {
    return parse(document).problems.map(({ path, message }) => ({ path, message }));
  },
};
