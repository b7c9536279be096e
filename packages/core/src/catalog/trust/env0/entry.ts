import { reference, vendor } from '../../../use-case/evidence.js';
import { list, single, type TextForm } from '../../../use-case/option.js';
import { any, given, is, not, when } from '../../../use-case/predicate.js';
import { template, text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { uuid } from '../../principals/names.js';
import { audienceForm, audienceTest, federated, webIdentity } from '../../principals/web-identity.js';

const subjectForm: TextForm = {
  title: 'subject of an env0 organization',
  example: 'auth0|71bb22cc33dd44ee55ff6601',
  pattern: '^auth0\\|[0-9A-Za-z]+$',
  says: '`auth0|` and what stands behind it, as the settings of the organization show it',
  shortest: 7,
  longest: 100,
};

const { sourceIdentity, provider, account, partition } = webIdentity;

export const env0Trust = defineTrust({
  id: 'env0',
  title: 'Deployments of env0',
  summary: 'Lets deployments of single projects, templates or environments of one env0 organization in.',
  excludes: 'Lets in no other organization, and no deployment of another project.',
  options: {
    organizationSubject: single(subjectForm, 'The subject of the organization, which all its tokens have.', {
      required: true,
    }),
    projectIds: list(uuid('project id', 'b3131322-f067-a801-b799-a51a0249a923'), 'The projects.'),
    templateIds: list(uuid('template id', 'c3131322-f067-a801-b799-a51a0249a923'), 'The templates.'),
    environmentIds: list(uuid('environment id', 'd3131322-f067-a801-b799-a51a0249a923'), 'The environments.'),
    audience: single(audienceForm, 'The client id of env0, which is the same for all its customers.', {
      default: 'hoMiq9PdkRh9LUvVpH4wIErWg50VSG1b',
    }),
    sourceIdentity,
    provider,
    account,
    partition,
  },
  refuse: [
    {
      path: 'projectIds',
      if: not(any(given('projectIds'), given('templateIds'), given('environmentIds'))),
      say: 'missing, and so are `templateIds` and `environmentIds`: without one of them every deployment of the organization gets in',
    },
  ],
  notes: [
    {
      say: 'the tokens carry session tags, by which the policy tells the project: the issuer ends in a slash, and so does the ARN of its provider',
    },
  ],
  widenings: [
    'Whoever may deploy in the project gets in: the subject is that of the whole organization, and the tags name project, template and environment.',
  ],
  issuer: ['login.app.env0.com/'],
  ownClaims: {
    language: 'yaml',
    code: `deploy:
  steps:
    setupVariables:
      after:
        - echo "$ENV0_OIDC_TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromEnv0',
      principal: federated,
      actions: {
        'sts:AssumeRoleWithWebIdentity': 'trade a token of the provider for credentials of the role',
        'sts:TagSession': 'take over the session tags that every token carries: they tell the project',
        'sts:SetSourceIdentity': when(
          is('sourceIdentity', true),
          'take over the source identity that the token carries',
        ),
      },
      conditions: [
        { ...audienceTest, reason: 'only tokens of env0 itself, whose `azp` this is' },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [text('organizationSubject')],
          reason: 'only this organization: the issuer and the audience are those of all customers',
        },
        {
          operator: 'StringEquals',
          key: 'aws:RequestTag/projectId',
          when: given('projectIds'),
          values: [template`${text('projectIds')}`],
          reason: 'only these projects of the organization',
        },
        {
          operator: 'StringEquals',
          key: 'aws:RequestTag/templateId',
          when: given('templateIds'),
          values: [template`${text('templateIds')}`],
          reason: 'only these templates',
        },
        {
          operator: 'StringEquals',
          key: 'aws:RequestTag/environmentId',
          when: given('environmentIds'),
          values: [template`${text('environmentIds')}`],
          reason: 'only these environments',
        },
      ],
      evidence: [
        reference('sts'),
        vendor('env0, OIDC with AWS', 'https://docs.envzero.com/guides/integrations/oidc-integrations/oidc-with-aws'),
      ],
    },
  ],
});
