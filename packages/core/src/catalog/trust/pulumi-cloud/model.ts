import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Pulumi Cloud',
    issuer: /^api\.pulumi\.com\/oidc(\/v2)?$/,
    shared: true,
    forms: [
      'pulumi:deploy:org:<org>:project:<project>:stack:<stack>:operation:<operation>:scope:write',
      'pulumi:environments:org:<org>:env:<environment>',
    ],
    usual: { org: 'acme', project: 'website', stack: 'prod', operation: 'update', environment: 'website/prod' },
    tenant: ['org'],
    audienceIsTenant: true,
    projects: [['stack'], ['project', 'stack'], ['environment']],
    contexts: [],
    phases: { plan: { operation: 'preview' }, apply: { operation: 'update' } },
    words: { tenant: 'organization', project: 'stack or environment' },
  },
];
