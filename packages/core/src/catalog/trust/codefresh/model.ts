import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Codefresh',
    issuer: /^oidc\.codefresh\.io$/,
    shared: true,
    forms: [
      'account:<account>:pipeline:<pipeline>:scm_repo_url:<url>:scm_user_name:<user>:scm_ref:<branch>',
      'account:<account>:pipeline:<pipeline>:initiator:<user>',
    ],
    usual: {
      account: 'a5d7a3c0b1c4',
      pipeline: 'bde2e918255f',
      url: 'https://github.com/acme/shop',
      user: 'mfontaine',
      branch: 'main',
    },
    tenant: ['account', 'pipeline'],
    projects: [['pipeline']],
    contexts: [
      {
        form: 'account:<account>:pipeline:<pipeline>:scm_repo_url:<url>:scm_user_name:<user>:scm_ref:<branch>',
        fields: { branch: 'any-branch/x' },
        who: 'a build of any branch',
      },
    ],
    words: { tenant: 'account', project: 'pipeline' },
  },
];
