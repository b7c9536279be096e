import { opaque, type TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    ...opaque,
    title: 'Google',
    issuer: /^accounts\.google\.com$/,
    shared: true,
    usual: { subject: '104417720095518830026' },
    fieldOfClaim: { aud: 'subject' },
    tenant: ['subject'],
    projects: [],
    words: { tenant: 'service account', project: 'service account' },
  },
];
