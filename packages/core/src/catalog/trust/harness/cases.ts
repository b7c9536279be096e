import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { harnessTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const accountId = 'kP3xT9vQ2mR7nL5wB8zC1d';
const store = { accountId, project: 'storefront', ...place } as const;
const subject = `account/${accountId}:org/default:project/storefront`;

const token = {
  iss: `https://app.harness.io/ng/api/oidc/account/${accountId}`,
  aud: 'sts.amazonaws.com',
  sub: subject,
  account_id: accountId,
  organization_id: 'default',
  project_id: 'storefront',
  connector_id: 'aws',
  connector_name: 'AWS',
  context: 'PIPELINE',
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(harnessTrust, [
  {
    name: 'default',
    options: store,
    token,
    honest: [{ why: 'a run in the project' }],
    hostile: [
      { change: { sub: `${subject}:pipeline/deploy` }, why: 'the subject with a pipeline, until the policy says so' },
      { change: { sub: subject.replace('storefront', 'lab') }, why: 'another project' },
      { change: { sub: `${subject}2` }, why: 'a project whose identifier begins alike' },
      { change: { sub: subject.replace('org/default', 'org/labs') }, why: 'another organization' },
      { change: { sub: `account/${accountId}` }, why: 'a connector of the whole account' },
      { change: { sub: `account/${accountId}:org/default` }, why: 'a connector of the organization' },
      { change: { sub: subject.replace('storefront', 'STOREFRONT') }, why: 'the identifier in other letter case' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: 'https://app.harness.io/ng/api/oidc/account/Qq1Ww2Ee3Rr4Tt5Yy6Uu7i' }, why: 'another account' },
      { change: { iss: token.iss.replace('app.', 'app3.') }, why: 'another cluster of Harness' },
      { change: { aud: 'jfrog' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { context: 'CONNECTOR' }, why: 'a person of the project who tests the connector' }],
  },
  {
    name: 'pipelines',
    options: {
      accountId,
      organization: 'retail',
      project: 'storefront',
      pipelines: ['deploy'],
      host: 'app3.harness.io',
      sessionTags: true,
      sourceIdentity: true,
      provider: `arn:aws:iam::123456789012:oidc-provider/app3.harness.io/ng/api/oidc/account/${accountId}`,
    },
    token: {
      ...token,
      iss: token.iss.replace('app.', 'app3.'),
      sub: `account/${accountId}:org/retail:project/storefront:pipeline/deploy`,
    },
    honest: [{ why: 'a run of the pipeline' }, ...carriesBoth],
    hostile: [
      {
        change: { sub: `account/${accountId}:org/retail:project/storefront` },
        why: 'a subject that names no pipeline',
      },
      { change: { sub: `account/${accountId}:org/retail:project/storefront:pipeline/test` }, why: 'another pipeline' },
    ],
  },
]);

export const refused = defineRefused(harnessTrust, [
  { name: 'a wildcard for the account', options: { ...store, accountId: '*' }, says: /^accountId: .*wildcard/ },
  { name: 'every project', options: { ...store, project: '*' }, says: /^project: .*wildcard/ },
  { name: 'a whole subject', options: { ...store, project: 'project/storefront' }, says: /^project: .*holds a slash/ },
  {
    name: 'an account that is none',
    options: { ...store, accountId: 'acme' },
    says: /^accountId: `acme` is no Harness account id/,
  },
  {
    name: 'a URL for the host',
    options: { ...store, host: 'https://app.harness.io/ng' },
    says: /^host: .*here `app.harness.io`$/,
  },
  {
    name: 'a provider of another account',
    options: { ...store, provider: 'arn:aws:iam::123456789012:oidc-provider/app.harness.io' },
    says: /^provider: .*is the provider of/,
  },
]);
