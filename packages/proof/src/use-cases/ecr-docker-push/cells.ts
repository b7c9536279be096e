import type { ProofPlan } from '../../scenario.js';

const base = { repositories: ['my-app', 'team/worker'], account: '123456789012', region: 'eu-west-1' };
const switches = ['checkExisting', 'pull', 'createRepository', 'scanFindings'] as const;
const pushClients = ['any', 'classic'] as const;

/** None, each by itself, and all: the statements they bring do not depend on each other. */
const sets: readonly (readonly string[])[] = [[], ...switches.map((name) => [name]), switches];

/** crane runs where what it is for differs; the rest of the cells differ in what the AWS CLI does. */
const forCrane = ['', 'pull', 'createRepository'];

/** Both kinds of clients with their switches; mounting; and the scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  ...pushClients.flatMap((pushClient) =>
    sets.map((on) => ({
      name: [pushClient, ...on].join(' '),
      ...(forCrane.includes(on.join(' ')) ? {} : { only: ['push', 'containerd'] }),
      options: { ...base, pushClient, ...Object.fromEntries(switches.map((name) => [name, on.includes(name)])) },
    })),
  ),
  ...pushClients.flatMap((pushClient) =>
    [false, true].map((pull) => ({
      name: [pushClient, ...(pull ? ['pull'] : []), 'mountFrom'].join(' '),
      only: ['containerd', 'crane'],
      options: { ...base, pushClient, checkExisting: false, pull, mountFrom: ['base'] },
    })),
  ),
  {
    name: ['any', ...switches, 'mountFrom'].join(' '),
    options: { ...base, ...Object.fromEntries(switches.map((name) => [name, true])), mountFrom: ['base'] },
  },
  { name: 'cdk-assets', options: { ...base, pushClient: 'cdk-assets', checkExisting: false } },
  { name: 'cdk-assets createRepository', options: { ...base, pushClient: 'cdk-assets', createRepository: true } },
  { name: 'pattern', options: { ...base, repositories: ['team/*'], scope: 'pattern' } },
  { name: 'account', options: { scope: 'account', account: base.account, region: base.region } },
  { name: 'another partition', options: { ...base, region: 'cn-north-1' } },
];
