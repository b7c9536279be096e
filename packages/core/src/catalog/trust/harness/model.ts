import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Harness',
    issuer: /harness\.io\/ng\/api\/oidc\/account\//,
    shared: false,
    forms: [
      'account/<account>:org/<org>:project/<project>',
      'account/<account>:org/<org>:project/<project>:pipeline/<pipeline>',
    ],
    usual: { account: 'kP3xT9vQ2m', org: 'default', project: 'storefront', pipeline: 'deploy' },
    tenant: [],
    projects: [['project'], ['org', 'project']],
    contexts: [],
    words: { tenant: 'account', project: 'project' },
  },
];
