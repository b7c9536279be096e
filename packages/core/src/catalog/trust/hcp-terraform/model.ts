import type { TokenModel } from '../../token-model.js';

const terraform = {
  forms: [
    'organization:<organization>:project:<project>:workspace:<workspace>:run_phase:<phase>',
    'organization:<organization>:project:<project>:stack:<stack>:deployment:<deployment>:operation:<phase>',
  ],
  usual: {
    organization: 'acme',
    project: 'platform',
    workspace: 'network',
    stack: 'network',
    deployment: 'production',
    phase: 'apply',
  },
  contexts: [],
  phases: { plan: { phase: 'plan' }, apply: { phase: 'apply' } },
  words: { tenant: 'organization', project: 'workspace' },
} as const;

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    ...terraform,
    title: 'HCP Terraform',
    issuer: /^app\.terraform\.io$/,
    shared: true,
    tenant: ['organization'],
    projects: [['workspace'], ['project', 'workspace'], ['stack'], ['project', 'stack']],
  },
  {
    ...terraform,
    title: 'Terraform Enterprise',
    subject: /^organization:[^:]*:(project|workspace)/,
    shared: false,
    tenant: [],
    projects: [['organization', 'project', 'workspace'], ['workspace'], ['project', 'workspace']],
  },
];
