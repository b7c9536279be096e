import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { codefreshTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const accountId = 'a5d7a3c0b1c4ffd30b644c90';
const pipelineId = 'bde2e918255f53be601012ac';
const pipeline = { accountId, pipelineId, ...place } as const;
const start = `account:${accountId}:pipeline:${pipelineId}`;
const onMain = `${start}:scm_repo_url:https://github.com/acme/shop:scm_user_name:mfontaine:scm_ref:main`;

/** Every claim that Codefresh documents. */
const build = {
  iss: 'https://oidc.codefresh.io',
  aud: 'https://g.codefresh.io',
  sub: onMain,
  account_id: accountId,
  account_name: 'acme',
  pipeline_id: pipelineId,
  pipeline_name: 'shop/deploy',
  workflow_id: '64f4446fc5f5cd5ea4f5e3b1',
  initiator: 'mfontaine',
  scm_user_name: 'mfontaine',
  scm_repo_url: 'https://github.com/acme/shop',
  scm_ref: 'main',
  platform_url: 'https://g.codefresh.io',
  iat: 1_793_000_000,
  exp: 1_793_000_300,
};

export const samples = defineTokens(codefreshTrust, [
  {
    name: 'default',
    options: { ...pipeline, repositoryUrl: 'https://github.com/acme/shop', branches: ['main'] },
    token: build,
    honest: [
      { why: 'a push to the branch' },
      { change: { sub: onMain.replace('mfontaine', 'second') }, why: 'a push by another member' },
    ],
    hostile: [
      { change: { sub: onMain.replace('scm_ref:main', 'scm_ref:x') }, why: 'another branch' },
      { change: { sub: onMain.replace('scm_ref:main', 'scm_ref:x/main') }, why: 'a branch that ends so' },
      {
        change: { sub: `${onMain}:scm_pull_request_target_branch:main` },
        why: 'a pull request from a branch of the name',
      },
      {
        change: { sub: onMain.replace('mfontaine', 'a:scm_ref:main:x').replace(/main$/, 'evil') },
        why: 'a user whose name holds a part',
      },
      { change: { sub: `${start}:initiator:mfontaine` }, why: 'a build that was started by hand' },
      { change: { sub: start }, why: 'a build that a schedule started' },
      { change: { sub: onMain.replace('acme/shop', 'acme/shop-2') }, why: 'another repository' },
      { change: { sub: onMain.replace(pipelineId, '11f6ad8ec52a2984abaafd7c') }, why: 'another pipeline' },
      { change: { sub: onMain.replace(accountId, '95cb0bfd2977c761298d9624') }, why: 'another account' },
      { change: { sub: null }, why: 'no subject' },
      { change: { aud: 'https://cf.mallory.example' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { iss: 'https://oidc.codefresh.example' }, why: 'another issuer' },
      ...carriesMore,
    ],
    alike: [{ change: { workflow_id: 'other' }, why: 'a tag named like the branch' }],
  },
  {
    name: 'by-hand-and-schedule',
    options: { ...pipeline, initiators: ['mfontaine'], cron: true },
    token: { ...build, sub: `${start}:initiator:mfontaine` },
    honest: [{ why: 'a build that the user starts' }, { change: { sub: start }, why: 'a build by schedule' }],
    hostile: [
      { change: { sub: `${start}:initiator:second` }, why: 'a build that another user starts' },
      { change: { sub: onMain }, why: 'a push' },
    ],
  },
  {
    name: 'given-provider',
    options: {
      accountId,
      pipelineId,
      repositoryUrl: 'https://github.com/acme/shop',
      branches: ['release/*'],
      scope: 'pattern',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/oidc.codefresh.io',
    },
    token: { ...build, sub: onMain.replace(/main$/, 'release/7') },
    honest: [{ why: 'a branch that is like the pattern' }, ...carriesBoth],
    hostile: [{ change: { sub: onMain }, why: 'another branch' }],
  },
]);

const one = { ...pipeline, repositoryUrl: 'https://github.com/acme/shop', branches: ['main'] };

export const refused = defineRefused(codefreshTrust, [
  {
    name: 'a name for the pipeline',
    options: { ...one, pipelineId: 'shop/deploy' },
    says: /^pipelineId: .* is no Codefresh pipeline id/,
  },
  { name: 'a wildcard for the account', options: { ...one, accountId: '*' }, says: /^accountId: .*wildcard/ },
  {
    name: 'a URL as git clones it',
    options: { ...one, repositoryUrl: 'https://github.com/acme/shop.git' },
    says: /^repositoryUrl: .*here `https:\/\/github.com\/acme\/shop`$/,
  },
  {
    name: 'a URL without scheme',
    options: { ...one, repositoryUrl: 'github.com/acme/shop' },
    says: /^repositoryUrl: .*here `https:\/\/github.com\/acme\/shop`$/,
  },
  {
    name: 'every branch',
    options: { ...one, branches: ['*'], scope: 'pattern' },
    says: /^branches\[0\]: `\*` lets every branch in/,
  },
  {
    name: 'a user with a colon',
    options: { ...pipeline, initiators: ['a:b'] },
    says: /^initiators\[0\]: .*holds a colon/,
  },
  {
    name: 'a branch without its repository',
    options: { ...pipeline, branches: ['main'] },
    says: /^repositoryUrl: missing: in the subject/,
  },
  {
    name: 'a repository without branches',
    options: { ...pipeline, repositoryUrl: 'https://github.com/acme/shop', cron: true },
    says: /^repositoryUrl: says nothing without `branches`/,
  },
  { name: 'nothing that says which builds', options: pipeline, says: /^branches: missing, and so are `initiators`/ },
  {
    name: 'a tag for a branch',
    options: { ...one, branches: ['refs/tags/v1'] },
    says: /^branches\[0\]: .* is a tag, and this is for branches: name one$/,
  },
]);
