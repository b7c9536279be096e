import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { pulumiCloudTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const website = { organization: 'acme', project: 'website', stacks: ['prod'], ...place } as const;
const update = 'pulumi:deploy:org:acme:project:website:stack:prod:operation:update:scope:write';
const opened = 'pulumi:environments:org:acme:env:website/prod';

/** Every claim that Pulumi documents for Deployments. */
const deployment = {
  iss: 'https://api.pulumi.com/oidc',
  aud: 'acme',
  sub: update,
  jti: '0f1e2d3c',
  org: 'acme',
  project: 'website',
  stack: 'acme/website/prod',
  operation: 'update',
  deployment: '41',
  scope: 'write',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(pulumiCloudTrust, [
  {
    name: 'default',
    options: { ...website, operation: 'update' },
    token: deployment,
    honest: [{ why: 'an update of the stack' }],
    hostile: [
      { change: { sub: update.replace('update', 'preview') }, why: 'a preview, so a pull request' },
      { change: { sub: update.replace('update', 'destroy') }, why: 'a run that destroys' },
      { change: { sub: update.replace('update', 'refresh') }, why: 'a refresh' },
      { change: { sub: update.replace('stack:prod', 'stack:dev') }, why: 'another stack' },
      { change: { sub: update.replace('stack:prod', 'stack:prod-2') }, why: 'a stack whose name begins alike' },
      { change: { sub: update.replace('website', 'lab') }, why: 'another project' },
      { change: { sub: update.replace('acme', 'mallory') }, why: 'another organization that asks for our audience' },
      {
        change: { sub: update.replace('acme', 'acmex'), aud: 'acmex' },
        why: 'an organization whose name begins alike',
      },
      { change: { sub: opened }, why: 'an environment of ESC' },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: 'aws:acme' }, why: 'the audience of ESC' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://api.pulumi.com/oidc/v2' }, why: 'the second issuer of Pulumi' },
      { change: { iss: 'https://api.pulumi.com' }, why: 'the issuer without its path' },
      ...carriesMore,
    ],
    alike: [{ change: { deployment: '1' }, why: 'the name of the organization registered again' }],
  },
  {
    name: 'esc',
    options: { organization: 'acme', environments: ['website/prod', 'shared'], ...place },
    token: { ...deployment, sub: opened, aud: 'aws:acme' },
    honest: [
      { why: 'the environment' },
      { change: { sub: 'pulumi:environments:org:acme:env:shared' }, why: 'one of the default project' },
    ],
    hostile: [
      { change: { sub: `${opened}2` }, why: 'an environment whose name begins alike' },
      { change: { sub: opened.replace('website/', 'lab/') }, why: 'another project' },
      { change: { sub: opened.replace('website/', '') }, why: 'the name in the default project' },
      { change: { sub: 'pulumi:environments:org:acme:env:yaml' }, why: 'an environment while it is edited' },
      { change: { sub: opened.replace('acme', 'mallory') }, why: 'another organization' },
      { change: { aud: 'acme' }, why: 'the audience of Deployments' },
      { change: { aud: null }, why: 'no audience' },
    ],
  },
  {
    name: 'own-audience',
    options: {
      organization: 'acme',
      project: 'website',
      stacks: ['prod'],
      operation: 'update',
      audience: 'sts.amazonaws.com',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/api.pulumi.com/oidc',
    },
    token: { ...deployment, aud: 'sts.amazonaws.com' },
    honest: [{ why: 'an update' }, ...carriesBoth],
    hostile: [{ change: { aud: 'acme' }, why: 'the usual audience' }],
  },
  {
    name: 'esc-own-audience',
    options: { organization: 'acme', environments: ['website/prod'], audience: 'sts.amazonaws.com', ...place },
    token: { ...deployment, sub: opened, aud: 'sts.amazonaws.com' },
    honest: [{ why: 'the environment' }],
    hostile: [{ change: { aud: 'aws:acme' }, why: 'the usual audience' }],
  },
]);

const one = { ...website, operation: 'update' };

export const refused = defineRefused(pulumiCloudTrust, [
  {
    name: 'a wildcard for the organization',
    options: { ...one, organization: '*' },
    says: /^organization: .*wildcard/,
  },
  {
    name: 'a stack with its project',
    options: { ...one, stacks: ['website/prod'] },
    says: /^stacks\[0\]: .*holds a slash/,
  },
  {
    name: 'an operation that is none',
    options: { ...one, operation: 'up' },
    says: /^operation: `up` is no operation: use preview/,
  },
  { name: 'every operation', options: { ...one, operation: '*' }, says: /^operation: .*wildcard/ },
  { name: 'no operation', options: website, says: /^operation: missing: a preview runs code/ },
  {
    name: 'no project',
    options: { organization: 'acme', stacks: ['prod'], operation: 'update', ...place },
    says: /^project: missing: in the subject/,
  },
  {
    name: 'an environment with its organization',
    options: { organization: 'acme', environments: ['acme/website/prod'], ...place },
    says: /^environments\[0\]: .*here `website\/prod`$/,
  },
  {
    name: 'an environment at a version',
    options: { organization: 'acme', environments: ['website/prod@3'], ...place },
    says: /^environments\[0\]: .*names a version/,
  },
  {
    name: 'stacks and environments',
    options: { ...one, environments: ['website/prod'] },
    says: /^environments: and what Pulumi Deployments runs exclude/,
  },
  { name: 'nobody', options: { organization: 'acme', ...place }, says: /^stacks: missing, and so is `environments`/ },
  {
    name: 'a provider of the second issuer',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/api.pulumi.com/oidc/v2' },
    says: /^provider: .*is the provider of/,
  },
]);
