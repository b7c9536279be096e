import { reference, vendor } from '../../../use-case/evidence.js';
import { single, type TextForm } from '../../../use-case/option.js';
import { given } from '../../../use-case/predicate.js';
import { text } from '../../../use-case/template.js';
import { defineTrust } from '../../../use-case/trust.js';
import { numberId } from '../../principals/names.js';
import { assumeWithToken, audienceForm, webIdentity } from '../../principals/web-identity.js';

const accountForm: TextForm = {
  title: 'unique id of a service account',
  example: '112233445566778899001',
  pattern: '^[0-9]{15,25}$',
  says: 'the number that `gcloud iam service-accounts describe` shows as `uniqueId`',
  shortest: 15,
  longest: 25,
  refuse: [{ pattern: '@', say: 'is an e-mail address, which another account may get: write the unique id' }],
};

const { sessionTags, sourceIdentity } = webIdentity;

export const googleCloudTrust = defineTrust({
  id: 'google-cloud',
  title: 'Service accounts of Google Cloud',
  summary: 'Lets one service account of Google Cloud in, such as that of Cloud Build or of a machine.',
  excludes: 'Lets in no other service account, no person, and no token for another audience.',
  options: {
    serviceAccountId: single(accountForm, 'The unique id of the service account.', { required: true }),
    audience: single(audienceForm, 'What the tokens are for, as `--audiences` says: a name of your own.', {
      required: true,
    }),
    organizationNumber: single(
      numberId('Google Cloud organization number', '123456789012', 'the number that `gcloud organizations list` shows'),
      'The organization that the service account must be of, which newer tokens name.',
    ),
    sessionTags,
    sourceIdentity,
  },
  notes: [
    {
      say: 'everybody gets in who may act as the service account or make tokens of it: `iam.serviceAccounts.getOpenIdToken` in Google Cloud decides',
    },
  ],
  widenings: ['The token names the service account and neither build nor branch.'],
  issuer: ['accounts.google.com'],
  ownClaims: {
    language: 'sh',
    code: `curl -sS -H 'Metadata-Flavor: Google' \\
  'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity?audience=AUDIENCE&format=full' |
  cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null || true`,
    say: 'The second part alone is printed, without the signature, so that nobody can use it.',
  },
  statements: [
    {
      sid: 'AssumeFromGoogleCloud',
      principal: {
        type: 'Federated',
        values: ['accounts.google.com'],
        reason: 'the provider of Google, which AWS knows without one in the account',
      },
      actions: assumeWithToken,
      conditions: [
        {
          operator: 'StringEquals',
          key: 'ISSUER:aud',
          values: [text('serviceAccountId')],
          reason: 'of Google, this is the `azp` of the token: who it was made for',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:oaud',
          values: [text('audience')],
          reason: 'of Google, this is the `aud` of the token: only tokens for this audience',
        },
        {
          operator: 'StringEquals',
          key: 'ISSUER:sub',
          values: [text('serviceAccountId')],
          reason: 'only this service account',
        },
        {
          operator: 'NumericEquals',
          key: 'ISSUER:google/organization_number',
          when: given('organizationNumber'),
          values: [text('organizationNumber')],
          reason: 'only while the service account is of this organization',
        },
      ],
      evidence: [
        reference('sts'),
        vendor(
          'IAM user guide, available keys for AWS OIDC federation',
          'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
        ),
      ],
    },
  ],
});
