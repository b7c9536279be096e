import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { gitlabTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const project = { projectPath: 'acme/shop', projectId: '61000001', namespaceId: '90000001', ...place } as const;
const onMain = 'project_path:acme/shop:ref_type:branch:ref:main';

/** Every claim that GitLab documents. */
const push = {
  iss: 'https://gitlab.com',
  aud: 'sts.amazonaws.com',
  sub: onMain,
  jti: 'a1b2c3d4-0001',
  namespace_id: '90000001',
  namespace_path: 'acme',
  project_id: '61000001',
  project_path: 'acme/shop',
  user_id: '5581203',
  user_login: 'mfontaine',
  user_email: 'mfontaine@example.com',
  user_access_level: 'maintainer',
  job_project_id: '61000001',
  job_project_path: 'acme/shop',
  pipeline_id: '901',
  pipeline_source: 'push',
  job_id: '902',
  ref: 'main',
  ref_type: 'branch',
  ref_path: 'refs/heads/main',
  ref_protected: 'true',
  runner_id: 1,
  runner_environment: 'gitlab-hosted',
  sha: '12a0134871b2c82b5da9148fff18fab2c49b07de',
  project_visibility: 'private',
  ci_config_ref_uri: 'gitlab.com/acme/shop//.gitlab-ci.yml@refs/heads/main',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_000_300,
};

export const samples = defineTokens(gitlabTrust, [
  {
    name: 'default',
    options: { ...project, branches: ['main'] },
    token: push,
    honest: [
      { why: 'a push to the protected branch' },
      { change: { pipeline_source: 'web' }, why: 'a pipeline that was started by hand' },
      { change: { pipeline_source: 'schedule' }, why: 'a schedule' },
      { change: { environment: 'production', environment_protected: 'true' }, why: 'a job with an environment' },
    ],
    hostile: [
      { change: { sub: onMain.replace('main', 'feature-x'), ref_protected: 'false' }, why: 'a merge request' },
      { change: { ref_protected: 'false' }, why: 'the branch while it is not protected' },
      { change: { ref_protected: null }, why: 'a token that does not say whether it is' },
      { change: { sub: onMain.replace('main', 'develop') }, why: 'another protected branch' },
      { change: { sub: onMain.replace('main', 'main-2') }, why: 'a branch whose name begins alike' },
      { change: { sub: 'project_path:acme/shop:ref_type:tag:ref:main' }, why: 'a tag named like the branch' },
      {
        change: { sub: onMain.replace('acme', 'mallory'), project_id: '99', namespace_id: '98' },
        why: 'a merge request from a fork, run in the project',
      },
      { change: { project_id: '999002' }, why: 'the project deleted and made again' },
      { change: { namespace_id: '999001' }, why: 'the path of the group taken over, with the project' },
      { change: { sub: onMain.replace('acme', 'acme-hq') }, why: 'the group renamed, until the policy says so' },
      {
        change: { sub: onMain.replace('shop', 'shop-2'), project_id: '61000002' },
        why: 'a project whose path begins alike',
      },
      {
        change: { sub: onMain.replace('acme', 'acmeevil'), namespace_id: '97' },
        why: 'a group whose path begins alike',
      },
      { change: { sub: onMain.replace('acme/', 'acme/x/') }, why: 'a project of a subgroup' },
      { change: { sub: 'project_path:acme/shop' }, why: 'a subject that the project has customized' },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: 'https://vault.example.com' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://gitlab.example.com' }, why: 'another GitLab' },
      ...carriesMore,
    ],
    alike: [{ change: { job_id: '903' }, why: 'another job of the pipeline' }],
  },
  {
    name: 'tags',
    options: { ...project, branches: ['release/*'], tags: ['v*'], scope: 'pattern', pipelineSources: ['push'] },
    token: { ...push, sub: 'project_path:acme/shop:ref_type:tag:ref:v2' },
    honest: [
      { why: 'a tag that is like the pattern' },
      { change: { sub: 'project_path:acme/shop:ref_type:branch:ref:release/7' }, why: 'a branch that is' },
    ],
    hostile: [
      { change: { sub: 'project_path:acme/shop:ref_type:branch:ref:v2' }, why: 'a branch named like the tag' },
      { change: { pipeline_source: 'web' }, why: 'a pipeline that was started otherwise' },
      { change: { pipeline_source: 'merge_request_event' }, why: 'a merge request' },
    ],
  },
  {
    name: 'merge-requests',
    options: { ...project, mergeRequests: true, access: 'read' },
    token: {
      ...push,
      sub: onMain.replace('main', 'feature-x'),
      pipeline_source: 'merge_request_event',
      ref_protected: 'false',
    },
    honest: [{ why: 'a merge request from a branch of the project' }],
    hostile: [
      { change: { pipeline_source: 'push' }, why: 'a push to the branch' },
      { change: { sub: 'project_path:acme/shop:ref_type:tag:ref:v1' }, why: 'a tag' },
      { change: { sub: onMain.replace('shop', 'shop-2') }, why: 'a project whose path begins alike' },
      { change: { project_id: '99', namespace_id: '98' }, why: 'a merge request from a fork' },
    ],
  },
  {
    name: 'customized',
    options: { ...project, customSubjects: ['project_path:acme/shop'], unprotected: true },
    token: { ...push, sub: 'project_path:acme/shop', ref_protected: 'false' },
    honest: [{ why: 'the subject as the project makes it, on any branch' }],
    hostile: [{ change: { sub: onMain }, why: 'the subject as it is usually made' }],
  },
  {
    name: 'own-host',
    options: {
      projectPath: 'ops/terraform',
      branches: ['main'],
      tags: ['v1'],
      host: 'gitlab.example.com',
      audience: 'https://gitlab.example.com',
      ...place,
    },
    token: {
      ...push,
      iss: 'https://gitlab.example.com',
      aud: 'https://gitlab.example.com',
      sub: 'project_path:ops/terraform:ref_type:branch:ref:main',
    },
    honest: [{ why: 'a push' }, { change: { sub: 'project_path:ops/terraform:ref_type:tag:ref:v1' }, why: 'the tag' }],
    hostile: [
      { change: { sub: 'project_path:ops/terraform:ref_type:branch:ref:x' }, why: 'another branch' },
      { change: { sub: 'project_path:other/terraform:ref_type:branch:ref:main' }, why: 'another group' },
      { change: { iss: 'https://gitlab.com' }, why: 'gitlab.com with the same path' },
      { change: { iss: 'https://gitlab.example.com:8443' }, why: 'the host with another port' },
      { change: { aud: 'vault' }, why: 'another audience' },
    ],
    alike: [
      { change: { ref_protected: 'false' }, why: 'the branch while it is not protected' },
      { change: { project_id: '99' }, why: 'the path registered again on the host' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      projectPath: 'acme/shop',
      projectId: '61000001',
      namespaceId: '90000001',
      branches: ['main'],
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws-us-gov:iam::123456789012:oidc-provider/gitlab.com',
    },
    token: push,
    honest: [{ why: 'a push to the branch' }, ...carriesBoth],
    hostile: [{ change: { aud: null }, why: 'no audience' }],
  },
]);

const main = { ...project, branches: ['main'] };

export const refused = defineRefused(gitlabTrust, [
  {
    name: 'a customized subject of another project',
    options: { ...project, customSubjects: ['project_path:acme/shop:a:b', 'project_path:acme/shop-2'] },
    says: /^customSubjects: names another project than `projectPath`/,
  },
  {
    name: 'a customized subject of another project on a host of its own',
    options: {
      projectPath: 'acme/shop',
      ...place,
      host: 'gitlab.example.com',
      customSubjects: ['project_path:evil/shop'],
    },
    says: /^customSubjects: names another project than `projectPath`/,
  },
  {
    name: 'a customized subject of a merge request for a role that writes',
    options: { ...project, customSubjects: ['project_path:acme/shop:pipeline_source:merge_request_event'] },
    says: /^customSubjects: names a merge request, .* set `access` to read/,
  },
  {
    name: 'a pull request of a repository elsewhere as the source',
    options: { ...project, branches: ['main'], pipelineSources: ['external_pull_request_event'] },
    says: /^pipelineSources\[0\]: `external_pull_request_event` is a pull request/,
  },
  {
    name: 'a wildcard in the group',
    options: { ...main, projectPath: 'acme*/shop' },
    says: /^projectPath: .*holds a wildcard/,
  },
  {
    name: 'every project of a group',
    options: { ...main, projectPath: 'acme/*' },
    says: /^projectPath: .*holds a wildcard/,
  },
  {
    name: 'a project without its group',
    options: { ...main, projectPath: 'shop' },
    says: /^projectPath: `shop` names no group: write GROUP\/PROJECT$/,
  },
  {
    name: 'a URL',
    options: { ...main, projectPath: 'https://gitlab.com/acme/shop.git' },
    says: /^projectPath: .* is a URL: .*here `acme\/shop`$/,
  },
  {
    name: 'a slash at the end',
    options: { ...main, projectPath: 'acme/shop/' },
    says: /^projectPath: .*here `acme\/shop`$/,
  },
  {
    name: 'an id that is no number',
    options: { ...main, projectId: 'shop' },
    says: /^projectId: `shop` is no GitLab project id/,
  },
  {
    name: 'every branch',
    options: { ...main, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in/,
  },
  {
    name: 'a merge request ref',
    options: { ...main, branches: ['refs/merge-requests/1/head'] },
    says: /^branches\[0\]: .*neither branch nor tag/,
  },
  {
    name: 'merge requests for a role that writes',
    options: { ...project, mergeRequests: true },
    says: /^mergeRequests: asks for a role that only reads/,
  },
  {
    name: 'merge requests as a source',
    options: { ...main, pipelineSources: ['merge_request_event'] },
    says: /^pipelineSources\[0\]: .*set `mergeRequests`/,
  },
  {
    name: 'gitlab.com for a host',
    options: { projectPath: 'a/b', branches: ['main'], host: 'gitlab.com', ...place },
    says: /^host: .* is no host of your own/,
  },
  {
    name: 'an id beside a host',
    options: { ...main, namespaceId: null, host: 'gitlab.example.com' },
    says: /^projectId: and `host` exclude each other/,
  },
  {
    name: 'an audience with a scheme',
    options: { ...main, audience: 'https://sts.amazonaws.com' },
    says: /^audience: .*here `sts.amazonaws.com`$/,
  },
  {
    name: 'a provider of another issuer',
    options: { ...main, provider: 'arn:aws:iam::123456789012:oidc-provider/gitlab.example.com' },
    says: /^provider: .*is the provider of `gitlab.example.com`/,
  },
  { name: 'nothing that says which jobs', options: project, says: /^branches: missing, and so are `tags`/ },
]);
