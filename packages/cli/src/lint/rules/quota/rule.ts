import { quotas, size } from '@postern/core';
import type { Rule } from '../../rule.js';

export const quota: Rule = {
  id: 'quota',
  title: 'The document is larger than a managed policy may be',
  reason: 'IAM refuses to save it. Inline policies of a role hold more, other identities less.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  level: 'warning',
  async check({ document }) {
    const { characters } = quotas.managedPolicy;
    const length = size(document);
    if (length <= characters) return [];
    return [
      {
        path: '',
        message: `the document has ${length} characters and a managed policy holds ${characters}: divide it`,
      },
    ];
  },
};
