import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { forgejoTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const shop = { host: 'codeberg.org', owner: 'acme', repository: 'shop', ...place } as const;
const ids = { ownerId: '41', repositoryId: '712' } as const;
const onMain = 'repo:acme/shop:ref:refs/heads/main';
const byIds = 'repo:acme-41/shop-712';

const push = {
  iss: 'https://codeberg.org/api/actions',
  aud: 'sts.amazonaws.com',
  sub: onMain,
  actor: 'mfontaine',
  actor_id: '7',
  repository: 'acme/shop',
  repository_id: '712',
  repository_owner: 'acme',
  repository_owner_id: '41',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  event_name: 'push',
  sha: '12a0134871b2c82b5da9148fff18fab2c49b07de',
  workflow: 'deploy.yml',
  run_id: '5',
  run_number: '5',
  run_attempt: '1',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(forgejoTrust, [
  {
    name: 'default',
    options: { ...shop, branches: ['main'] },
    token: push,
    honest: [{ why: 'a push to the branch' }],
    hostile: [
      { change: { sub: 'repo:acme/shop:pull_request' }, why: 'a pull request' },
      { change: { sub: onMain.replace('main', 'x') }, why: 'another branch' },
      { change: { sub: `${onMain}-2` }, why: 'a branch whose name begins alike' },
      { change: { sub: 'repo:acme/shop:ref:refs/tags/main' }, why: 'a tag named like the branch' },
      { change: { sub: onMain.replace('acme', 'fork-user') }, why: 'a fork' },
      { change: { sub: onMain.replace('shop', 'shop-2') }, why: 'a repository whose name begins alike' },
      { change: { sub: onMain.replace('acme', 'Acme') }, why: 'the owner in other letter case' },
      { change: { sub: `${byIds}:ref:refs/heads/main` }, why: 'the subject with ids, until the policy says so' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: 'https://git.example.com/api/actions' }, why: 'another instance with the same names' },
      { change: { iss: 'https://token.actions.githubusercontent.com' }, why: 'GitHub with the same names' },
      { change: { aud: 'vault' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { repository_id: '999' }, why: 'the repository deleted and made again' }],
  },
  {
    name: 'ids',
    options: { ...shop, ...ids, branches: ['release/*'], tags: ['v*'], scope: 'pattern' },
    token: { ...push, sub: `${byIds}:ref:refs/tags/v2` },
    honest: [
      { why: 'a tag that is like the pattern' },
      { change: { sub: `${byIds}:ref:refs/heads/release/7` }, why: 'a branch that is' },
    ],
    hostile: [
      { change: { sub: 'repo:acme/shop:ref:refs/tags/v2' }, why: 'the tag, in a subject by names' },
      { change: { sub: 'repo:acme/shop:ref:refs/heads/release/7' }, why: 'the branch, in a subject by names' },
      { change: { sub: `${byIds}:pull_request` }, why: 'a pull request' },
      { change: { sub: 'repo:acme-42/shop-713:ref:refs/tags/v2' }, why: 'names taken over, with other ids' },
    ],
  },
  {
    name: 'tags',
    options: { ...shop, tags: ['v1'] },
    token: { ...push, sub: 'repo:acme/shop:ref:refs/tags/v1' },
    honest: [{ why: 'the tag' }],
    hostile: [{ change: { sub: `${byIds}:ref:refs/tags/v1` }, why: 'the subject with ids' }],
  },
  {
    name: 'pull-requests',
    options: { ...shop, pullRequests: true, access: 'read' },
    token: { ...push, sub: 'repo:acme/shop:pull_request' },
    honest: [{ why: 'a pull request' }],
    hostile: [
      { change: { sub: onMain }, why: 'a branch' },
      { change: { sub: `${byIds}:pull_request` }, why: 'the subject with ids' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      host: 'codeberg.org',
      owner: 'acme',
      repository: 'shop',
      ...ids,
      pullRequests: true,
      access: 'read',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/codeberg.org/api/actions',
    },
    token: { ...push, sub: `${byIds}:pull_request` },
    honest: [{ why: 'a pull request, with ids' }, ...carriesBoth],
    hostile: [{ change: { sub: 'repo:acme/shop:pull_request' }, why: 'the subject by names' }],
  },
]);

const one = { ...shop, branches: ['main'] };

export const refused = defineRefused(forgejoTrust, [
  { name: 'a wildcard in the owner', options: { ...one, owner: 'acme*' }, says: /^owner: .*wildcard/ },
  {
    name: 'an owner with a slash',
    options: { ...one, owner: 'acme/shop' },
    says: /^owner: .*holds a slash: .*`repository`$/,
  },
  {
    name: 'an id that is no number',
    options: { ...one, ownerId: 'x', repositoryId: '1' },
    says: /^ownerId: `x` is no Forgejo id/,
  },
  {
    name: 'one id alone',
    options: { ...one, ownerId: '41' },
    says: /^repositoryId: missing: subjects have both ids or none/,
  },
  {
    name: 'every branch',
    options: { ...one, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in/,
  },
  {
    name: 'pull requests for a role that writes',
    options: { ...shop, pullRequests: true },
    says: /^pullRequests: asks for a role that only reads/,
  },
  {
    name: 'a host with a path',
    options: { ...one, host: 'codeberg.org/api/actions' },
    says: /^host: .*here `codeberg.org`$/,
  },
  { name: 'nothing that says which jobs', options: shop, says: /^branches: missing, and so is `tags`/ },
  {
    name: 'a provider of another instance',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/git.example.com/api/actions' },
    says: /^provider: .*is the provider of/,
  },
]);
