import { opaque, type TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    ...opaque,
    title: 'Azure DevOps',
    issuer: /^vstoken\.dev\.azure\.com\//,
    shared: false,
    forms: ['sc://<organization>/<project>/<connection>'],
    usual: { organization: 'acme', project: 'cloud', connection: 'aws-prod' },
    projects: [['connection'], ['project', 'connection']],
    words: { tenant: 'organization', project: 'service connection' },
  },
];
