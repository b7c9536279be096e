import type { TokenModel } from '../../token-model.js';

/** How the tokens of the provider look. */
export const models: readonly TokenModel[] = [
  {
    title: 'Semaphore',
    issuer: /\.(semaphoreci|sub127)\.com$/,
    subject: /^org:[^:]*:project:/,
    shared: false,
    forms: [
      'org:<org>:project:<project>:repo:<repository>:ref_type:branch:ref:refs/heads/<branch>',
      'org:<org>:project:<project>:repo:<repository>:ref_type:pull-request:ref:refs/heads/<branch>',
      'org:<org>:project:<project>:repo:<repository>:ref_type:tag:ref:refs/tags/<tag>',
    ],
    usual: { org: 'acme', project: '59a07372-0001', repository: 'shop', branch: 'main', tag: 'v1' },
    tenant: [],
    projects: [['project', 'repository']],
    contexts: [
      {
        form: 'org:<org>:project:<project>:repo:<repository>:ref_type:branch:ref:refs/heads/<branch>',
        fields: { branch: 'any-branch/x' },
        who: 'a job of any branch',
      },
      {
        form: 'org:<org>:project:<project>:repo:<repository>:ref_type:pull-request:ref:refs/heads/<branch>',
        fields: {},
        who: 'a pull request',
      },
    ],
    words: { tenant: 'organization', project: 'project' },
  },
];
