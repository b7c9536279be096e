import { defineRefused } from '../../cases.js';
import { carriesBoth, carriesMore, defineTokens } from '../../tokens.js';
import { vercelTrust } from './entry.js';

const place = { account: '123456789012', partition: 'aws' } as const;
const shop = { team: 'acme', projects: ['shop'], environments: ['production'], ...place } as const;
const subject = 'owner:acme:project:shop:environment:production';

/** Every claim that Vercel documents. */
const deployment = {
  iss: 'https://oidc.vercel.com/acme',
  aud: 'https://vercel.com/acme',
  sub: subject,
  scope: subject,
  owner: 'acme',
  owner_id: 'team_7Gw5ZMzpQA8h90F832KGp7nwbuh3',
  project: 'shop',
  project_id: 'prj_7Gw5ZMBpQA8h9GF832KGp7nwbuh3',
  environment: 'production',
  iat: 1_793_000_000,
  nbf: 1_793_000_000,
  exp: 1_793_003_600,
};

export const samples = defineTokens(vercelTrust, [
  {
    name: 'default',
    options: shop,
    token: deployment,
    honest: [{ why: 'a deployment to production' }],
    hostile: [
      { change: { sub: subject.replace('production', 'preview') }, why: 'a preview, so any branch' },
      { change: { sub: subject.replace('production', 'development') }, why: "a developer's machine" },
      { change: { sub: subject.replace('shop', 'lab') }, why: 'another project' },
      { change: { sub: subject.replace('shop', 'shop-2') }, why: 'a project whose name begins alike' },
      { change: { sub: subject.replace('acme', 'mallory') }, why: 'another team' },
      { change: { sub: null }, why: 'no subject' },
      {
        change: { iss: 'https://oidc.vercel.com/mallory', aud: 'https://vercel.com/mallory' },
        why: 'the issuer of another team',
      },
      { change: { iss: 'https://oidc.vercel.com' }, why: 'the issuer that all teams share' },
      { change: { aud: 'https://vercel.com/mallory' }, why: 'the audience of another team' },
      { change: { aud: null }, why: 'no audience' },
      ...carriesMore,
    ],
    alike: [{ change: { owner_id: 'team_other' }, why: 'the slug of the team taken over' }],
  },
  {
    name: 'preview',
    options: { ...shop, environments: ['preview'], access: 'read' },
    token: { ...deployment, sub: subject.replace('production', 'preview') },
    honest: [{ why: 'a preview' }],
    hostile: [{ change: { sub: subject }, why: 'a deployment to production' }],
  },
  {
    name: 'global-issuer',
    options: {
      team: 'acme',
      projects: ['shop', 'blog'],
      environments: ['production'],
      globalIssuer: true,
      sessionTags: true,
      sourceIdentity: true,
      provider: 'arn:aws:iam::123456789012:oidc-provider/oidc.vercel.com',
    },
    token: { ...deployment, iss: 'https://oidc.vercel.com', sub: subject.replace('shop', 'blog') },
    honest: [{ why: 'a deployment of the second project' }, ...carriesBoth],
    hostile: [
      { change: { iss: 'https://oidc.vercel.com/acme' }, why: 'the issuer of the team' },
      { change: { aud: 'https://vercel.com/mallory', sub: subject.replace('acme', 'mallory') }, why: 'another team' },
    ],
  },
]);

export const refused = defineRefused(vercelTrust, [
  { name: 'a wildcard for the team', options: { ...shop, team: '*' }, says: /^team: .*wildcard/ },
  { name: 'a URL for the team', options: { ...shop, team: 'https://vercel.com/acme' }, says: /^team: .*here `acme`$/ },
  {
    name: 'a project with its team',
    options: { ...shop, projects: ['acme/shop'] },
    says: /^projects\[0\]: .*holds a slash/,
  },
  { name: 'every environment', options: { ...shop, environments: ['*'] }, says: /^environments\[0\]: .*wildcard/ },
  {
    name: 'previews for a role that writes',
    options: { ...shop, environments: ['preview'] },
    says: /^environments: holds `preview`, which deploys code/,
  },
  {
    name: 'a provider of another team',
    options: { ...shop, provider: 'arn:aws:iam::123456789012:oidc-provider/oidc.vercel.com/mallory' },
    says: /^provider: .*is the provider of/,
  },
]);
