import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'EKS',
    issuer: /^oidc\.eks\./,
    subject: /^system:serviceaccount:/,
    shared: false,
    forms: ['system:serviceaccount:<namespace>:<account>'],
    usual: { namespace: 'ci', account: 'runner' },
    tenant: [],
    projects: [['account'], ['namespace'], ['namespace', 'account']],
    contexts: [],
    words: { tenant: 'cluster', project: 'service account' },
  },
];
