import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branch, hostForm, namePart, tag, uuid } from '../../principals/names.js';
import {
  access,
  assumeWithToken,
  audienceForm,
  federated,
  trustScope,
  webIdentity,
} from '../../principals/web-identity.js';

const refs = any(given('branches'), given('tags'));
const requests = is('pullRequests', true);
const start = template`org:${text('organization')}:project:${text('projectId')}:repo:${text('repository')}`;

export const semaphoreTrust = defineTrust({
  id: 'semaphore',
  title: 'Jobs of Semaphore',
  summary: 'Lets jobs of one project in, by branch or tag of its repository.',
  excludes: 'Lets in no other project, no fork, and no pull request unless asked to.',
  options: {
    organization: single(
      namePart({
        title: 'Semaphore organization',
        example: 'acme',
        says: 'what stands before `.semaphoreci.com`',
        pattern: '^[a-z0-9][a-z0-9-]*$',
        longest: 63,
        refuse: [
          {
            pattern: '^(?:https?://)?([a-z0-9-]+)\\.semaphoreci\\.com(?:/.*)?$',
            say: 'is a whole host: write what stands before `.semaphoreci.com` alone',
            here: '`$1`',
          },
          { pattern: '[./:]', say: 'is a host: write the organization here, and the host under `host`' },
        ],
      }),
      'The organization, as its address has it.',
      { required: true },
    ),
    projectId: single(uuid('project id', '273515db-02c0-bdb4-fa91-7047a75ec217'), 'The id of the project.', {
      required: true,
    }),
    repository: single(
      namePart({
        title: 'repository',
        example: 'shop',
        says: 'the name of the repository without its owner, as the subject has it',
        pattern: '^[A-Za-z0-9._-]+$',
        longest: 100,
        refuse: [{ pattern: '^.*/([^/]+)$', say: 'holds a slash: write the repository alone', here: '`$1`' }],
      }),
      'The repository of the project.',
      { required: true },
    ),
    branches: list(branch, 'Branches that the jobs run on.', { scoped: true }),
    tags: list(tag, 'Tags that the jobs run on.', { scoped: true }),
    pullRequests: toggle('Let pull requests in: code that nobody has reviewed. Needs access read.'),
    audience: single(audienceForm, 'What the tokens are for, where it is not the address of the organization.'),
    host: single(
      hostForm('Semaphore host', 'acme.sub127.com', 'semaphoreci.com'),
      'The host that issues the tokens, where it is not semaphoreci.com.',
    ),
    access,
    scope: trustScope,
    ...webIdentity,
  },
  refuse: [
    {
      path: 'branches',
      if: not(any(refs, requests)),
      say: 'missing, and so is `tags`, of which one says which jobs get in',
    },
    {
      path: 'pullRequests',
      if: all(requests, not(is('access', 'read'))),
      say: 'asks for a role that only reads, since a pull request runs code that nobody has reviewed: set `access` to read, and give the role no permission to write',
    },
    {
      path: 'pullRequests',
      if: all(requests, refs),
      say: 'and branches and tags exclude each other: give pull requests a role of their own',
    },
  ],
  notes: [
    {
      if: requests,
      say: 'pull requests get in, so code that nobody has reviewed: give the role only what everybody may read',
      code: 'T06',
    },
    { if: requests, say: 'the subject of a pull request ends in its number, so that any of them gets in', code: 'T05' },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
  ],
  widenings: [
    'Who may start a debug job of a branch has its token in hand: AWS cannot tell it from the job.',
    'The repository is told by its name: one that takes over the name in the same project has the same subject.',
  ],
  issuer: [
    when(not(given('host')), template`${text('organization')}.semaphoreci.com`),
    when(given('host'), template`${text('host')}`),
  ],
  ownClaims: {
    language: 'yaml',
    code: `- echo "$SEMAPHORE_OIDC_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromSemaphore',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [
            when(given('audience'), text('audience')),
            when(
              all(not(given('audience')), not(given('host'))),
              template`https://${text('organization')}.semaphoreci.com`,
            ),
            when(all(not(given('audience')), given('host')), template`https://${text('host')}`),
          ],
          reason: 'only tokens that were made for this audience',
        },
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:sub',
          when: not(requests),
          values: [
            template`${start}:ref_type:branch:ref:refs/heads/${text('branches')}`,
            template`${start}:ref_type:tag:ref:refs/tags/${text('tags')}`,
          ],
          reason: 'only these branches and tags of the project',
        },
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          when: requests,
          values: [template`${start}:ref_type:pull-request:ref:*`],
          reason: 'only pull requests of the project: the ref behind it is another one for each',
        },
      ],
      evidence: [
        reference('sts'),
        vendor('Semaphore, OpenID Connect', 'https://docs.semaphore.io/using-semaphore/openid'),
      ],
    },
  ],
});
