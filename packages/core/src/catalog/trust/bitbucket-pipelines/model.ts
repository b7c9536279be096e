import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Bitbucket Pipelines',
    issuer: /^api\.bitbucket\.org\/2\.0\/workspaces\//,
    shared: false,
    forms: ['{<repository>}:{<environment>}:{<step>}', '{<repository>}:{<step>}'],
    usual: { repository: 'ff6fa93a-0001', environment: '8068b4df-0001', step: '0c0c0c0c-0001' },
    tenant: [],
    projects: [['repository']],
    contexts: [
      {
        form: '{<repository>}:{<environment>}:{<step>}',
        fields: { environment: '99999999-0002', step: '0c0c0c0c-0002' },
        who: 'a step that deploys to another environment',
      },
      {
        form: '{<repository>}:{<step>}',
        fields: { step: '0c0c0c0c-0003' },
        who: 'a step without a deployment, of any branch',
      },
    ],
    words: { tenant: 'workspace', project: 'repository' },
  },
];
