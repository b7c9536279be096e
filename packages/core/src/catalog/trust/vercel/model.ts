import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Vercel',
    issuer: /^oidc\.vercel\.com/,
    shared: false,
    forms: ['owner:<owner>:project:<project>:environment:<environment>'],
    usual: { owner: 'acme', project: 'shop', environment: 'production' },
    tenant: [],
    projects: [['project']],
    contexts: [
      {
        form: 'owner:<owner>:project:<project>:environment:<environment>',
        fields: { environment: 'preview' },
        who: 'a preview deployment, so any branch',
      },
    ],
    words: { tenant: 'team', project: 'project' },
  },
];
