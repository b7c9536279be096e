/** A value of each field of a subject, and what a claim besides it says. */
export type Fields = Readonly<Record<string, string>>;

/** How the tokens of one provider look, as far as a trust policy can tell them apart. */
export interface TokenModel {
  readonly title: string;
  /** Whether an issuer, without its scheme, is meant. */
  readonly issuer?: RegExp;
  /** Whether a subject in a policy is of this provider, where the issuer is a host of somebody's own. */
  readonly subject?: RegExp;
  /** Whether other customers have tokens of the same issuer. */
  readonly shared: boolean;
  /** Templates of subjects, the usual first; `<field>` stands for a field. */
  readonly forms: readonly string[];
  /** A usual value of each field. */
  readonly usual: Fields;
  /** What tells customers apart. */
  readonly tenant: readonly string[];
  /** What tells the projects of a customer apart: each list is changed together. */
  readonly projects: readonly (readonly string[])[];
  /** Other contexts of the same project: fields, and the template that has them. */
  readonly contexts: readonly { readonly form: string; readonly fields: Fields; readonly who: string }[];
  /** Fields that say plan or apply, with both values. */
  readonly phases?: { readonly plan: Fields; readonly apply: Fields };
  /** The claims that follow from the fields. */
  readonly claims?: (fields: Fields) => Readonly<Record<string, unknown>>;
  /** The session tags that follow from the fields. */
  readonly tags?: (fields: Fields) => Readonly<Record<string, string>>;
  /** The claim that holds a field whole, by the name of the claim. */
  readonly fieldOfClaim?: Readonly<Record<string, string>>;
  /** What no value of a field holds, such as a part of the subject behind it. */
  readonly never?: Readonly<Record<string, string>>;
  /** Fields that are ids: another owner of the same name has others. */
  readonly ids?: readonly string[];
  /** Whether the audience is the name of the customer. */
  readonly audienceIsTenant?: true;
  /** The words for a tenant and a project. */
  readonly words: { readonly tenant: string; readonly project: string };
}

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
  claims: (fields: Fields) => {
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
  claims: (fields: Fields) => ({
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

const opaque: Omit<TokenModel, 'title' | 'shared'> = {
  forms: ['<subject>'],
  usual: { subject: 'job-1' },
  tenant: [],
  projects: [['subject']],
  contexts: [],
  words: { tenant: 'customer', project: 'job' },
};

/** The providers whose tokens are known, the more particular first. */
export const tokenModels: readonly TokenModel[] = [
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
  {
    title: 'CircleCI',
    issuer: /^oidc\.circleci\.com(\/org\/[^/]+)?$/,
    shared: false,
    forms: [
      'org/<org>/project/<project>/user/<user>/vcs-origin/<origin>/vcs-ref/refs/heads/<branch>',
      'org/<org>/project/<project>/user/<user>',
    ],
    usual: {
      org: '57df2a3e-0002',
      project: '51f51f29-0001',
      user: '5d0c0a1e-0001',
      origin: 'github.com/acme/shop',
      branch: 'main',
    },
    tenant: [],
    projects: [['project', 'origin']],
    contexts: [
      {
        form: 'org/<org>/project/<project>/user/<user>/vcs-origin/<origin>/vcs-ref/refs/heads/<branch>',
        fields: { branch: 'any-branch/x' },
        who: 'a job of any branch',
      },
    ],
    never: { origin: '/vcs-ref/' },
    fieldOfClaim: { 'oidc.circleci.com/project-id': 'project' },
    claims: (fields) => ({ 'oidc.circleci.com/project-id': fields['project'] }),
    words: { tenant: 'organization', project: 'project' },
  },
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
  {
    title: 'Spacelift',
    issuer: /\.app\.spacelift\.io$/,
    shared: false,
    forms: ['space:<space>:stack:<stack>:run_type:<run_type>:scope:<scope>'],
    usual: { space: 'production-01JQ7ZK4M2', stack: 'infra', run_type: 'TRACKED', scope: 'write' },
    tenant: [],
    projects: [['stack'], ['space', 'stack']],
    contexts: [],
    phases: { plan: { run_type: 'PROPOSED', scope: 'read' }, apply: { run_type: 'TRACKED', scope: 'write' } },
    words: { tenant: 'account', project: 'stack' },
  },
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
  {
    ...opaque,
    title: 'Azure DevOps',
    issuer: /^vstoken\.dev\.azure\.com\//,
    shared: false,
    forms: ['sc://<organization>/<project>/<connection>'],
    usual: { organization: 'acme', project: 'cloud', connection: 'aws-prod' },
    projects: [['connection'], ['project', 'connection']],
    words: { tenant: 'organization', project: 'service connection' },
  },
  {
    title: 'Semaphore',
    issuer: /\.(semaphoreci|sub127)\.com$/,
    subject: /^org:[^:]*:project:/,
    shared: false,
    forms: [
      'org:<org>:project:<project>:repo:<repository>:ref_type:branch:ref:refs/heads/<branch>',
      'org:<org>:project:<project>:repo:<repository>:ref_type:pull-request:ref:refs/heads/<branch>',
      'org:<org>:project:<project>:repo:<repository>:ref_type:tag:ref:refs/tags/<tag>',
    ],
    usual: { org: 'acme', project: '59a07372-0001', repository: 'shop', branch: 'main', tag: 'v1' },
    tenant: [],
    projects: [['project', 'repository']],
    contexts: [
      {
        form: 'org:<org>:project:<project>:repo:<repository>:ref_type:branch:ref:refs/heads/<branch>',
        fields: { branch: 'any-branch/x' },
        who: 'a job of any branch',
      },
      {
        form: 'org:<org>:project:<project>:repo:<repository>:ref_type:pull-request:ref:refs/heads/<branch>',
        fields: {},
        who: 'a pull request',
      },
    ],
    words: { tenant: 'organization', project: 'project' },
  },
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
  {
    title: 'Scalr',
    issuer: /^scalr\.io$/,
    shared: true,
    forms: ['account:<account>:environment:<environment>:workspace:<workspace>'],
    usual: { account: 'acme', environment: 'prod', workspace: 'network' },
    tenant: ['account'],
    projects: [['workspace'], ['environment', 'workspace']],
    contexts: [],
    words: { tenant: 'account', project: 'workspace' },
  },
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
  {
    ...opaque,
    title: 'Google',
    issuer: /^accounts\.google\.com$/,
    shared: true,
    usual: { subject: '104417720095518830026' },
    fieldOfClaim: { aud: 'subject' },
    tenant: ['subject'],
    projects: [],
    words: { tenant: 'service account', project: 'service account' },
  },
  {
    title: 'EKS',
    issuer: /^oidc\.eks\./,
    subject: /^system:serviceaccount:/,
    shared: false,
    forms: ['system:serviceaccount:<namespace>:<account>'],
    usual: { namespace: 'ci', account: 'runner' },
    tenant: [],
    projects: [['account'], ['namespace'], ['namespace', 'account']],
    contexts: [],
    words: { tenant: 'cluster', project: 'service account' },
  },
];

/** CircleCI's issuer without an organization, which all its customers share. */
const circleRoot = tokenModels.find(({ title }) => title === 'CircleCI')!;
const rootModel: TokenModel = { ...circleRoot, shared: true, tenant: ['org', 'project', 'origin'] };

/** The model of an issuer; by a subject in the policy where the host is somebody's own; else one of opaque subjects. */
export function modelOf(issuer: string, subjects: readonly string[]): TokenModel {
  if (issuer === 'oidc.circleci.com') return rootModel;
  return (
    tokenModels.find((model) => model.issuer?.test(issuer) === true) ??
    tokenModels.find(({ subject }) => subject !== undefined && subjects.some((text) => subject.test(text))) ?? {
      ...opaque,
      title: 'an OpenID Connect provider',
      shared: false,
    }
  );
}
