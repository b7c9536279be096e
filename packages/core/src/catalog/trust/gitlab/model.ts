import type { SubjectFields, TokenModel } from '../../token-model.js';

const gitlab = {
  forms: [
    'project_path:<group>/<project>:ref_type:branch:ref:<branch>',
    'project_path:<group>/<project>:ref_type:tag:ref:<tag>',
  ],
  usual: {
    group: 'acme',
    project: 'shop',
    branch: 'main',
    tag: 'v1.4.2',
    project_id: '61000001',
    namespace_id: '90000001',
  },
  contexts: [
    {
      form: 'project_path:<group>/<project>:ref_type:branch:ref:<branch>',
      fields: { branch: 'any-branch/x' },
      who: 'a pipeline of any branch, those of merge requests too',
    },
  ],
  ids: ['project_id', 'namespace_id'],
  fieldOfClaim: { project_id: 'project_id', namespace_id: 'namespace_id' },
  claims: (fields: SubjectFields) => ({
    project_id: fields['project_id'],
    namespace_id: fields['namespace_id'],
    ref_protected: fields['branch'] === 'main' ? 'true' : 'false',
    pipeline_source: 'push',
    user_login: 'mfontaine',
    user_id: '5581203',
    user_email: 'm@example.com',
    user_access_level: 'developer',
    runner_environment: 'gitlab-hosted',
  }),
  words: { tenant: 'group', project: 'project' },
} as const;

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    ...gitlab,
    title: 'GitLab.com',
    issuer: /^gitlab\.com$/,
    shared: true,
    tenant: ['group', 'namespace_id', 'project_id'],
    projects: [['project', 'project_id']],
  },
  {
    ...gitlab,
    title: 'GitLab',
    subject: /^project_path:/,
    shared: false,
    tenant: [],
    projects: [
      ['group', 'project', 'project_id', 'namespace_id'],
      ['project', 'project_id'],
    ],
  },
];
