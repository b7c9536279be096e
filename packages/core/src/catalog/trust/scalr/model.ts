import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Scalr',
    issuer: /^scalr\.io$/,
    shared: true,
    forms: ['account:<account>:environment:<environment>:workspace:<workspace>'],
    usual: { account: 'acme', environment: 'prod', workspace: 'network' },
    tenant: ['account'],
    projects: [['workspace'], ['environment', 'workspace']],
    contexts: [],
    words: { tenant: 'account', project: 'workspace' },
  },
];
