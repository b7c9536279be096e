import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { githubActionsTrust } from './entry.js';

const issuer = 'https://token.actions.githubusercontent.com';
const place = { account: '123456789012', partition: 'aws' } as const;
const ids = { ownerId: '41000001', repositoryId: '712000001' } as const;
const shop = { owner: 'acme', repository: 'shop', ...ids, ...place } as const;
const deploy = 'acme/platform-ci/.github/workflows/deploy.yml@refs/heads/main';

/** Every claim that GitHub documents. */
const push = {
  iss: issuer,
  aud: 'sts.amazonaws.com',
  sub: 'repo:acme/shop:ref:refs/heads/main',
  jti: '479dbb96-aa46-c36f-0131-2b706863e1e5',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  sha: '12a0134871b2c82b5da9148fff18fab2c49b07de',
  repository: 'acme/shop',
  repository_id: '712000001',
  repository_owner: 'acme',
  repository_owner_id: '41000001',
  repository_visibility: 'private',
  actor: 'mfontaine',
  actor_id: '5581203',
  workflow: 'Deploy',
  workflow_ref: 'acme/shop/.github/workflows/deploy.yml@refs/heads/main',
  workflow_sha: '12a0134871b2c82b5da9148fff18fab2c49b07de',
  job_workflow_ref: 'acme/shop/.github/workflows/deploy.yml@refs/heads/main',
  job_workflow_sha: '12a0134871b2c82b5da9148fff18fab2c49b07de',
  event_name: 'push',
  head_ref: '',
  base_ref: '',
  run_id: '18509033329',
  run_number: '279',
  run_attempt: '1',
  check_run_id: '45509032622',
  runner_environment: 'github-hosted',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_000_300,
};
const inProduction = {
  ...push,
  sub: 'repo:acme/shop:environment:production',
  environment: 'production',
  environment_node_id: 'EN_98aadb37083e',
};
const byIds = 'repo:acme@41000001/shop@712000001';

const audiences = [
  { change: { aud: 'sigstore' }, why: 'another audience' },
  { change: { aud: 'https://github.com/acme' }, why: 'the audience that a token has where none is asked for' },
  { change: { aud: null }, why: 'no audience' },
];
const issuers = [
  { change: { iss: `${issuer}/mallory-inc` }, why: 'the issuer of an enterprise' },
  { change: { iss: 'https://token.actions.mallory.ghe.com' }, why: 'a data residency issuer' },
  { change: { iss: 'https://github.example.org/_services/token' }, why: 'a server with the same names' },
  { change: { iss: `${issuer}.mallory.example` }, why: 'an issuer that begins alike' },
];

export const samples = defineTokens(githubActionsTrust, [
  {
    name: 'default',
    options: { ...shop, environments: ['production'], branches: ['main'] },
    token: inProduction,
    honest: [
      { why: 'a job that names the environment, on the branch' },
      { change: { event_name: 'workflow_dispatch' }, why: 'the same, started by hand' },
      { change: { event_name: 'schedule', actor: 'second' }, why: 'the same, by a schedule' },
    ],
    hostile: [
      {
        change: { sub: 'repo:acme/shop:pull_request', ref: 'refs/pull/41/merge', environment: null },
        why: 'a pull request',
      },
      { change: { ref: 'refs/pull/41/merge' }, why: 'a pull request whose job names the environment' },
      { change: { ref: 'refs/heads/feature/x' }, why: 'the environment from another branch' },
      { change: { ref: 'refs/tags/main' }, why: 'a tag named like the branch' },
      { change: { ref: 'refs/heads/main-2' }, why: 'a branch whose name begins alike' },
      {
        change: { sub: 'repo:acme/shop:ref:refs/heads/main', environment: null },
        why: 'the branch without the environment',
      },
      { change: { sub: 'repo:acme/shop:environment:staging', environment: 'staging' }, why: 'another environment' },
      { change: { sub: 'repo:acme/shop:environment:production-copy' }, why: 'an environment whose name begins alike' },
      { change: { sub: 'repo:acme/shop:environment:production%3Ax' }, why: 'an environment with a colon' },
      {
        change: {
          sub: 'repo:fork-user/shop:environment:production',
          repository_owner_id: '61',
          repository_id: '62',
        },
        why: 'the workflow of a fork',
      },
      {
        change: { sub: 'repo:acme-hq/shop:environment:production' },
        why: 'the owner renamed, until the policy says so',
      },
      { change: { repository_owner_id: '999001' }, why: 'the name of the owner taken over, with the repository' },
      { change: { repository_id: '999003' }, why: 'the repository deleted and made again' },
      { change: { repository_id: null }, why: 'a token without ids' },
      {
        change: { sub: 'repo:acme/shop-2:environment:production', repository_id: '712000002' },
        why: 'a repository whose name begins alike',
      },
      {
        change: { sub: 'repo:acmex/shop:environment:production', repository_owner_id: '71', repository_id: '72' },
        why: 'an owner whose name begins alike',
      },
      { change: { sub: 'repo:Acme/shop:environment:production' }, why: 'the owner in other letter case' },
      { change: { sub: `${byIds}:environment:production` }, why: 'the subject with ids, until the policy says so' },
      { change: { sub: null }, why: 'no subject' },
      ...audiences,
      ...issuers,
      ...carriesMore,
    ],
    alike: [
      { change: { event_name: 'pull_request_target' }, why: 'code of a pull request with the identity of the branch' },
      { change: { runner_environment: 'self-hosted' }, why: 'a runner of somebody’s own'.replace('’', "'") },
    ],
  },
  {
    name: 'branch-and-tags',
    options: { ...shop, branches: ['main'], tags: ['v1.4.2'] },
    token: push,
    honest: [
      { why: 'a push to the branch' },
      { change: { sub: 'repo:acme/shop:ref:refs/tags/v1.4.2', ref: 'refs/tags/v1.4.2' }, why: 'the tag' },
    ],
    hostile: [
      {
        change: { sub: 'repo:acme/shop:ref:refs/heads/feature/x', ref: 'refs/heads/feature/x' },
        why: 'another branch',
      },
      {
        change: { sub: 'repo:acme/shop:ref:refs/heads/v1.4.2', ref: 'refs/heads/v1.4.2' },
        why: 'a branch named like the tag',
      },
      {
        change: { sub: 'repo:acme/shop:ref:refs/tags/main', ref: 'refs/tags/main' },
        why: 'a tag named like the branch',
      },
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'an environment that nobody asked for' },
      { change: { sub: 'repo:acme/shop:pull_request' }, why: 'a pull request' },
      { change: { sub: `${byIds}:ref:refs/heads/main` }, why: 'the subject with ids' },
    ],
  },
  {
    name: 'patterns',
    options: { ...shop, subjectForm: 'both', branches: ['release/*'], tags: ['v*'], scope: 'pattern' },
    token: { ...push, sub: 'repo:acme/shop:ref:refs/heads/release/7', ref: 'refs/heads/release/7' },
    honest: [
      { why: 'a release branch' },
      { change: { sub: 'repo:acme/shop:ref:refs/tags/v2' }, why: 'a release tag' },
      { change: { sub: `${byIds}:ref:refs/heads/release/7` }, why: 'the same, once the subject has ids' },
      { change: { sub: `${byIds}:ref:refs/tags/v2` }, why: 'the tag, once the subject has ids' },
    ],
    hostile: [
      { change: { sub: 'repo:acme/shop:ref:refs/heads/main' }, why: 'another branch' },
      { change: { sub: 'repo:acme/shop-2:ref:refs/heads/release/7' }, why: 'another repository' },
      { change: { repository_id: '999003' }, why: 'a repository that took the name' },
      { change: { repository_owner_id: '999001' }, why: 'an owner that took the name' },
    ],
  },
  {
    name: 'immutable',
    options: { ...shop, subjectForm: 'immutable', environments: ['production', 'prod%3Aeu'] },
    token: { ...inProduction, sub: `${byIds}:environment:production` },
    honest: [
      { why: 'a job in the environment' },
      { change: { sub: `${byIds}:environment:prod%3Aeu` }, why: 'an environment with a colon in its name' },
    ],
    hostile: [
      {
        change: { sub: 'repo:acme@999001/shop@999002:environment:production' },
        why: 'names taken over, with other ids',
      },
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'the subject by names' },
      {
        change: { sub: 'repo:acme@41000001/shop2@7120000011:environment:production' },
        why: 'a name and an id that begin alike',
      },
      { change: { sub: `${byIds}:ref:refs/heads/main` }, why: 'the branch without the environment' },
      { change: { sub: `${byIds}:pull_request` }, why: 'a pull request' },
      { change: { repository_id: null }, why: 'a token without ids in its claims' },
      { change: { repository_owner_id: '999001' }, why: 'claims that do not go with the subject' },
    ],
    alike: [{ change: { ref: 'refs/heads/feature/x' }, why: 'another branch, where the environment lets it' }],
  },
  {
    name: 'pull-requests',
    options: { ...shop, subjectForm: 'both', pullRequests: true, access: 'read' },
    token: { ...push, sub: 'repo:acme/shop:pull_request', ref: 'refs/pull/41/merge', event_name: 'pull_request' },
    honest: [
      { why: 'a pull request' },
      { change: { sub: `${byIds}:pull_request` }, why: 'a pull request, once the subject has ids' },
    ],
    hostile: [
      { change: { sub: 'repo:acme/shop:ref:refs/heads/main' }, why: 'a branch: plan and apply have a role each' },
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'an environment' },
      {
        change: { sub: 'repo:acme/other:pull_request', repository_id: '9' },
        why: 'a pull request of another repository',
      },
    ],
  },
  {
    name: 'shared-workflow',
    options: { owner: 'acme', ownerId: '41000001', jobWorkflowRef: deploy, ...place },
    token: { ...push, job_workflow_ref: deploy },
    honest: [
      { why: 'a repository that calls the workflow' },
      {
        change: {
          sub: 'repo:acme@41000001/other@9:environment:production',
          repository_id: '9',
          environment: 'production',
        },
        why: 'another repository, with ids in its subject',
      },
      { change: { ref: 'refs/heads/x' }, why: 'from another branch: the file decides' },
    ],
    hostile: [
      {
        change: { job_workflow_ref: 'acme/shop/.github/workflows/deploy.yml@refs/heads/main' },
        why: 'a workflow of its own',
      },
      { change: { job_workflow_ref: deploy.replace('heads/main', 'heads/x') }, why: 'the workflow at another branch' },
      {
        change: { job_workflow_ref: deploy.replace('heads/main', 'tags/main') },
        why: 'the workflow at a tag of that name',
      },
      { change: { job_workflow_ref: deploy.replace('deploy', 'lint') }, why: 'another shared workflow' },
      { change: { job_workflow_ref: null }, why: 'no workflow' },
      {
        change: { repository_owner_id: '81', repository_owner: 'mallory' },
        why: 'a stranger who calls the public workflow',
      },
      { change: { repository_owner_id: '999001' }, why: 'somebody who took over the name of the owner' },
    ],
  },
  {
    name: 'shared-workflow-of-an-environment',
    options: {
      owner: 'acme',
      ownerId: '41000001',
      jobWorkflowRef: deploy,
      environments: ['production'],
      branches: ['main'],
      tags: ['v1.4.2'],
      ...place,
    },
    token: { ...inProduction, job_workflow_ref: deploy },
    honest: [
      { why: 'a repository that calls the workflow, in the environment' },
      { change: { ref: 'refs/tags/v1.4.2' }, why: 'for the tag' },
    ],
    hostile: [
      { change: { environment: 'staging' }, why: 'another environment' },
      { change: { ref: 'refs/heads/x' }, why: 'another branch' },
    ],
  },
  {
    name: 'own-workflow',
    options: { ...shop, branches: ['main'], jobWorkflowRef: push.job_workflow_ref },
    token: push,
    honest: [{ why: 'this workflow file on the branch' }],
    hostile: [
      {
        change: { job_workflow_ref: 'acme/shop/.github/workflows/test.yml@refs/heads/main' },
        why: 'another workflow file of the branch',
      },
    ],
  },
  {
    name: 'customized',
    options: {
      owner: 'acme',
      ...ids,
      customSubjects: ['repo:acme/shop:environment:production:job_workflow_ref:' + deploy],
      ...place,
    },
    token: { ...inProduction, sub: `repo:acme/shop:environment:production:job_workflow_ref:${deploy}` },
    honest: [{ why: 'the subject as the template makes it' }],
    hostile: [
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'the subject without the template' },
      { change: { repository_id: '999003' }, why: 'a repository that took the name' },
    ],
  },
  {
    name: 'environment-and-tags',
    options: { ...shop, subjectForm: 'both', environments: ['production'], tags: ['v1.4.2'] },
    token: { ...inProduction, ref: 'refs/tags/v1.4.2' },
    honest: [
      { why: 'a job in the environment, for the tag' },
      { change: { sub: `${byIds}:environment:production` }, why: 'the same, once the subject has ids' },
    ],
    hostile: [
      { change: { ref: 'refs/heads/v1.4.2' }, why: 'a branch named like the tag' },
      { change: { sub: 'repo:acme/shop:ref:refs/tags/v1.4.2' }, why: 'the tag without the environment' },
      { change: { sub: `${byIds}:ref:refs/tags/v1.4.2` }, why: 'the same, once the subject has ids' },
    ],
  },
  {
    name: 'every-context',
    options: { ...shop, everyContext: true },
    token: push,
    honest: [
      { why: 'any branch' },
      { change: { sub: 'repo:acme/shop:pull_request' }, why: 'any pull request' },
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'any environment' },
    ],
    hostile: [
      { change: { sub: 'repo:acme/shop-2:ref:refs/heads/main' }, why: 'a repository whose name begins alike' },
      { change: { sub: 'repo:acme/shop' }, why: 'a subject without context' },
      { change: { sub: `${byIds}:ref:refs/heads/main` }, why: 'the subject with ids' },
      { change: { repository_id: '9' }, why: 'another repository of the name' },
    ],
  },
  {
    name: 'every-context-by-ids',
    options: { ...shop, subjectForm: 'immutable', everyContext: true },
    token: { ...push, sub: `${byIds}:ref:refs/heads/main` },
    honest: [{ why: 'any branch' }],
    hostile: [
      { change: { sub: 'repo:acme/shop:ref:refs/heads/main' }, why: 'the subject by names' },
      { change: { sub: 'repo:acme@41000001/shop@7120000011:ref:refs/heads/main' }, why: 'an id that begins alike' },
    ],
  },
  {
    name: 'every-repository',
    options: { owner: 'acme', ownerId: '41000001', everyRepository: true, branches: ['main'], ...place },
    token: push,
    honest: [
      { why: 'a repository of the owner, on the branch' },
      { change: { sub: 'repo:acme/other:ref:refs/heads/main', repository_id: '9' }, why: 'another one' },
    ],
    hostile: [
      { change: { sub: 'repo:acmex/shop:ref:refs/heads/main' }, why: 'an owner whose name begins alike' },
      { change: { sub: `${byIds}:ref:refs/heads/main` }, why: 'the subject with ids' },
      { change: { ref: 'refs/heads/x' }, why: 'another branch' },
      { change: { repository_owner_id: '999001' }, why: 'an owner that took the name' },
    ],
  },
  {
    name: 'every-repository-by-ids',
    options: {
      owner: 'acme',
      ownerId: '41000001',
      subjectForm: 'immutable',
      everyRepository: true,
      environments: ['production'],
      ...place,
    },
    token: { ...inProduction, sub: `${byIds}:environment:production` },
    honest: [{ why: 'a repository of the owner, in the environment' }],
    hostile: [
      { change: { sub: 'repo:acme/shop:environment:production' }, why: 'the subject by names' },
      { change: { sub: 'repo:acme@410000011/shop@9:environment:production' }, why: 'an id that begins alike' },
      { change: { environment: null }, why: 'no environment' },
    ],
  },
  {
    name: 'server',
    options: {
      owner: 'acme',
      repository: 'shop',
      environments: ['production'],
      host: 'github.example.com',
      account: '123456789012',
      partition: 'aws-us-gov',
    },
    token: { ...inProduction, iss: 'https://github.example.com/_services/token' },
    honest: [{ why: 'a job in the environment' }],
    hostile: [
      { change: { sub: 'repo:acme/shop:pull_request' }, why: 'a pull request' },
      { change: { sub: 'repo:other/shop:environment:production' }, why: 'another organization of the server' },
      { change: { iss: issuer }, why: 'github.com with the same names' },
      { change: { iss: 'https://github.example.com:8443/_services/token' }, why: 'the host with another port' },
      { change: { aud: null }, why: 'no audience' },
    ],
    alike: [
      { change: { ref: 'refs/heads/x' }, why: 'another branch, where the environment lets it' },
      { change: { repository_id: '999003' }, why: 'the repository deleted and made again' },
    ],
  },
  {
    name: 'data-residency',
    options: { ...shop, branches: ['main'], subdomain: 'octocorp' },
    token: { ...push, iss: 'https://token.actions.octocorp.ghe.com' },
    honest: [{ why: 'a push to the branch' }],
    hostile: [
      { change: { iss: issuer }, why: 'github.com with the same names' },
      { change: { iss: 'https://token.actions.octocorp2.ghe.com' }, why: 'a tenant whose name begins alike' },
      { change: { iss: 'https://token.actions.octocorp.ghe.com/octocorp' }, why: 'the issuer of the enterprise' },
    ],
  },
  {
    name: 'data-residency-enterprise',
    options: { ...shop, branches: ['main'], subdomain: 'octocorp', enterpriseSlug: 'octocorp' },
    token: { ...push, iss: 'https://token.actions.octocorp.ghe.com/octocorp' },
    honest: [{ why: 'a push to the branch' }],
    hostile: [{ change: { iss: 'https://token.actions.octocorp.ghe.com' }, why: 'the issuer of the tenant' }],
  },
  {
    name: 'enterprise',
    options: { ...shop, branches: ['main'], enterpriseSlug: 'octo-enterprise' },
    token: { ...push, iss: `${issuer}/octo-enterprise` },
    honest: [{ why: 'a push to the branch' }],
    hostile: [
      { change: { iss: issuer }, why: 'the issuer that everybody shares' },
      { change: { iss: `${issuer}/octo-enterprise-2` }, why: 'a slug that begins alike' },
      { change: { iss: `${issuer}/Octo-Enterprise` }, why: 'the slug in other letter case' },
      { change: { iss: `${issuer}/octo-enterprise/` }, why: 'a slash behind it' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      owner: 'acme',
      repository: 'shop',
      ...ids,
      branches: ['main'],
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    },
    token: push,
    honest: [{ why: 'a push to the branch' }, ...carriesBoth],
    hostile: [{ change: { aud: 'sigstore' }, why: 'another audience' }],
  },
]);

const one = { ...shop, environments: ['production'] };
const bare = { owner: 'acme', repository: 'shop', ...place };

export const refused = defineRefused(githubActionsTrust, [
  {
    name: 'a customized subject of another repository',
    options: { ...bare, ...ids, customSubjects: ['repo:acme/shop:actor:a', 'repo:acme/shop-2:actor:a'] },
    says: /^customSubjects: names another repository than `owner` and `repository`/,
  },
  {
    name: 'a customized subject of another owner with ids',
    options: { ...bare, ...ids, customSubjects: ['repo:evil@1/shop@2:ref:refs/heads/main'] },
    says: /^customSubjects: names another repository than `owner` and `repository`/,
  },
  {
    name: 'a customized subject of another owner on a server',
    options: { owner: 'acme', ...place, host: 'github.example.com', customSubjects: ['repo:evil/shop:environment:a'] },
    says: /^customSubjects: names another owner than `owner`/,
  },
  {
    name: 'a customized subject that names another owner alone',
    options: { ...bare, ...ids, customSubjects: ['repository_owner:evil:ref:refs/heads/main'] },
    says: /^customSubjects: names another owner than `owner`/,
  },
  {
    name: 'a customized subject with the id of another repository',
    options: { ...bare, ...ids, customSubjects: ['repository_id:3:ref:refs/heads/main'] },
    says: /^customSubjects: names another repository than `repositoryId`/,
  },
  {
    name: 'a customized subject of a pull request for a role that writes',
    options: { ...bare, ...ids, customSubjects: ['repo:acme/shop:pull_request'] },
    says: /^customSubjects: names a pull request, .* set `access` to read/,
  },
  {
    name: 'a customized subject of the merge of a pull request for a role that writes',
    options: { ...bare, ...ids, customSubjects: ['repository_owner:acme:ref:refs/pull/1/merge'] },
    says: /^customSubjects: names a pull request, .* set `access` to read/,
  },
  {
    name: 'a wildcard in the owner',
    options: { ...one, owner: 'acme*' },
    says: /^owner: `acme\*` holds a wildcard, and `owner` is always exact, whatever the scope: /,
  },
  {
    name: 'an owner with a slash',
    options: { ...one, owner: 'acme/shop' },
    says: 'owner: `acme/shop` holds a slash: write the owner alone, and what stands behind it under `repository`, here `acme`',
  },
  {
    name: 'an owner with its id',
    options: { ...one, owner: 'acme@41' },
    says: /^owner: .* holds the id: .*here `acme`$/,
  },
  {
    name: 'a URL for the owner',
    options: { ...one, owner: 'https://github.com/acme' },
    says: /^owner: .* here `acme`$/,
  },
  {
    name: 'a repository with its owner',
    options: { ...one, repository: 'acme/shop' },
    says: /^repository: `acme\/shop` holds a slash: .*`owner`, here `shop`$/,
  },
  {
    name: 'a wildcard for the repository',
    options: { ...one, repository: '*' },
    says: /^repository: .*holds a wildcard/,
  },
  {
    name: 'an id that is no number',
    options: { ...one, repositoryId: 'R_kgDOabc' },
    says: /^repositoryId: `R_kgDOabc` is no GitHub id: use the number/,
  },
  {
    name: 'an id as a number',
    options: { ...one, ownerId: 41_000_001 },
    says: /^ownerId: `41000001` is no GitHub id, which is a string: put it in quotes/,
  },
  {
    name: 'an audience with a scheme',
    options: { ...one, audience: 'https://sts.amazonaws.com' },
    says: 'audience: `https://sts.amazonaws.com` has a scheme, and the audience of AWS STS has none: write it without, here `sts.amazonaws.com`',
  },
  {
    name: 'an audience with a scheme and a path',
    options: { ...one, audience: 'https://sts.amazonaws.com:443/x' },
    says: /^audience: .* has a scheme, .*here `sts\.amazonaws\.com`$/,
  },
  ...['sts.amazonaws.com/', 'sts.amazonaws.com:443'].map((audience) => ({
    name: `the audience ${audience}`,
    options: { ...one, audience },
    says: /^audience: .* has a port or a path, .*here `sts\.amazonaws\.com`$/,
  })),
  {
    name: 'a repository that is a folder',
    options: { ...one, repository: '..' },
    says: /^repository: `\.\.` is a folder and no repository/,
  },
  {
    name: 'pull requests for a role that writes',
    options: { ...shop, pullRequests: true },
    says: /^pullRequests: asks for a role that only reads, .*set `access` to read/,
  },
  {
    name: 'pull requests beside an environment',
    options: { ...one, pullRequests: true, access: 'read' },
    says: /^pullRequests: and environments, branches and tags exclude each other/,
  },
  {
    name: 'an enterprise slug with a host',
    options: { ...one, enterpriseSlug: 'github.com/enterprises/acme' },
    says: 'enterpriseSlug: `github.com/enterprises/acme` holds a host or a path: write the slug alone, here `acme`',
  },
  {
    name: 'an enterprise slug beside a server',
    options: { ...bare, environments: ['production'], host: 'github.example.com', enterpriseSlug: 'acme' },
    says: /^enterpriseSlug: and `host` exclude each other/,
  },
  {
    name: 'a server with ids in its subjects',
    options: { ...bare, environments: ['production'], host: 'github.example.com', subjectForm: 'immutable' },
    says: /^subjectForm: asks for ids in the subject, and a GitHub Enterprise Server has none there/,
  },
  {
    name: 'a server with an id',
    options: { ...bare, environments: ['production'], host: 'github.example.com', ownerId: '41' },
    says: /^ownerId: and `host` exclude each other: of a server AWS knows `sub` and `aud` alone/,
  },
  {
    name: 'a server with a branch for its environment',
    options: { ...bare, environments: ['production'], branches: ['main'], host: 'github.example.com' },
    says: /^branches: and tags say nothing of a job with an environment/,
  },
  {
    name: 'a server whose customized subject names no repository',
    options: { owner: 'acme', host: 'github.example.com', customSubjects: ['repository_owner:acme'], ...place },
    says: /^customSubjects: must begin with `repo:` on a GitHub Enterprise Server/,
  },
  {
    name: 'github.com for a server',
    options: { ...bare, environments: ['x'], host: 'github.com' },
    says: /^host: .*no server of your own/,
  },
  {
    name: 'an environment name with a colon',
    options: { ...shop, environments: ['prod:eu'] },
    says: 'environments[0]: `prod:eu` holds a colon, which GitHub writes as `%3A` in a subject: write it so, here `prod%3Aeu`',
  },
  {
    name: 'every branch by a pattern',
    options: { ...shop, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in: name those that may get in, or set `everyContext`/,
  },
  { name: 'every branch', options: { ...shop, branches: ['*'] }, says: /^branches\[0\]: `\*` lets every branch in/ },
  {
    name: 'a pattern that begins with a wildcard',
    options: { ...shop, branches: ['*-release'], scope: 'pattern' },
    says: /^branches\[0\]: `\*-release` begins with a wildcard/,
  },
  {
    name: 'a pattern where names are exact',
    options: { ...shop, tags: ['v*'] },
    says: /^tags\[0\]: .*the scope is `exact`/,
  },
  { name: 'a whole ref', options: { ...shop, branches: ['refs/heads/main'] }, says: /^branches\[0\]: .*here `main`$/ },
  {
    name: 'a provider of another issuer',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
    says: /^provider: .* is the provider of `gitlab.com`, and with these options the tokens come from `token.actions.githubusercontent.com`/,
  },
  {
    name: 'a provider in another account',
    options: { ...one, provider: 'arn:aws:iam::999999999999:oidc-provider/token.actions.githubusercontent.com' },
    says: /^provider: .* has the account `999999999999`, and `account` says `123456789012`: make them agree$/,
  },
  {
    name: 'a provider in another partition',
    options: { ...one, provider: 'arn:aws-cn:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
    says: /^provider: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
  {
    name: 'nothing that says which jobs',
    options: shop,
    says: /^environments: missing, and so are `branches`, `tags`/,
  },
  {
    name: 'no repository',
    options: { owner: 'acme', environments: ['production'], ...place },
    says: /^repository: missing: for example/,
  },
  {
    name: 'ids in the subject that are not given',
    options: { ...bare, subjectForm: 'immutable', environments: ['production'], ownerId: '41' },
    says: /^repositoryId: missing: only the id tells which repository it is/,
  },
  {
    name: 'a customized subject that anybody can have',
    options: { owner: 'acme', ...ids, customSubjects: ['environment:production'], ...place },
    says: /^customSubjects\[0\]: .* begins with what anybody chooses who can edit a workflow/,
  },
  {
    name: 'every context beside a branch',
    options: { ...shop, branches: ['main'], everyContext: true },
    says: /^everyContext: is for one `repository`, whatever its jobs are/,
  },
  {
    name: 'a policy variable',
    options: { ...one, owner: '${aws:username}' },
    says: /^owner: .*IAM reads as a policy variable/,
  },
]);
