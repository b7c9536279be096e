import { reference, source } from '../../../use-case/evidence.js';
import { list, single, toggle, type TextForm } from '../../../use-case/option.js';
import { all, any, given, is, matches, not, strays, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branch, hostForm, numberId, tag } from '../../principals/names.js';
import {
  access,
  assumeWithToken,
  audienceForm,
  audienceTest,
  federated,
  trustScope,
  webIdentity,
} from '../../principals/web-identity.js';

const projectForm: TextForm = {
  title: 'GitLab project',
  example: 'acme/shop',
  pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$',
  says: 'the whole path, GROUP/PROJECT, with the subgroups in between',
  shortest: 3,
  longest: 512,
  refuse: [
    { pattern: '^https?://[^/]+/(.+?)(?:\\.git|/)?$', say: 'is a URL: write the path in it alone', here: '`$1`' },
    { pattern: '^(.+)\\.git$', say: 'is written as git clones it: write the path alone', here: '`$1`' },
    { pattern: '^/?([^/].*?)/$', say: 'ends with a slash: write it without', here: '`$1`' },
    { pattern: '^/(.+)$', say: 'begins with a slash: write it without', here: '`$1`' },
    { pattern: '^[^/*?]+$', say: 'names no group: write GROUP/PROJECT' },
  ],
};

const customForm: TextForm = {
  title: 'customized subject',
  example: 'project_path:acme/shop',
  pattern: '^project_path:[^*?\\x00-\\x1f]+$',
  says: 'the whole `sub` of the token, which begins with `project_path:`',
  shortest: 14,
  longest: 1000,
};

const sourceForm: TextForm = {
  title: 'pipeline source',
  example: 'push',
  pattern: '^[a-z_]+$',
  says: 'what `$CI_PIPELINE_SOURCE` says, such as `push`, `web` or `schedule`',
  shortest: 2,
  longest: 60,
  refuse: [
    {
      pattern: '^merge_request_event$',
      say: 'is a merge request: set `mergeRequests` for a role that only reads',
    },
    {
      pattern: '^external_pull_request_event$',
      say: 'is a pull request of a repository elsewhere: leave it out, since it runs code that nobody has reviewed',
    },
  ],
};

const own = given('host');
const requests = is('mergeRequests', true);
const refs = any(given('branches'), given('tags'));
const onlyTwo = 'of a GitLab of your own AWS knows `sub` and `aud` alone, so leave it out';

const gitlab = source('gitlab-org/gitlab', '017a6c12', 'lib/gitlab/ci/jwt.rb');
const gitlabV2 = source('gitlab-org/gitlab', '1b725bd9', 'lib/gitlab/ci/jwt_v2.rb');

export const gitlabTrust = defineTrust({
  id: 'gitlab',
  title: 'Jobs of GitLab CI/CD',
  summary: 'Lets jobs of one GitLab project in, by protected branch or tag, on gitlab.com or a GitLab of your own.',
  excludes: 'Lets in no other project, no fork, no branch that is not named, and no merge request unless asked to.',
  options: {
    projectPath: single(projectForm, 'The project with its group.', { required: true }),
    projectId: single(
      numberId('GitLab project id', '61000001', 'the number that the page of the project shows'),
      'The id of the project: another one of the same path has another.',
    ),
    namespaceId: single(
      numberId('GitLab namespace id', '90000001', 'the number that the page of the group shows'),
      'The id of the group: another one of the same path has another.',
    ),
    branches: list(branch, 'Branches that the jobs run on.', { scoped: true }),
    tags: list(tag, 'Tags that the jobs run on.', { scoped: true }),
    mergeRequests: toggle('Let pipelines of merge requests in: code that nobody has reviewed. Needs access read.'),
    customSubjects: list(customForm, 'Whole subjects, where the project has customized them.'),
    pipelineSources: list(sourceForm, 'What starts the pipelines, where not everything may.'),
    unprotected: toggle('Let branches and tags in that are not protected.'),
    audience: single(audienceForm, 'What the tokens are for, as `aud` under `id_tokens` says.', {
      default: 'sts.amazonaws.com',
    }),
    host: single(hostForm('GitLab host', 'gitlab.example.com', 'gitlab.com'), 'The host of a GitLab of your own.'),
    access,
    scope: trustScope,
    ...webIdentity,
  },
  refuse: [
    {
      path: 'branches',
      if: not(any(refs, given('customSubjects'), requests)),
      say: 'missing, and so are `tags` and `customSubjects`, of which one says which jobs get in',
    },
    {
      path: 'customSubjects',
      if: all(given('customSubjects'), refs),
      say: 'and branches and tags exclude each other: leave one out',
    },
    {
      path: 'customSubjects',
      if: strays('customSubjects', 'project_path:', template`project_path:${text('projectPath')}:`),
      say: 'names another project than `projectPath`: make them agree',
    },
    {
      path: 'customSubjects',
      if: all(
        matches('customSubjects', '(merge_request_event|external_pull_request_event)(:|$)'),
        not(is('access', 'read')),
      ),
      say: 'names a merge request, which runs code that nobody has reviewed: set `access` to read, and give the role no permission to write',
    },
    {
      path: 'mergeRequests',
      if: all(requests, not(is('access', 'read'))),
      say: 'asks for a role that only reads, since a merge request runs code that nobody has reviewed: set `access` to read, and give the role no permission to write',
    },
    {
      path: 'mergeRequests',
      if: all(requests, any(refs, given('customSubjects'), given('pipelineSources'))),
      say: 'and what else says which jobs get in exclude each other: give merge requests a role of their own',
    },
    {
      path: 'mergeRequests',
      if: all(requests, own),
      say: 'cannot be told apart on a GitLab of your own, of which AWS knows `sub` and `aud` alone: leave it out',
    },
    ...['projectId', 'namespaceId', 'pipelineSources'].map((option) => ({
      path: option,
      if: all(own, given(option)),
      say: `and \`host\` exclude each other: ${onlyTwo}`,
    })),
    {
      path: 'unprotected',
      if: all(own, is('unprotected', true)),
      say: `and \`host\` exclude each other: ${onlyTwo}`,
    },
  ],
  notes: [
    {
      if: all(not(own), any(not(given('projectId')), not(given('namespaceId')))),
      say: 'only names are tested: who takes over the path of the group or of the project once it is free gets in; `projectId` and `namespaceId` tell them apart',
      code: 'T14',
    },
    {
      if: requests,
      say: 'pipelines of every merge request from a branch of the project get in, so code that nobody has reviewed: give the role only what everybody may read',
      code: 'T06',
    },
    {
      if: is('unprotected', true),
      say: 'whoever may push to the project can make a branch of this name where it is not protected: protect it',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
    {
      if: given('customSubjects'),
      say: 'the subject is tested as it stands: where it names no branch, jobs of every protected branch get in',
    },
  ],
  widenings: [
    'AWS has no key for the environment and the job: every job of a pipeline on the branch gets in.',
    'Of a GitLab of your own AWS knows `sub` and `aud` alone: a branch is let in while it is not protected, pipelines of merge requests from a branch of that name are, and a path that is registered again is the same one.',
  ],
  issuer: [when(not(own), 'gitlab.com'), when(own, template`${text('host')}`)],
  ownClaims: {
    language: 'yaml',
    code: `show-claims:
  id_tokens:
    AWS_TOKEN:
      aud: sts.amazonaws.com
  script:
    - echo "$AWS_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromGitLab',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:sub',
          when: not(requests),
          values: [
            template`project_path:${text('projectPath')}:ref_type:branch:ref:${text('branches')}`,
            template`project_path:${text('projectPath')}:ref_type:tag:ref:${text('tags')}`,
            template`${text('customSubjects')}`,
          ],
          reason: 'only these branches and tags of the project',
        },
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          when: requests,
          values: [template`project_path:${text('projectPath')}:ref_type:branch:ref:*`],
          reason: 'only branches of this project: a merge request has the name of its own',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:project_id',
          when: given('projectId'),
          values: [text('projectId')],
          reason: 'another project that takes over the path has another id',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:namespace_id',
          when: given('namespaceId'),
          values: [text('namespaceId')],
          reason: 'another group that takes over the path has another id',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:ref_protected',
          when: not(any(own, requests, is('unprotected', true))),
          values: ['true'],
          reason: 'only protected branches and tags, to which not everybody may push',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:pipeline_source',
          when: any(requests, given('pipelineSources')),
          values: [when(requests, 'merge_request_event'), template`${text('pipelineSources')}`],
          reason: 'only pipelines that are started so',
        },
      ],
      evidence: [reference('sts'), gitlab, gitlabV2],
    },
  ],
});
