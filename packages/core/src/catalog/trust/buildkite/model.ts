import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Buildkite',
    issuer: /^agent\.(buildkite\.com|([^/]+\.)?buildkite\.(dev|site))$/,
    shared: true,
    forms: [
      'organization:<organization>:pipeline:<pipeline>:ref:refs/heads/<branch>:commit:<commit>:step:<step>',
      '<pipeline_id>',
    ],
    usual: {
      organization: 'acme',
      pipeline: 'release',
      branch: 'main',
      commit: '5f0541d14ef5',
      step: 'deploy',
      organization_id: '57df2a3e-0001',
      pipeline_id: '4f3a37bf-0001',
      cluster_id: '6a1b0000-0001',
      cluster_name: 'default',
    },
    tenant: ['organization', 'organization_id', 'pipeline_id', 'cluster_id'],
    projects: [['pipeline', 'pipeline_id']],
    contexts: [
      {
        form: 'organization:<organization>:pipeline:<pipeline>:ref:refs/heads/<branch>:commit:<commit>:step:<step>',
        fields: { branch: 'any-branch/x' },
        who: 'a build of any branch',
      },
    ],
    fieldOfClaim: {
      organization_slug: 'organization',
      organization_id: 'organization_id',
      pipeline_slug: 'pipeline',
      pipeline_id: 'pipeline_id',
      cluster_id: 'cluster_id',
      cluster_name: 'cluster_name',
      build_branch: 'branch',
    },
    claims: (fields) => ({
      organization_slug: fields['organization'],
      organization_id: fields['organization_id'],
      pipeline_slug: fields['pipeline'],
      pipeline_id: fields['pipeline_id'],
      build_branch: fields['branch'],
      cluster_id: fields['cluster_id'],
      cluster_name: fields['cluster_name'],
    }),
    words: { tenant: 'organization', project: 'pipeline' },
  },
];
