import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { circleciTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const organizationId = 'b74494ec-04d2-b880-c3ea-89b1e3cb06bd';
const projectId = 'b93e1ba7-8f05-a362-ca91-6c8a67c545b0';
const other = '54fc2376-b32b-b764-acd5-03edcdf6a8d1';
const user = '5d0c0a1e-7f0f-4f53-9b62-6a1c3f9f0e11';
const project = { organizationId, projectId, ...place } as const;
const version1 = `org/${organizationId}/project/${projectId}/user/${user}`;
const onMain = `${version1}/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main`;

/** Every claim that CircleCI documents. */
const push = {
  iss: `https://oidc.circleci.com/org/${organizationId}`,
  aud: organizationId,
  sub: onMain,
  'oidc.circleci.com/project-id': projectId,
  'oidc.circleci.com/context-ids': ['c0000000-0000-4000-8000-000000000001'],
  'oidc.circleci.com/vcs-origin': 'github.com/acme/shop',
  'oidc.circleci.com/vcs-ref': 'refs/heads/main',
  'oidc.circleci.com/ssh-rerun': false,
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(circleciTrust, [
  {
    name: 'default',
    options: { ...project, vcsOrigin: 'github.com/acme/shop', branches: ['main'] },
    token: push,
    honest: [
      { why: 'a job of the branch' },
      { change: { sub: onMain.replace(user, other) }, why: 'a job that another member started' },
    ],
    hostile: [
      { change: { sub: version1 }, why: 'the first token, which names no branch' },
      { change: { sub: onMain.replace('heads/main', 'heads/x') }, why: 'another branch' },
      { change: { sub: onMain.replace('heads/main', 'heads/main-2') }, why: 'a branch whose name begins alike' },
      { change: { sub: onMain.replace('heads/main', 'tags/main') }, why: 'a tag named like the branch' },
      { change: { sub: onMain.replace('heads/main', 'pull/4/head') }, why: 'a pull request' },
      { change: { sub: onMain.replace('acme/', 'fork-user/') }, why: 'a fork' },
      { change: { sub: onMain.replace('shop', 'shop-2') }, why: 'another repository of the project' },
      {
        change: { sub: onMain.replace(projectId, other), 'oidc.circleci.com/project-id': other },
        why: 'another project that builds the repository',
      },
      { change: { 'oidc.circleci.com/project-id': null }, why: 'a token that names no project' },
      { change: { iss: `https://oidc.circleci.com/org/${other}` }, why: 'another organization' },
      { change: { iss: 'https://oidc.circleci.com' }, why: 'the issuer that all organizations share' },
      { change: { aud: 'sts.amazonaws.com' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [
      { change: { 'oidc.circleci.com/ssh-rerun': true }, why: 'a rerun with SSH, in the hands of a person' },
      {
        change: { sub: onMain.replace('heads/main', `heads/x${onMain.slice(version1.length)}`) },
        why: 'a branch whose name ends like the subject of the branch that is named',
      },
    ],
  },
  {
    name: 'tags',
    options: { ...project, vcsOrigin: 'github.com/acme/shop', tags: ['v*'], scope: 'pattern' },
    token: { ...push, sub: onMain.replace('heads/main', 'tags/v2') },
    honest: [{ why: 'a tag that is like the pattern' }],
    hostile: [{ change: { sub: onMain.replace('heads/main', 'heads/v2') }, why: 'a branch named so' }],
  },
  {
    name: 'every-branch',
    options: { ...project, everyBranch: true },
    token: push,
    honest: [{ why: 'a job of any branch' }, { change: { sub: version1 }, why: 'with the first token' }],
    hostile: [
      {
        change: { sub: onMain.replace(projectId, other), 'oidc.circleci.com/project-id': other },
        why: 'another project',
      },
      { change: { 'oidc.circleci.com/project-id': other }, why: 'a subject that holds the project in another place' },
    ],
  },
  {
    name: 'own-audience',
    options: {
      organizationId,
      projectId,
      vcsOrigin: 'github.com/acme/shop',
      branches: ['main'],
      audience: 'sts.amazonaws.com',
      sessionTags: true,
      sourceIdentity: true,
      provider: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${organizationId}`,
    },
    token: { ...push, aud: 'sts.amazonaws.com' },
    honest: [{ why: 'a job that asks for the audience' }, ...carriesBoth],
    hostile: [{ change: { aud: organizationId }, why: 'the usual audience' }],
  },
]);

const one = { ...project, vcsOrigin: 'github.com/acme/shop', branches: ['main'] };

export const refused = defineRefused(circleciTrust, [
  {
    name: 'a slug for the organization',
    options: { ...one, organizationId: 'gh/acme' },
    says: /^organizationId: `gh\/acme` is no CircleCI organization id/,
  },
  { name: 'a wildcard for the project', options: { ...one, projectId: '*' }, says: /^projectId: .*wildcard/ },
  {
    name: 'a URL for the origin',
    options: { ...one, vcsOrigin: 'https://github.com/acme/shop.git' },
    says: /^vcsOrigin: .*here `github.com\/acme\/shop`$/,
  },
  { name: 'an origin without host', options: { ...one, vcsOrigin: 'acme/shop' }, says: /^vcsOrigin: .*has no host/ },
  {
    name: 'every branch by a pattern',
    options: { ...one, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in/,
  },
  {
    name: 'a branch without its repository',
    options: { ...project, branches: ['main'] },
    says: /^vcsOrigin: missing: in the subject it stands before the branch/,
  },
  { name: 'no branch', options: project, says: /^branches: missing, and neither `tags` nor `everyBranch` is given/ },
  { name: 'every branch beside one', options: { ...one, everyBranch: true }, says: /^everyBranch: and the names/ },
  {
    name: 'a provider of another organization',
    options: { ...one, provider: `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${other}` },
    says: /^provider: .*is the provider of/,
  },
]);
