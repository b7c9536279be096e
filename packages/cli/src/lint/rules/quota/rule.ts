import { quotas, size } from '@postern/core';
import { finding, type Rule } from '../../rule.js';

export const quota: Rule = {
  id: 'quota',
  title: 'The document is larger than IAM saves',
  reason:
    'A managed policy holds 6,144 characters, and all inline policies of a role 10,240, of a group 5,120, of a user 2,048.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  level: 'warning',
  async check({ document }) {
    const { managedPolicy, rolePolicies } = quotas;
    const length = size(document);
    if (length <= managedPolicy.characters) return [];
    const none = length > rolePolicies.characters;
    const what = none
      ? `the document has ${length} characters, and no identity holds more than ${rolePolicies.characters} in one policy`
      : `the document has ${length} characters and a managed policy holds ${managedPolicy.characters}`;
    const instead = none ? 'divide it' : 'divide it, or keep it inline in a role, which holds 10240 in all';
    return [finding('', what, instead, none ? { level: 'error' } : {})];
  },
};
