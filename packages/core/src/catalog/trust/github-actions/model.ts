import type { SubjectFields, TokenModel } from '../../token-model.js';

const github = {
  forms: [
    'repo:<owner>/<repository>:ref:refs/heads/<branch>',
    'repo:<owner>/<repository>:environment:<environment>',
    'repo:<owner>/<repository>:pull_request',
    'repo:<owner>/<repository>:ref:refs/tags/<tag>',
    'repo:<owner>@<owner_id>/<repository>@<repository_id>:ref:refs/heads/<branch>',
    'repo:<owner>@<owner_id>/<repository>@<repository_id>:environment:<environment>',
    'repo:<owner>@<owner_id>/<repository>@<repository_id>:pull_request',
    'repo:<owner>@<owner_id>/<repository>@<repository_id>:ref:refs/tags/<tag>',
    // Customised subjects that say whose the repository is, and not which.
    'repository_owner:<owner>:repository_visibility:<visibility>',
    'repository_owner:<owner>',
  ],
  usual: {
    visibility: 'private',
    owner: 'acme',
    repository: 'shop',
    branch: 'main',
    tag: 'v1.4.2',
    environment: 'production',
    owner_id: '41000001',
    repository_id: '712000001',
    actor: 'mfontaine',
    actor_id: '5581203',
  },
  contexts: ['repo:<owner>/<repository>', 'repo:<owner>@<owner_id>/<repository>@<repository_id>'].flatMap((start) => [
    { form: `${start}:ref:refs/heads/<branch>`, fields: { branch: 'any-branch/x' }, who: 'a push to any branch' },
    { form: `${start}:pull_request`, fields: {}, who: 'a pull request' },
    {
      form: `${start}:environment:<environment>`,
      fields: { environment: 'any-environment', branch: 'any-branch/x' },
      who: 'a job in any environment from any branch',
    },
  ]),
  ids: ['owner_id', 'repository_id'],
  fieldOfClaim: {
    repository_owner_id: 'owner_id',
    repository_id: 'repository_id',
    environment: 'environment',
    actor: 'actor',
    actor_id: 'actor_id',
  },
  claims: (fields: SubjectFields) => {
    const ref =
      fields['form']?.endsWith(':pull_request') === true
        ? 'refs/pull/41/merge'
        : fields['form']?.includes('refs/tags/') === true
          ? `refs/tags/${fields['tag']}`
          : `refs/heads/${fields['branch']}`;
    const repository = `${fields['owner']}/${fields['repository']}`;
    return {
      ref,
      repository,
      repository_owner: fields['owner'],
      repository_id: fields['repository_id'],
      repository_owner_id: fields['owner_id'],
      actor: fields['actor'],
      actor_id: fields['actor_id'],
      workflow: 'Deploy',
      job_workflow_ref: `${repository}/.github/workflows/deploy.yml@${ref}`,
      ...(fields['form']?.includes(':environment:') === true && { environment: fields['environment'] }),
    };
  },
  words: { tenant: 'owner', project: 'repository' },
} as const;

const organizationProjects = [['owner', 'repository'], ['repository']] as const;

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    ...github,
    title: 'GitHub Actions',
    issuer: /^token\.actions\.githubusercontent\.com$/,
    shared: true,
    tenant: ['owner', 'owner_id'],
    projects: [['repository', 'repository_id']],
  },
  {
    ...github,
    title: 'GitHub Actions',
    issuer:
      /^(token\.actions\.githubusercontent\.com\/|token\.actions\.[^./]+\.ghe\.com|github\.com\/enterprises\/|.*\/_services\/token$|.*\/api\/actions$)/,
    subject: /^repo:/,
    shared: false,
    tenant: [],
    projects: organizationProjects.map((fields) => [
      ...fields,
      'repository_id',
      ...(fields.length > 1 ? ['owner_id'] : []),
    ]),
  },
];
