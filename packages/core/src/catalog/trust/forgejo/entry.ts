import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when, type Predicate } from '../../../use-case/predicate.js';
import { template, text, type Template } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { branch, hostForm, namePart, numberId, tag } from '../../principals/names.js';
import {
  access,
  assumeWithToken,
  audienceForm,
  audienceTest,
  federated,
  trustScope,
  webIdentity,
} from '../../principals/web-identity.js';

const name = (title: string, example: string, other: string) =>
  namePart({
    title,
    example,
    says: 'letters, digits and `._-`, spelled as Forgejo shows it',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    longest: 100,
    refuse: [
      { pattern: '^https?://', say: 'is a URL: write the name alone' },
      { pattern: '/', say: `holds a slash: write the name alone, and the other under \`${other}\`` },
    ],
  });

const refs = any(given('branches'), given('tags'));
const requests = is('pullRequests', true);
const ids = all(given('ownerId'), given('repositoryId'));

const inForm = (form: Predicate, start: Template) => [
  when(form, template`${start}:ref:refs/heads/${text('branches')}`),
  when(form, template`${start}:ref:refs/tags/${text('tags')}`),
  when(all(form, requests), template`${start}:pull_request`),
];

export const forgejoTrust = defineTrust({
  id: 'forgejo',
  title: 'Jobs of Forgejo Actions',
  summary: 'Lets jobs of one repository of a Forgejo instance in, such as Codeberg, by branch, tag or pull request.',
  excludes: 'Lets in no other repository, no fork, and no branch or tag that is not named.',
  options: {
    host: single(hostForm('Forgejo host', 'codeberg.org', 'forgejo.org'), 'The host of the instance.', {
      required: true,
    }),
    owner: single(
      name('Forgejo owner', 'acme', 'repository'),
      'The user or organization that the repository belongs to.',
      { required: true },
    ),
    repository: single(name('Forgejo repository', 'shop', 'owner'), 'The repository, without its owner.', {
      required: true,
    }),
    branches: list(branch, 'Branches that the jobs run on.', { scoped: true }),
    tags: list(tag, 'Tags that the jobs run on.', { scoped: true }),
    pullRequests: toggle('Let pull requests in: code that nobody has reviewed. Needs access read.'),
    ownerId: single(
      numberId('Forgejo id', '123456', 'the number behind the name in the subject'),
      'The id of the owner, where the subject has it.',
    ),
    repositoryId: single(
      numberId('Forgejo id', '456789', 'the number behind the name in the subject'),
      'The id of the repository, where the subject has it.',
    ),
    audience: single(audienceForm, 'What the tokens are for.', { default: 'sts.amazonaws.com' }),
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
    {
      path: 'repositoryId',
      if: all(given('ownerId'), not(given('repositoryId'))),
      say: 'missing: subjects have both ids or none',
    },
    {
      path: 'ownerId',
      if: all(given('repositoryId'), not(given('ownerId'))),
      say: 'missing: subjects have both ids or none',
    },
  ],
  notes: [
    {
      if: not(ids),
      say: 'the subject is by names, and newer repositories have their ids in it (`repo:OWNER-ID/REPOSITORY-ID:…`): look at a token, and give `ownerId` and `repositoryId` where it has them',
    },
    {
      if: requests,
      say: 'pull requests get in, so code that nobody has reviewed: give the role only what everybody may read',
      code: 'T06',
    },
    {
      if: is('scope', 'pattern'),
      say: 'who may make a branch or tag that is like a pattern gets in: protect these names',
    },
  ],
  widenings: [
    'AWS has no key for ids of Forgejo: where the subject is by names, a name that is registered again is the same one.',
    'Forgejo joins name and id by a hyphen: a repository without ids whose owner and name end in these numbers has the same subject.',
    'AWS has no key for workflow and event: every workflow of a branch gets in.',
  ],
  issuer: [template`${text('host')}/api/actions`],
  ownClaims: {
    language: 'yaml',
    code: `enable-openid-connect: true
jobs:
  claims:
    steps:
      - run: |
          curl -sS -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
            "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" |
            jq -r '.value | split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | . + ("=" * ((4 - length % 4) % 4)) | @base64d | fromjson'`,
    say: 'Only the claims are printed; the header and the signature, without which the token is worth nothing, are not.',
  },
  statements: [
    {
      sid: 'AssumeFromForgejo',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        audienceTest,
        {
          operator: { exact: 'StringEquals', wildcards: 'StringLike' },
          key: 'ISSUER:sub',
          values: [
            ...inForm(not(ids), template`repo:${text('owner')}/${text('repository')}`),
            ...inForm(
              ids,
              template`repo:${text('owner')}-${text('ownerId')}/${text('repository')}-${text('repositoryId')}`,
            ),
          ],
          reason: 'only these jobs of the repository',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'Forgejo, security with OpenID Connect',
          'https://forgejo.org/docs/next/user/actions/security-openid-connect',
        ),
      ],
    },
  ],
});
