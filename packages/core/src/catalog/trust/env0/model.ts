import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'env0',
    issuer: /^login\.app\.env0\.com\/?$/,
    shared: true,
    forms: ['<subject>'],
    usual: {
      subject: 'auth0|70aa11bb',
      organization: 'o-1',
      project: 'p-1',
      template: 't-1',
      environment: 'e-1',
      deployer: 'dev@example.com',
    },
    tenant: ['subject', 'organization', 'project', 'template', 'environment', 'deployer'],
    projects: [['project', 'template', 'environment']],
    contexts: [],
    fieldOfClaim: {
      organizationId: 'organization',
      projectId: 'project',
      templateId: 'template',
      environmentId: 'environment',
      deployerEmail: 'deployer',
    },
    tags: (fields) => ({
      organizationId: fields['organization']!,
      projectId: fields['project']!,
      templateId: fields['template']!,
      environmentId: fields['environment']!,
      deployerEmail: fields['deployer']!,
    }),
    words: { tenant: 'customer', project: 'project' },
  },
];
