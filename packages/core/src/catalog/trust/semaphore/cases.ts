import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { semaphoreTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const projectId = '273515db-02c0-bdb4-fa91-7047a75ec217';
const shop = { organization: 'acme', projectId, repository: 'shop', ...place } as const;
const start = `org:acme:project:${projectId}:repo:shop`;
const onMain = `${start}:ref_type:branch:ref:refs/heads/main`;

/** Every claim that Semaphore documents. */
const push = {
  iss: 'https://acme.semaphoreci.com',
  aud: 'https://acme.semaphoreci.com',
  sub: onMain,
  org: 'acme',
  org_id: '0b3dd6a6-0000-4000-8000-000000000001',
  prj: 'shop',
  prj_id: projectId,
  repo: 'shop',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  job_type: 'pipeline_job',
  wf_id: '1b3dd6a6-0000-4000-8000-000000000001',
  ppl_id: '2b3dd6a6-0000-4000-8000-000000000001',
  job_id: '3b3dd6a6-0000-4000-8000-000000000001',
  branch: 'main',
  tag: '',
  pr: '',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_086_400,
};

export const samples = defineTokens(semaphoreTrust, [
  {
    name: 'default',
    options: { ...shop, branches: ['main'] },
    token: push,
    honest: [{ why: 'a job of the branch' }],
    hostile: [
      { change: { sub: onMain.replace('main', 'x') }, why: 'another branch' },
      { change: { sub: `${onMain}2` }, why: 'a branch whose name begins alike' },
      { change: { sub: `${start}:ref_type:tag:ref:refs/tags/main` }, why: 'a tag named like the branch' },
      { change: { sub: `${start}:ref_type:pull-request:ref:refs/pull/3/merge` }, why: 'a pull request' },
      { change: { sub: onMain.replace(projectId, 'a62f4667-1a57-968b-5915-8bfad2c48f8b') }, why: 'another project' },
      { change: { sub: onMain.replace('shop', 'shop2') }, why: 'a repository whose name begins alike' },
      {
        change: { sub: onMain.replace('acme', 'acmex'), iss: 'https://acmex.semaphoreci.com' },
        why: 'an organization whose name begins alike',
      },
      { change: { iss: 'https://ci.example.com' }, why: 'a Semaphore of somebody’s own'.replace('’', "'") },
      { change: { aud: 'https://acme.semaphoreci.com/' }, why: 'the audience with a slash at its end' },
      { change: { aud: 'sts.amazonaws.com' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      { change: { sub: null }, why: 'no subject' },
      ...carriesMore,
    ],
    alike: [{ change: { job_type: 'debug_job' }, why: "a person's debug job of the branch" }],
  },
  {
    name: 'tags',
    options: { ...shop, tags: ['v*'], scope: 'pattern' },
    token: { ...push, sub: `${start}:ref_type:tag:ref:refs/tags/v2` },
    honest: [{ why: 'a tag that is like the pattern' }],
    hostile: [{ change: { sub: `${start}:ref_type:branch:ref:refs/heads/v2` }, why: 'a branch named so' }],
  },
  {
    name: 'pull-requests',
    options: { ...shop, pullRequests: true, access: 'read' },
    token: { ...push, sub: `${start}:ref_type:pull-request:ref:refs/pull/3/merge` },
    honest: [{ why: 'a pull request' }],
    hostile: [
      { change: { sub: onMain }, why: 'a branch' },
      {
        change: { sub: `org:acme:project:${projectId}:repo:shop2:ref_type:pull-request:ref:refs/pull/3/merge` },
        why: 'another repository',
      },
    ],
  },
  {
    name: 'own-host',
    options: { ...shop, branches: ['main'], host: 'acme.sub127.com' },
    token: { ...push, iss: 'https://acme.sub127.com', aud: 'https://acme.sub127.com' },
    honest: [{ why: 'a job of the branch' }],
    hostile: [
      { change: { iss: 'https://acme.semaphoreci.com' }, why: 'semaphoreci.com with the same names' },
      { change: { aud: 'https://acme.semaphoreci.com' }, why: 'the audience of semaphoreci.com' },
    ],
  },
  {
    name: 'own-audience',
    options: {
      organization: 'acme',
      projectId,
      repository: 'shop',
      branches: ['main'],
      audience: 'sts.amazonaws.com',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/acme.semaphoreci.com',
    },
    token: { ...push, aud: 'sts.amazonaws.com' },
    honest: [{ why: 'a job of the branch' }, ...carriesBoth],
    hostile: [{ change: { aud: 'https://acme.semaphoreci.com' }, why: 'the usual audience' }],
  },
  {
    name: 'own-host-and-audience',
    options: { ...shop, branches: ['main'], host: 'acme.sub127.com', audience: 'sts.amazonaws.com' },
    token: { ...push, iss: 'https://acme.sub127.com', aud: 'sts.amazonaws.com' },
    honest: [{ why: 'a job of the branch' }],
    hostile: [{ change: { aud: 'https://acme.sub127.com' }, why: 'the usual audience' }],
  },
]);

const one = { ...shop, branches: ['main'] };

export const refused = defineRefused(semaphoreTrust, [
  {
    name: 'a host for the organization',
    options: { ...one, organization: 'https://acme.semaphoreci.com' },
    says: /^organization: .*here `acme`$/,
  },
  {
    name: 'a wildcard in the organization',
    options: { ...one, organization: 'acme*' },
    says: /^organization: .*wildcard/,
  },
  {
    name: 'a repository with its owner',
    options: { ...one, repository: 'acme/shop' },
    says: /^repository: .*here `shop`$/,
  },
  {
    name: 'a name for the project',
    options: { ...one, projectId: 'shop' },
    says: /^projectId: `shop` is no project id/,
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
  { name: 'nothing that says which jobs', options: shop, says: /^branches: missing, and so is `tags`/ },
  {
    name: 'a provider of another organization',
    options: { ...one, provider: 'arn:aws:iam::123456789012:oidc-provider/mallory.semaphoreci.com' },
    says: /^provider: .*is the provider of/,
  },
]);
