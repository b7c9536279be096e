import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { googleCloudTrust } from './entry.js';

const id = '112233445566778899001';
const other = '998877665544332211009';
const orders = { serviceAccountId: id, audience: 'acme-orders' } as const;

/** Every claim that Google documents. */
const token = {
  iss: 'https://accounts.google.com',
  azp: id,
  aud: 'acme-orders',
  sub: id,
  email: 'deploy@acme.iam.gserviceaccount.com',
  email_verified: true,
  google: { organization_number: 123_456_789_012, compute_engine: { project_id: 'acme', zone: 'europe-west1-b' } },
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(googleCloudTrust, [
  {
    name: 'default',
    options: orders,
    token,
    honest: [
      { why: 'a token of the service account' },
      { change: { email: 'other@acme.iam.gserviceaccount.com' }, why: 'with another e-mail address' },
      { change: { google: null }, why: 'a token that names no organization' },
    ],
    hostile: [
      { change: { sub: other, azp: other }, why: 'another service account, for our audience' },
      { change: { sub: other }, why: 'another subject' },
      { change: { azp: other }, why: 'a token that was made for somebody else' },
      { change: { aud: 'acme-lab' }, why: 'another audience' },
      { change: { aud: 'sts.amazonaws.com' }, why: 'an audience that everybody uses' },
      { change: { sub: '555', azp: '32555940559.apps.googleusercontent.com' }, why: 'a token of a person' },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: null, azp: null }, why: 'no audience' },
      { change: { iss: 'https://accounts.mallory.example' }, why: 'another issuer' },
      {
        change: {
          iss: 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
          sub: 'system:serviceaccount:ci:x',
        },
        why: 'a token of a GKE cluster',
      },
      ...carriesMore,
    ],
    alike: [{ change: { jti: 'other' }, why: 'another build under the service account' }],
  },
  {
    name: 'organization',
    options: { ...orders, organizationNumber: '123456789012', sessionTags: true, sourceIdentity: true },
    token,
    honest: [{ why: 'a token of the service account' }, ...carriesBoth],
    hostile: [
      { change: { google: { organization_number: 999 } }, why: 'the service account in another organization' },
      { change: { google: null }, why: 'a token that names no organization' },
    ],
  },
]);

export const refused = defineRefused(googleCloudTrust, [
  {
    name: 'an e-mail address',
    options: { ...orders, serviceAccountId: 'deploy@acme.iam.gserviceaccount.com' },
    says: /^serviceAccountId: .*is an e-mail address/,
  },
  {
    name: 'a wildcard for the service account',
    options: { ...orders, serviceAccountId: '*' },
    says: /^serviceAccountId: .*wildcard/,
  },
  {
    name: 'a name for the organization',
    options: { ...orders, organizationNumber: 'acme.com' },
    says: /^organizationNumber: `acme.com` is no Google Cloud organization number/,
  },
  { name: 'no audience', options: { serviceAccountId: id }, says: /^audience: missing: for example/ },
  {
    name: 'an account, which the provider does not need',
    options: { ...orders, account: '123456789012' },
    says: /^account: `account` is no option of `google-cloud`/,
  },
]);
