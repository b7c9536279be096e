import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { azureDevopsTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const organizationId = 'a6c70ffc-2f73-0d9a-bcd8-b67a647a813a';
const retail = {
  organizationId,
  organization: 'acme',
  project: 'Retail',
  serviceConnections: ['aws-prod'],
  ...place,
} as const;

const token = {
  iss: `https://vstoken.dev.azure.com/${organizationId}`,
  aud: 'api://AzureADTokenExchange',
  sub: 'sc://acme/Retail/aws-prod',
  jti: '0a1b2c3d',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_000_600,
};

export const samples = defineTokens(azureDevopsTrust, [
  {
    name: 'default',
    options: retail,
    token,
    honest: [{ why: 'a run through the service connection' }],
    hostile: [
      { change: { sub: 'sc://acme/Retail/aws-dev' }, why: 'another service connection' },
      { change: { sub: 'sc://acme/Retail/aws-prod-2' }, why: 'one whose name begins alike' },
      { change: { sub: 'sc://acme/Lab/aws-prod' }, why: 'the name in another project' },
      { change: { sub: 'sc://acme/Retail 2/aws-prod' }, why: 'the project renamed, until the policy says so' },
      { change: { sub: 'sc://acmehq/Retail/aws-prod' }, why: 'the organization renamed, until the policy says so' },
      { change: { sub: 'sc://acme/RETAIL/aws-prod' }, why: 'the project in other letter case' },
      { change: { sub: null }, why: 'no subject' },
      {
        change: { iss: 'https://vstoken.dev.azure.com/99999999-0000-4000-8000-000000000009' },
        why: 'the name of the organization registered again: it has another id',
      },
      {
        change: { iss: 'https://login.microsoftonline.com/99999999-0000-4000-8000-000000000009/v2.0' },
        why: 'an issuer of Entra',
      },
      { change: { aud: 'sts.amazonaws.com' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { jti: 'other' }, why: 'another pipeline that was granted the connection' }],
  },
  {
    name: 'given-provider',
    options: {
      organizationId,
      organization: 'acme',
      project: 'Default Project',
      serviceConnections: ['aws-prod', 'aws-tools'],
      sessionTags: true,
      sourceIdentity: true,
      provider: `arn:aws:iam::123456789012:oidc-provider/vstoken.dev.azure.com/${organizationId}`,
    },
    token: { ...token, sub: 'sc://acme/Default Project/aws-tools' },
    honest: [{ why: 'the second service connection' }, ...carriesBoth],
    hostile: [{ change: { aud: null }, why: 'no audience' }],
  },
]);

export const refused = defineRefused(azureDevopsTrust, [
  {
    name: 'a name for the id',
    options: { ...retail, organizationId: 'acme' },
    says: /^organizationId: `acme` is no organization id/,
  },
  {
    name: 'a URL for the organization',
    options: { ...retail, organization: 'https://dev.azure.com/acme' },
    says: /^organization: .*here `acme`$/,
  },
  { name: 'a wildcard for the project', options: { ...retail, project: '*' }, says: /^project: .*wildcard/ },
  {
    name: 'a whole subject',
    options: { ...retail, serviceConnections: ['sc://acme/Retail/aws-prod'] },
    says: /^serviceConnections\[0\]: .*is a URL/,
  },
  {
    name: 'a connection with its project',
    options: { ...retail, serviceConnections: ['Retail/aws-prod'] },
    says: /^serviceConnections\[0\]: .*holds a slash/,
  },
  {
    name: 'an audience, which is always the same',
    options: { ...retail, audience: 'sts.amazonaws.com' },
    says: /^audience: `audience` is no option of `azure-devops`/,
  },
  {
    name: 'a provider of another organization',
    options: { ...retail, provider: 'arn:aws:iam::123456789012:oidc-provider/vstoken.dev.azure.com/x' },
    says: /^provider: .*is the provider of/,
  },
]);
