import { oneOf, single, toggle, type ResourceForm, type TextForm } from '../../use-case/option.js';
import { given, is, not, when } from '../../use-case/predicate.js';
import { account, arn, issuer, partition, template, text } from '../../use-case/template.js';
import type { PrincipalTemplate } from '../../use-case/trust.js';
import type { ConditionTemplate } from '../../use-case/use-case.js';
import { rolePlace } from './place.js';

/**
 * An identity provider in IAM, named by its issuer.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
const oidcProvider: ResourceForm<'AWS::IAM::OIDCProvider'> = {
  types: ['AWS::IAM::OIDCProvider'],
  title: 'IAM OIDC identity provider',
  example: 'token.actions.githubusercontent.com',
  pattern: '^[A-Za-z0-9.-]+(:[0-9]+)?(/[^\\s*?]*)?$',
  says: 'the issuer without `https://`',
  shortest: 3,
  longest: 255,
  refuse: [
    {
      pattern: '^https?://(.+)$',
      say: 'is a URL: write the ARN of the provider, or the issuer without its scheme',
      here: '`$1`',
    },
    {
      pattern: '^arn:[^:]*:iam:[^:]*:[^:]*:saml-provider/',
      say: 'is a SAML provider: tokens come from one that is called `oidc-provider/`',
    },
  ],
  arn: { service: 'iam', regional: false, account: true, resource: ['oidc-provider/', { slot: 'itself' }] },
};

/** The audience that a token is for. */
export const audienceForm: TextForm = {
  title: 'audience',
  example: 'sts.amazonaws.com',
  pattern: '^[^\\s*?]*[A-Za-z0-9][^\\s*?]*$',
  says: 'the `aud` of the tokens, without blanks',
  shortest: 1,
  longest: 255,
  refuse: [
    {
      pattern: '^https?://(sts\\.[^/:]+)([/:].*)?$',
      say: 'has a scheme, and the audience of AWS STS has none: write it without',
      here: '`$1`',
    },
    {
      pattern: '^(sts\\.[a-z0-9.-]*amazonaws\\.[a-z.]+)[/:].*$',
      say: 'has a port or a path, and the audience of AWS STS has none: write the host alone',
      here: '`$1`',
    },
    {
      pattern: '^https?://(aws\\.workload\\.identity)/?$',
      say: 'has a scheme, and the audience of HCP Terraform has none: write it without',
      here: '`$1`',
    },
  ],
};

/** What a trust entry with tokens asks of the role besides. */
export const webIdentity = {
  sessionTags: toggle('Let the tokens set session tags too, which some providers put into them.'),
  sourceIdentity: toggle('Let the tokens set a source identity too.'),
  provider: single(oidcProvider, 'The identity provider in IAM, by its ARN; in the place of account and partition.', {
    anchors: ['partition', 'account'],
  }),
  ...rolePlace,
};

/** The provider in the account of the role. */
export const federated: PrincipalTemplate = {
  type: 'Federated',
  values: [
    when(given('provider'), arn('provider')),
    when(not(given('provider')), template`arn:${partition}:iam::${account}:oidc-provider/${issuer}`),
  ],
  reason: 'the one identity provider whose tokens are taken, in the account of the role',
};

/** What a web identity calls: nothing else lets a token in. */
export const assumeWithToken = {
  'sts:AssumeRoleWithWebIdentity': 'trade a token of the provider for credentials of the role',
  'sts:TagSession': when(is('sessionTags', true), 'take over the session tags that the token carries'),
  'sts:SetSourceIdentity': when(is('sourceIdentity', true), 'take over the source identity that the token carries'),
};

/** Whether names may be patterns. */
export const trustScope = oneOf(['exact', 'pattern'], 'Whether branches and tags may be patterns with * and ?.', {
  default: 'exact',
});

/** What the role may do, which decides whether code that nobody has reviewed may have it. */
export const access = oneOf(['read-write', 'read'], 'What the role may do with what it reaches.', {
  default: 'read-write',
});

/** The test of the audience that `audience` says. */
export const audienceTest: ConditionTemplate = {
  operator: 'StringEquals',
  key: 'ISSUER:aud',
  values: [text('audience')],
  reason: 'only tokens that were made for this audience',
};
