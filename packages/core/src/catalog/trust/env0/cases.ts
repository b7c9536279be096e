import { defineRefused } from '../../cases.js';
import { defineTokens } from '../../tokens.js';
import { env0Trust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const projectId = 'b3131322-f067-a801-b799-a51a0249a923';
const templateId = 'c3131322-f067-a801-b799-a51a0249a923';
const environmentId = 'd3131322-f067-a801-b799-a51a0249a923';
const other = '99999999-0000-4000-8000-000000000009';
const organization = { organizationSubject: 'auth0|71bb22cc33dd44ee55ff6601', ...place } as const;
const tagsClaim = 'https://aws.amazon.com/tags';
const tags = {
  organizationId: [other],
  projectId: [projectId],
  templateId: [templateId],
  environmentId: [environmentId],
  deployerEmail: ['dev@example.com'],
};
const tagged = (change: object) => ({ [tagsClaim]: { principal_tags: { ...tags, ...change } } });

/** Every claim that env0 documents. */
const deployment = {
  iss: 'https://login.app.env0.com/',
  azp: 'hoMiq9PdkRh9LUvVpH4wIErWg50VSG1b',
  aud: ['https://app.env0.com', 'https://env0.auth0.com/userinfo'],
  sub: 'auth0|71bb22cc33dd44ee55ff6601',
  ...tagged({}),
  scope: 'openid profile email',
  iat: 1_793_000_000,
  exp: 1_793_086_400,
};

export const samples = defineTokens(env0Trust, [
  {
    name: 'default',
    options: { ...organization, projectIds: [projectId] },
    token: deployment,
    honest: [
      { why: 'a deployment of the project' },
      { change: tagged({ templateId: [other] }), why: 'of another template' },
      { change: tagged({ deployerEmail: ['second@example.com'] }), why: 'by another person' },
    ],
    hostile: [
      { change: tagged({ projectId: [other] }), why: 'another project of the organization' },
      { change: { sub: 'auth0|000000000000000000000000' }, why: 'another organization that carries our project' },
      { change: { sub: 'auth0|71bb22cc33dd44ee55ff66010' }, why: 'a subject that begins alike' },
      { change: { [tagsClaim]: null }, why: 'a token without session tags' },
      { change: { azp: 'OtherClientOfTheSameIssuer000000' }, why: 'another client of the issuer' },
      { change: { azp: null, aud: null }, why: 'no audience' },
      { change: { iss: 'https://login.app.env0.com' }, why: 'the issuer without its slash' },
      { change: { sub: null }, why: 'no subject' },
      {
        change: { 'https://aws.amazon.com/source_identity': 'x' },
        why: 'a source identity that the role does not take over',
      },
    ],
    alike: [{ change: { jti: 'other' }, why: 'another deployment of the project' }],
  },
  {
    name: 'environment',
    options: {
      organizationSubject: 'auth0|71bb22cc33dd44ee55ff6601',
      templateIds: [templateId],
      environmentIds: [environmentId],
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/login.app.env0.com/',
    },
    token: deployment,
    honest: [
      { why: 'a deployment of the environment' },
      { change: tagged({ projectId: [other] }), why: 'after it moved to another project' },
      { change: { 'https://aws.amazon.com/source_identity': 'x' }, why: 'with a source identity' },
    ],
    hostile: [
      { change: tagged({ environmentId: [other] }), why: 'another environment' },
      { change: tagged({ templateId: [other] }), why: 'another template' },
    ],
  },
]);

export const refused = defineRefused(env0Trust, [
  {
    name: 'the whole organization',
    options: organization,
    says: /^projectIds: missing, and so are `templateIds` and `environmentIds`: without one of them every deployment/,
  },
  {
    name: 'a wildcard for the subject',
    options: { ...organization, organizationSubject: 'auth0|*', projectIds: [projectId] },
    says: /^organizationSubject: .*wildcard/,
  },
  {
    name: 'an id for the subject',
    options: { ...organization, organizationSubject: projectId, projectIds: [projectId] },
    says: /^organizationSubject: .* is no subject of an env0 organization/,
  },
  { name: 'every project', options: { ...organization, projectIds: ['*'] }, says: /^projectIds\[0\]: .*wildcard/ },
  {
    name: 'a provider without the slash',
    options: {
      ...organization,
      projectIds: [projectId],
      provider: 'arn:aws:iam::123456789012:oidc-provider/login.app.env0.com',
    },
    says: /^provider: .*is the provider of `login.app.env0.com`, .*`login.app.env0.com\/`/,
  },
]);
