import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, matches, not, strays, when, type Predicate } from '../../../use-case/predicate.js';
import { template, text, type Template } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { assumeWithToken, audienceForm, federated, webIdentity } from '../../principals/web-identity.js';
import {
  branchForm,
  customSubjectForm,
  environmentForm,
  idForm,
  ownerForm,
  repositoryForm,
  serverForm,
  slugForm,
  subdomainForm,
  tagForm,
  workflowForm,
} from './forms.js';

const server = given('host');
const legacy = is('subjectForm', 'legacy', 'both');
const immutable = is('subjectForm', 'immutable', 'both');
const refs = any(given('branches'), given('tags'));
const context = any(given('environments'), refs, is('pullRequests', true));
/** A customized subject that says that the job is of a pull request. */
const customPullRequest = matches('customSubjects', ':(pull_request|refs/pull/[^:]*)(:|$)');
/** Which job it is stands in the subject, as GitHub makes it where nobody customizes it. */
const inSubject = all(given('repository'), context, not(given('customSubjects')));
const everyContext = is('everyContext', true);
const everyRepository = is('everyRepository', true);
/** A workflow that many repositories share: they are told by their owner alone. */
const shared = all(given('jobWorkflowRef'), not(given('repository')), not(everyRepository));

const byName = template`repo:${text('owner')}/${text('repository')}`;
const byId = template`repo:${text('owner')}@${text('ownerId')}/${text('repository')}@${text('repositoryId')}`;

/** What stands behind the repository, in the order of precedence: an environment hides the ref. */
const inForm = (form: Predicate, repository: Template) => [
  when(form, template`${repository}:environment:${text('environments')}`),
  when(all(form, not(given('environments'))), template`${repository}:ref:refs/heads/${text('branches')}`),
  when(all(form, not(given('environments'))), template`${repository}:ref:refs/tags/${text('tags')}`),
  when(all(form, is('pullRequests', true)), template`${repository}:pull_request`),
];

const docs = source('github/docs', '051718f2', 'content/actions/reference/security/oidc.md');
const controls = vendor(
  'IAM user guide, identity-provider controls for shared OIDC providers',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
);

/** What AWS has no key for of a server of one's own. */
const onServer = (option: string, what: string) => ({
  path: option,
  if: all(server, given(option)),
  say: `and \`host\` exclude each other: ${what}`,
});
const onlyTwo = 'of a server AWS knows `sub` and `aud` alone, so leave it out';

export const githubActionsTrust = defineTrust({
  id: 'github-actions',
  title: 'Jobs of GitHub Actions',
  summary: 'Lets jobs of one repository in, by environment, branch, tag, pull request or the workflow that they run.',
  excludes: 'Lets in no other repository, no fork, and no branch, tag or environment that is not named.',
  options: {
    owner: single(ownerForm, 'The user or organization that the repository belongs to.', { required: true }),
    repository: single(repositoryForm, 'The repository, without its owner.'),
    environments: list(environmentForm, 'Environments that the jobs name.', { scoped: true }),
    branches: list(branchForm, 'Branches that the jobs run on; with environments, those that may use them.', {
      scoped: true,
    }),
    tags: list(tagForm, 'Tags that the jobs run on; with environments, those that may use them.', { scoped: true }),
    pullRequests: toggle('Let pull requests in: code that nobody has reviewed. Needs access read.'),
    jobWorkflowRef: single(
      workflowForm,
      'The file that the jobs run, at a ref: a reusable workflow, or one of the repository.',
    ),
    customSubjects: list(customSubjectForm, 'Whole subjects, where an administrator has customized them.'),
    subjectForm: oneOf(
      ['legacy', 'immutable', 'both'],
      'How subjects name the repository: by names, by names with ids (repositories made, renamed or moved since 15 July 2026), or both while one becomes the other.',
      { default: 'legacy' },
    ),
    ownerId: single(idForm, 'The id of the owner: another one of the same name has another.'),
    repositoryId: single(idForm, 'The id of the repository: another one of the same name has another.'),
    audience: single(
      audienceForm,
      'What the tokens are for; in China the action is told to ask for sts.amazonaws.com.cn.',
      {
        default: 'sts.amazonaws.com',
      },
    ),
    host: single(serverForm, 'The host of a GitHub Enterprise Server.'),
    subdomain: single(subdomainForm, 'What stands before .ghe.com, with data residency.'),
    enterpriseSlug: single(slugForm, 'The slug of the enterprise, where its tokens have an issuer of their own.'),
    access: oneOf(['read-write', 'read'], 'What the role may do with what it reaches.', { default: 'read-write' }),
    scope: oneOf(['exact', 'pattern'], 'Whether environments, branches and tags may end in patterns with * and ?.', {
      default: 'exact',
    }),
    everyContext: toggle('Let every branch, tag, environment and pull request of the repository in.'),
    everyRepository: toggle('Let every repository of the owner in, so whoever can make one.'),
    ...webIdentity,
  },
  refuse: [
    {
      path: 'repository',
      if: not(any(given('repository'), given('jobWorkflowRef'), given('customSubjects'), everyRepository)),
      say: 'missing',
    },
    {
      path: 'repository',
      if: all(given('repository'), everyRepository),
      say: 'and `everyRepository` exclude each other: leave one out',
    },
    {
      path: 'environments',
      if: all(
        any(given('repository'), everyRepository),
        not(any(context, everyContext, given('customSubjects'), given('jobWorkflowRef'))),
      ),
      say: 'missing, and so are `branches`, `tags` and `jobWorkflowRef`, of which one says which jobs get in',
    },
    {
      path: 'everyRepository',
      if: all(everyRepository, server),
      say: 'and `host` exclude each other: of a server AWS knows no claim that says what a job of any repository is for, so name one `repository`',
    },
    {
      path: 'repositoryId',
      if: all(given('repositoryId'), everyRepository),
      say: 'and `everyRepository` exclude each other: leave one out',
    },
    {
      path: 'customSubjects',
      if: any(
        strays('customSubjects', 'repo:', template`${byName}:`, template`${byId}:`),
        strays('customSubjects', 'repository:', template`repository:${text('owner')}/${text('repository')}:`),
      ),
      say: 'names another repository than `owner` and `repository`: make them agree',
    },
    {
      path: 'customSubjects',
      if: any(
        all(
          not(given('repository')),
          strays('customSubjects', 'repo:', template`repo:${text('owner')}/`, template`repo:${text('owner')}@`),
        ),
        strays('customSubjects', 'repository_owner:', template`repository_owner:${text('owner')}:`),
      ),
      say: 'names another owner than `owner`: make them agree',
    },
    {
      path: 'customSubjects',
      if: strays('customSubjects', 'repository_owner_id:', template`repository_owner_id:${text('ownerId')}:`),
      say: 'names another owner than `ownerId`: make them agree',
    },
    {
      path: 'customSubjects',
      if: strays('customSubjects', 'repository_id:', template`repository_id:${text('repositoryId')}:`),
      say: 'names another repository than `repositoryId`: make them agree',
    },
    {
      path: 'customSubjects',
      if: all(customPullRequest, not(is('access', 'read'))),
      say: 'names a pull request, which runs code that nobody has reviewed: set `access` to read, and give the role no permission to write',
    },
    {
      path: 'pullRequests',
      if: all(is('pullRequests', true), not(is('access', 'read'))),
      say: 'asks for a role that only reads, since a pull request runs code that nobody has reviewed: set `access` to read, and give the role no permission to write',
    },
    {
      path: 'pullRequests',
      if: all(is('pullRequests', true), any(given('environments'), refs)),
      say: 'and environments, branches and tags exclude each other: give pull requests a role of their own',
    },
    {
      path: 'pullRequests',
      if: all(is('pullRequests', true), any(not(given('repository')), given('customSubjects'))),
      say: 'asks for `repository`, and for subjects that are not customized: leave it out',
    },
    {
      path: 'everyContext',
      if: all(everyContext, any(context, given('customSubjects'), not(given('repository')))),
      say: 'is for one `repository`, whatever its jobs are: leave it out, or leave out what says which jobs get in',
    },
    {
      path: 'everyRepository',
      if: all(everyRepository, given('customSubjects')),
      say: 'and `customSubjects` exclude each other: leave one out',
    },
    {
      path: 'ownerId',
      if: all(not(server), not(given('ownerId')), any(immutable, shared)),
      say: 'missing: subjects with ids and shared workflows are told by it',
    },
    {
      path: 'repositoryId',
      if: all(
        not(server),
        not(given('repositoryId')),
        not(everyRepository),
        any(
          all(immutable, not(shared)),
          given('customSubjects'),
          all(given('jobWorkflowRef'), given('repository'), not(context)),
        ),
      ),
      say: 'missing: only the id tells which repository it is',
    },
    {
      path: 'subjectForm',
      if: all(server, immutable),
      say: 'asks for ids in the subject, and a GitHub Enterprise Server has none there: leave it out, or leave `host` out',
    },
    onServer('ownerId', onlyTwo),
    onServer('repositoryId', onlyTwo),
    onServer('jobWorkflowRef', onlyTwo),
    onServer('subdomain', 'a server has a host of its own, so leave one out'),
    onServer('enterpriseSlug', 'the issuer of a server has no slug, so leave one out'),
    {
      path: 'branches',
      if: all(server, given('environments'), refs),
      say: 'and tags say nothing of a job with an environment on a GitHub Enterprise Server, since its subject has no ref and AWS knows no other claim: leave them out, and restrict the environment itself to its branches',
    },
    {
      path: 'environments',
      if: all(server, given('customSubjects'), any(given('environments'), refs)),
      say: 'and branches and tags need claims that AWS does not know of a server: leave them out, or name one `repository`',
    },
    {
      path: 'customSubjects',
      if: all(server, matches('customSubjects', '^([^r]|r[^e]|re[^p]|rep[^o]|repo[^:])')),
      say: 'must begin with `repo:` on a GitHub Enterprise Server, since AWS knows no other claim that says which repository it is: put `repo` first in the template',
    },
  ],
  notes: [
    {
      if: all(legacy, not(immutable), not(server), inSubject),
      say: 'the subject is by names, and repositories made, renamed or moved since 15 July 2026 have their ids in it: look at a token, and set `subjectForm` to immutable where it has an @',
    },
    {
      if: all(legacy, not(server), not(shared), any(not(given('ownerId')), not(given('repositoryId')))),
      say: 'only names are tested: who takes over the name of the owner or of the repository once it is free gets in; `ownerId` and `repositoryId` tell them apart',
      code: 'T14',
    },
    {
      if: is('subjectForm', 'both'),
      say: 'both forms of the subject get in: set `subjectForm` to immutable once the tokens have ids',
    },
    {
      if: all(given('environments'), not(refs)),
      say: 'any branch, tag or pull request gets in whose job names the environment, as far as the rules of the environment in GitHub let it: restrict it to its branches there, or name them in `branches`',
    },
    {
      if: given('tags'),
      say: 'who may push a tag gets in: protect these tags by a ruleset in GitHub',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch, tag or environment that is like a pattern gets in: protect these names in GitHub',
    },
    {
      if: any(is('pullRequests', true), customPullRequest),
      say: 'pull requests get in, so code that nobody has reviewed: give the role only what everybody may read',
      code: 'T06',
    },
    {
      if: everyContext,
      say: 'every branch, tag, environment and pull request of the repository gets in: name those that are meant',
      code: 'T05',
    },
    {
      if: everyRepository,
      say: 'every repository of the owner gets in, and so everybody who can make one: name the repository',
      code: 'T04',
    },
    {
      if: all(given('jobWorkflowRef'), not(inSubject)),
      say: 'any job gets in that runs this workflow file at this ref, from every branch and pull request that calls it: what the file does decides',
    },
  ],
  widenings: [
    'A workflow with the trigger `pull_request_target` or `workflow_run` has the subject of the base branch: AWS cannot tell it from a push. Keep code of pull requests out of such workflows.',
    'AWS has no key for `event_name`, `workflow_ref` and `runner_environment`: every workflow file of a branch gets in, and on runners of any kind.',
    'Of a GitHub Enterprise Server AWS knows `sub` and `aud` alone: an environment is let in from every branch that its own rules let in, and a name that is registered again is the same one.',
  ],
  issuer: [
    when(server, template`${text('host')}/_services/token`),
    when(all(given('subdomain'), not(given('enterpriseSlug'))), template`token.actions.${text('subdomain')}.ghe.com`),
    when(
      all(given('subdomain'), given('enterpriseSlug')),
      template`token.actions.${text('subdomain')}.ghe.com/${text('enterpriseSlug')}`,
    ),
    when(
      all(not(server), not(given('subdomain')), given('enterpriseSlug')),
      template`token.actions.githubusercontent.com/${text('enterpriseSlug')}`,
    ),
    when(not(any(server, given('subdomain'), given('enterpriseSlug'))), 'token.actions.githubusercontent.com'),
  ],
  ownClaims: {
    language: 'yaml',
    code: `permissions:
  id-token: write
steps:
  - run: |
      curl -sS -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
        "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" |
        jq -r '.value | split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | . + ("=" * ((4 - length % 4) % 4)) | @base64d | fromjson'`,
    say: 'Only the claims are printed; the header and the signature, without which the token is worth nothing, are not.',
  },
  statements: [
    {
      sid: 'AssumeFromGitHubActions',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [text('audience')],
          reason: 'only tokens that were made for this audience',
        },
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:sub',
          when: any(inSubject, given('customSubjects')),
          values: [
            ...inForm(all(legacy, inSubject), byName),
            ...inForm(all(immutable, inSubject), byId),
            when(given('customSubjects'), template`${text('customSubjects')}`),
          ],
          reason: 'only these jobs, by the subject as GitHub or a template of an administrator makes it',
        },
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          when: any(everyContext, everyRepository),
          values: [
            when(all(everyContext, legacy), template`${byName}:*`),
            when(all(everyContext, immutable), template`${byId}:*`),
            when(all(everyRepository, legacy), template`repo:${text('owner')}/*`),
            when(all(everyRepository, immutable), template`repo:${text('owner')}@${text('ownerId')}/*`),
          ],
          reason: 'only this repository, or where that is asked for, only repositories of this owner',
        },
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:environment',
          when: all(given('environments'), not(inSubject)),
          values: [text('environments')],
          reason: 'only jobs that name one of these environments',
        },
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:ref',
          when: all(refs, any(not(inSubject), given('environments'))),
          values: [template`refs/heads/${text('branches')}`, template`refs/tags/${text('tags')}`],
          reason: 'only these branches and tags: the subject of the job does not name them',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:job_workflow_ref',
          when: given('jobWorkflowRef'),
          values: [text('jobWorkflowRef')],
          reason: 'only jobs that run this workflow file at this ref',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:repository_owner_id',
          when: given('ownerId'),
          values: [text('ownerId')],
          reason: 'another owner that takes over the name has another id',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:repository_id',
          when: given('repositoryId'),
          values: [text('repositoryId')],
          reason: 'another repository that takes over the name has another id',
        },
      ],
      evidence: [reference('sts'), docs, controls],
    },
  ],
});
