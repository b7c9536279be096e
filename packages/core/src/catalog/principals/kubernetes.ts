import type { TextForm } from '../../use-case/option.js';

const pattern = '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const namespaceForm: TextForm = {
  title: 'Kubernetes namespace',
  example: 'runners',
  pattern,
  says: 'lower case letters, digits and hyphens',
  shortest: 1,
  longest: 63,
  refuse: [
    { pattern: '^([^:/]+)[:/].+$', say: 'names the service account too: write the namespace alone', here: '`$1`' },
  ],
};

export const serviceAccountForm: TextForm = {
  title: 'Kubernetes service account',
  example: 'deploy',
  pattern: '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$',
  says: 'lower case letters, digits, dots and hyphens',
  shortest: 1,
  longest: 253,
  refuse: [
    {
      pattern: '^system:serviceaccount:[^:]+:([^:]+)$',
      say: 'is a whole subject: write the service account alone',
      here: '`$1`',
    },
    { pattern: '^.+[:/]([^:/]+)$', say: 'names the namespace too: write the service account alone', here: '`$1`' },
  ],
};
