import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { scalrTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const network = {
  accountName: 'acme',
  environment: 'prod',
  workspaces: ['network'],
  audience: 'acme-aws',
  ...place,
} as const;
const subject = 'account:acme:environment:prod:workspace:network';

const run = {
  iss: 'https://scalr.io',
  aud: 'acme-aws',
  sub: subject,
  jti: '1',
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(scalrTrust, [
  {
    name: 'default',
    options: network,
    token: run,
    honest: [{ why: 'a run of the workspace' }],
    hostile: [
      { change: { sub: subject.replace('network', 'lab') }, why: 'another workspace' },
      { change: { sub: `${subject}2` }, why: 'a workspace whose name begins alike' },
      { change: { sub: subject.replace('prod', 'dev') }, why: 'another environment' },
      { change: { sub: subject.replace('prod', 'prod2') }, why: 'an environment whose name begins alike' },
      { change: { sub: subject.replace('acme', 'mallory') }, why: 'another account, whose audience may be the same' },
      { change: { sub: subject.replace('acme', 'acmex') }, why: 'an account whose name begins alike' },
      { change: { sub: subject.replace('acme', 'acme-hq') }, why: 'the account renamed, until the policy says so' },
      { change: { sub: subject.replace('acme', 'ACME') }, why: 'the account in other letter case' },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: 'x-aws' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://acme.scalr.io' }, why: 'another issuer' },
      ...carriesMore,
    ],
    alike: [{ change: { jti: '2' }, why: 'the name of the account registered again' }],
  },
  {
    name: 'given-provider',
    options: {
      accountName: 'acme',
      environment: 'prod',
      workspaces: ['network', 'data'],
      audience: 'acme-aws',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/scalr.io',
    },
    token: { ...run, sub: subject.replace('network', 'data') },
    honest: [{ why: 'a run of the second workspace' }, ...carriesBoth],
    hostile: [{ change: { aud: null }, why: 'no audience' }],
  },
]);

export const refused = defineRefused(scalrTrust, [
  {
    name: 'a host for the account',
    options: { ...network, accountName: 'acme.scalr.io' },
    says: /^accountName: .*here `acme`$/,
  },
  {
    name: 'a wildcard in the account',
    options: { ...network, accountName: 'acme*' },
    says: /^accountName: .*wildcard/,
  },
  { name: 'every workspace', options: { ...network, workspaces: ['*'] }, says: /^workspaces\[0\]: .*wildcard/ },
  {
    name: 'a workspace with a colon',
    options: { ...network, workspaces: ['a:b'] },
    says: /^workspaces\[0\]: .*holds a colon/,
  },
  {
    name: 'no audience',
    options: { accountName: 'acme', environment: 'prod', workspaces: ['network'], ...place },
    says: /^audience: missing: for example/,
  },
  {
    name: 'a provider of another issuer',
    options: { ...network, provider: 'arn:aws:iam::123456789012:oidc-provider/acme.scalr.io' },
    says: /^provider: .*is the provider of/,
  },
]);
