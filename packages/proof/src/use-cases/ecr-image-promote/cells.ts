import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = { from: ['staging/app'], to: ['production/app'], ...place };
const switches = ['checkExisting', 'startScan', 'scanFindings'] as const;
const sets: readonly (readonly string[])[] = [[], ...switches.map((name) => [name]), switches];

/** Both kinds of clients; the switches, which change what the AWS CLI does; other registries, tags alone, and the scopes. */
export const cells: ProofPlan['cells'] = [
  ...['any', 'classic'].map((pushClient) => ({ name: pushClient, options: { ...base, pushClient } })),
  ...sets.slice(1).map((on) => ({
    name: on.join(' '),
    only: ['skopeo', 'containerd'],
    options: { ...base, ...Object.fromEntries(on.map((name) => [name, true])) },
  })),
  ...['any', 'classic'].map((pushClient) => ({
    name: `${pushClient} another account`,
    options: { ...base, pushClient, to: ['arn:aws:ecr:us-east-1:210987654321:repository/production/app'] },
  })),
  {
    name: 'from another account, to two',
    only: ['skopeo', 'containerd'],
    options: { ...base, from: ['arn:aws:ecr:us-east-1:210987654321:repository/base'], to: ['base', 'team/base'] },
  },
  ...['any', 'classic'].map((pushClient) => ({
    name: `${pushClient} retagOnly`,
    options: { ...place, pushClient, from: ['my-app'], to: ['my-app'], retagOnly: true },
  })),
  {
    name: 'pattern',
    only: ['skopeo', 'containerd'],
    options: { ...base, from: ['staging/*'], to: ['production/*'], scope: 'pattern' },
  },
  { name: 'another partition', only: ['skopeo', 'containerd'], options: { ...base, region: 'cn-north-1' } },
];
