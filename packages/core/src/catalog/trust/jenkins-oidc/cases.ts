import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { jenkinsOidcTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const shop = { jenkins: 'ci.example.com', jobs: ['job/shop/job/main/'], ...place } as const;
const url = 'https://ci.example.com/job/shop/job/main/';

const build = {
  iss: 'https://ci.example.com/oidc',
  aud: 'sts.amazonaws.com',
  sub: url,
  build_number: 118,
  iat: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(jenkinsOidcTrust, [
  {
    name: 'default',
    options: shop,
    token: build,
    honest: [{ why: 'a build of the job' }, { change: { build_number: 119 }, why: 'another build' }],
    hostile: [
      { change: { sub: url.replace('main', 'feature-x') }, why: 'the job of another branch' },
      { change: { sub: url.replace('main', 'PR-3') }, why: 'the job of a pull request' },
      { change: { sub: 'https://ci.example.com/job/lab/' }, why: 'another job' },
      { change: { sub: url.replace('main', 'main-2') }, why: 'a job whose name begins alike' },
      { change: { sub: url.slice(0, -1) }, why: 'the URL without its slash' },
      { change: { sub: `${url}job/x/` }, why: 'a job below' },
      { change: { sub: url.replace('https', 'http') }, why: 'the URL without encryption' },
      { change: { sub: 'jenkins:main:118' }, why: 'a claim template that holds the branch' },
      { change: { sub: null }, why: 'no subject' },
      { change: { iss: 'https://jenkins.mallory.example/oidc' }, why: 'another Jenkins' },
      { change: { iss: 'https://ci.example.com/job/team/oidc' }, why: 'a credential of a folder' },
      { change: { aud: 'vault' }, why: 'another audience' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { build_number: 120 }, why: 'a build that somebody started by hand' }],
  },
  {
    name: 'folder',
    options: {
      jenkins: 'ci.example.com',
      customSubjects: ['jenkins:shop:main'],
      issuer: 'ci.example.com/job/team/oidc',
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/ci.example.com/job/team/oidc',
    },
    token: { ...build, iss: 'https://ci.example.com/job/team/oidc', sub: 'jenkins:shop:main' },
    honest: [{ why: 'a build with the credential of the folder' }, ...carriesBoth],
    hostile: [
      { change: { sub: url }, why: 'the usual subject' },
      { change: { iss: 'https://ci.example.com/oidc' }, why: 'a credential of the whole Jenkins' },
    ],
  },
]);

export const refused = defineRefused(jenkinsOidcTrust, [
  {
    name: 'a scheme',
    options: { ...shop, jenkins: 'https://ci.example.com/' },
    says: /^jenkins: .*here `ci.example.com`$/,
  },
  {
    name: 'no encryption',
    options: { ...shop, jenkins: 'http://ci.example.com' },
    says: /^jenkins: .*is not encrypted/,
  },
  { name: 'a job by its name', options: { ...shop, jobs: ['shop'] }, says: /^jobs\[0\]: .*here `job\/shop\/`$/ },
  { name: 'a job without slash', options: { ...shop, jobs: ['job/shop'] }, says: /^jobs\[0\]: .*here `job\/shop\/`$/ },
  { name: 'a job by its URL', options: { ...shop, jobs: [url] }, says: /^jobs\[0\]: .*here `job\/shop\/job\/main\/`$/ },
  {
    name: 'the job of a pull request',
    options: { ...shop, jobs: ['job/shop/job/PR-3/'] },
    says: /^jobs\[0\]: .*is the job of a pull request/,
  },
  { name: 'every job', options: { ...shop, jobs: ['job/*/'] }, says: /^jobs\[0\]: .*wildcard/ },
  {
    name: 'no job',
    options: { jenkins: 'ci.example.com', ...place },
    says: /^jobs: missing, and so is `customSubjects`/,
  },
  {
    name: 'a provider of another Jenkins',
    options: { ...shop, provider: 'arn:aws:iam::123456789012:oidc-provider/ci.example.com' },
    says: /^provider: .*is the provider of/,
  },
]);
