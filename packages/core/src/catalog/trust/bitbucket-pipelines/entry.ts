import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, toggle } from '../../../use-case/option.js';
import { all, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { namePart, uuid } from '../../principals/names.js';
import { assumeWithToken, audienceForm, federated, webIdentity } from '../../principals/web-identity.js';

const workspaceForm = namePart({
  title: 'Bitbucket workspace',
  example: 'acme',
  says: 'the last part of `https://bitbucket.org/WORKSPACE`, in lower case',
  pattern: '^[a-z0-9_-]+$',
  longest: 62,
  refuse: [
    {
      pattern: '^https?://bitbucket\\.org/([^/]+)(?:/.*)?$',
      say: 'is a URL: write the workspace in it alone',
      here: '`$1`',
    },
    { pattern: '^([^/]+)/.*$', say: 'holds a slash: write the workspace alone', here: '`$1`' },
  ],
});

const everyStep = is('everyStep', true);

export const bitbucketPipelinesTrust = defineTrust({
  id: 'bitbucket-pipelines',
  title: 'Steps of Bitbucket Pipelines',
  summary: 'Lets steps of one repository in that deploy to a deployment environment.',
  excludes:
    'Lets in no other repository, no step without a deployment, and no other environment, unless every step is asked for.',
  options: {
    workspace: single(workspaceForm, 'The workspace, as its address has it.', { required: true }),
    workspaceId: single(
      uuid('workspace id', '8d814c46-ba20-9eb0-a616-63d3e0c42ffc'),
      'The id of the workspace, which is the audience of its tokens.',
    ),
    repositoryId: single(uuid('repository id', '5c5d58f9-14d9-55b7-4148-1de70974567d'), 'The id of the repository.', {
      required: true,
    }),
    environmentIds: list(
      uuid('deployment environment id', '8068b4df-7332-7c64-bd08-a8c45a051c5b'),
      'The ids of the deployment environments.',
    ),
    everyStep: toggle('Let every step of the repository in, of every branch and environment.'),
    audience: single(audienceForm, 'What the tokens are for, where the step asks for an audience of its own.'),
    ...webIdentity,
  },
  refuse: [
    {
      path: 'workspaceId',
      if: all(not(given('workspaceId')), not(given('audience'))),
      say: 'missing, and no `audience` of its own is given',
    },
    {
      path: 'workspaceId',
      if: all(given('workspaceId'), given('audience')),
      say: 'and `audience` exclude each other: leave one out',
    },
    {
      path: 'environmentIds',
      if: all(not(given('environmentIds')), not(everyStep)),
      say: 'missing, and `everyStep` is not set',
    },
    {
      path: 'environmentIds',
      if: all(given('environmentIds'), everyStep),
      say: 'and `everyStep` exclude each other: leave one out',
    },
  ],
  notes: [
    {
      if: given('environmentIds'),
      say: 'a token names no branch: restrict the deployment environment to its branches in Bitbucket',
    },
    {
      if: everyStep,
      say: 'every step of the repository gets in, of every branch, pull request and deployment: name the environments',
      code: 'T05',
    },
    {
      if: given('audience'),
      say: 'any step of the workspace may ask for this audience: the subject alone says which repository it is',
    },
  ],
  widenings: [
    'The token names no branch: a deployment from any branch gets in that the environment itself lets in.',
    'The step is part of the subject and has another id in every run, so that it cannot be told from another of the same deployment.',
  ],
  issuer: [template`api.bitbucket.org/2.0/workspaces/${text('workspace')}/pipelines-config/identity/oidc`],
  ownClaims: {
    language: 'yaml',
    code: `- step:
    oidc: true
    script:
      - echo "$BITBUCKET_STEP_OIDC_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it; ids, issuer and audience also stand under Repository settings, OpenID Connect.',
  },
  statements: [
    {
      sid: 'AssumeFromBitbucketPipelines',
      principal: federated,
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [
            when(given('audience'), text('audience')),
            when(not(given('audience')), template`ari:cloud:bitbucket::workspace/${text('workspaceId')}`),
          ],
          reason: 'only tokens that were made for this audience',
        },
        {
          operator: 'StringLike',
          key: 'ISSUER:sub',
          values: [
            template`{${text('repositoryId')}}:{${text('environmentIds')}}:*`,
            when(everyStep, template`{${text('repositoryId')}}:*`),
          ],
          reason: 'only this repository and these environments: the step behind them is another one in every run',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'Bitbucket Pipelines, deploy on AWS with OpenID Connect',
          'https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/',
        ),
      ],
    },
  ],
});
