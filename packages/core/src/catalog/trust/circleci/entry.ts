import { reference, source } from '../../../use-case/evidence.js';
import { list, single, toggle, type TextForm } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branch, tag, uuid } from '../../principals/names.js';
import { assumeWithToken, audienceForm, federated, trustScope, webIdentity } from '../../principals/web-identity.js';

const originForm: TextForm = {
  title: 'origin of the repository',
  example: 'github.com/acme/shop',
  pattern: '^[a-z0-9.-]+(/[^/\\s*?:]+)+$',
  says: 'host and path of the repository, as the subject has it: `github.com/OWNER/REPOSITORY`',
  shortest: 3,
  longest: 400,
  refuse: [
    { pattern: '^https?://(.+?)(?:\\.git)?/?$', say: 'is a URL: write it without scheme', here: '`$1`' },
    { pattern: '^(.+)\\.git$', say: 'is written as git clones it: leave the ending out', here: '`$1`' },
    { pattern: '^git@', say: 'is written as git clones it: write `github.com/OWNER/REPOSITORY`' },
    { pattern: '^(.+)/$', say: 'ends with a slash: write it without', here: '`$1`' },
    { pattern: '^[^/.]+/[^/]+$', say: 'has no host: write `github.com/` before it' },
  ],
};

const everyBranch = is('everyBranch', true);
const refs = any(given('branches'), given('tags'));
const start = template`org/${text('organizationId')}/project/${text('projectId')}/user/*`;

export const circleciTrust = defineTrust({
  id: 'circleci',
  title: 'Jobs of CircleCI',
  summary: 'Lets jobs of one project in, by branch or tag of its repository.',
  excludes:
    'Lets in no other project, no fork, and no other branch or tag, unless every branch is asked for or its name ends like a whole subject.',
  options: {
    organizationId: single(
      uuid('CircleCI organization id', 'b74494ec-04d2-b880-c3ea-89b1e3cb06bd'),
      'The id of the organization, from its settings.',
      { required: true },
    ),
    projectId: single(
      uuid('CircleCI project id', 'b93e1ba7-8f05-a362-ca91-6c8a67c545b0'),
      'The id of the project, from its settings.',
      { required: true },
    ),
    vcsOrigin: single(originForm, 'The repository that the project builds.'),
    branches: list(branch, 'Branches that the jobs run on.', { scoped: true }),
    tags: list(tag, 'Tags that the jobs run on.', { scoped: true }),
    everyBranch: toggle('Let jobs of every branch, tag and pull request of the project in.'),
    audience: single(audienceForm, 'What the tokens are for, where the job asks for an audience of its own.'),
    scope: trustScope,
    ...webIdentity,
  },
  refuse: [
    {
      path: 'branches',
      if: not(any(refs, everyBranch)),
      say: 'missing, and neither `tags` nor `everyBranch` is given',
    },
    {
      path: 'everyBranch',
      if: all(everyBranch, any(refs, given('vcsOrigin'))),
      say: 'and the names of a repository, of branches and tags exclude each other: leave one out',
    },
    {
      path: 'vcsOrigin',
      if: all(refs, not(given('vcsOrigin'))),
      say: 'missing: in the subject it stands before the branch',
    },
  ],
  notes: [
    {
      if: refs,
      say: 'only the second token names the branch: let the job use `CIRCLE_OIDC_TOKEN_V2`, which builds of custom webhooks have without a branch',
    },
    {
      if: everyBranch,
      say: 'jobs of every branch get in, and of forks where secrets are passed to them: name the branches',
      code: 'T05',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
  ],
  widenings: [
    'Who reruns a job with SSH has its token in hand: AWS cannot tell it from the job.',
    'The user who started the job stands in the middle of the subject and is left free: every member who may start a build of the branch gets in.',
    'What stands for the user may be longer than a user: a branch whose name ends with `/vcs-origin/`, the repository, `/vcs-ref/refs/heads/` and a branch that is named gets in. Keep such names out of the repository, or its writers are let in whole.',
  ],
  issuer: [template`oidc.circleci.com/org/${text('organizationId')}`],
  ownClaims: {
    language: 'yaml',
    code: `- run: echo "$CIRCLE_OIDC_TOKEN_V2" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromCircleCi',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [when(given('audience'), text('audience')), when(not(given('audience')), text('organizationId'))],
          reason: 'only tokens that were made for this audience',
        },
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          values: [
            template`${start}/vcs-origin/${text('vcsOrigin')}/vcs-ref/refs/heads/${text('branches')}`,
            template`${start}/vcs-origin/${text('vcsOrigin')}/vcs-ref/refs/tags/${text('tags')}`,
            when(everyBranch, start),
          ],
          reason: 'only these branches and tags of the repository, whoever starts the job',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:oidc.circleci.com/project-id',
          values: [text('projectId')],
          reason: 'only this project: a wildcard in the subject stands behind it',
        },
      ],
      evidence: [
        reference('sts'),
        source(
          'circleci/circleci-docs',
          '9734a141',
          'docs/guides/modules/permissions-authentication/pages/oidc-tokens-with-custom-claims.adoc',
        ),
      ],
    },
  ],
});
