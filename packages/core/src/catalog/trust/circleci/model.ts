import type { TokenModel } from '../../token-model.js';

const circleci: TokenModel = {
  title: 'CircleCI',
  issuer: /^oidc\.circleci\.com(\/org\/[^/]+)?$/,
  shared: false,
  forms: [
    'org/<org>/project/<project>/user/<user>/vcs-origin/<origin>/vcs-ref/refs/heads/<branch>',
    'org/<org>/project/<project>/user/<user>',
  ],
  usual: {
    org: '57df2a3e-0002',
    project: '51f51f29-0001',
    user: '5d0c0a1e-0001',
    origin: 'github.com/acme/shop',
    branch: 'main',
  },
  tenant: [],
  projects: [['project', 'origin']],
  contexts: [
    {
      form: 'org/<org>/project/<project>/user/<user>/vcs-origin/<origin>/vcs-ref/refs/heads/<branch>',
      fields: { branch: 'any-branch/x' },
      who: 'a job of any branch',
    },
  ],
  never: { origin: '/vcs-ref/' },
  fieldOfClaim: { 'oidc.circleci.com/project-id': 'project' },
  claims: (fields) => ({ 'oidc.circleci.com/project-id': fields['project'] }),
  words: { tenant: 'organization', project: 'project' },
};

/** How the tokens of the provider look: those of an organization, and those of the issuer that all of them share. */
export const models: readonly TokenModel[] = [
  { ...circleci, issuer: /^oidc\.circleci\.com$/, shared: true, tenant: ['org', 'project', 'origin'] },
  { ...circleci, issuer: /^oidc\.circleci\.com\/org\/[^/]+$/ },
];
