import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Spacelift',
    issuer: /\.app\.spacelift\.io$/,
    shared: false,
    forms: ['space:<space>:stack:<stack>:run_type:<run_type>:scope:<scope>'],
    usual: { space: 'production-01JQ7ZK4M2', stack: 'infra', run_type: 'TRACKED', scope: 'write' },
    tenant: [],
    projects: [['stack'], ['space', 'stack']],
    contexts: [],
    phases: { plan: { run_type: 'PROPOSED', scope: 'read' }, apply: { run_type: 'TRACKED', scope: 'write' } },
    words: { tenant: 'account', project: 'stack' },
  },
];
