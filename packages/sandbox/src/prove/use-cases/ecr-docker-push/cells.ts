import type { ProofPlan } from '../../scenario.js';

const base = { repositories: ['my-app', 'team/worker'], account: '123456789012', region: 'eu-west-1' };
const switches = ['checkExisting', 'pull', 'createRepository', 'scanFindings'] as const;

/** Every set of some things. */
function subsets<T>(things: readonly T[]): T[][] {
  return things.reduce<T[][]>((sets, thing) => [...sets, ...sets.map((set) => [...set, thing])], [[]]);
}

/** Every client with every set of switches, with and without mounting; and the scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  ...(['any', 'classic'] as const).flatMap((pushClient) =>
    [false, true].flatMap((mounts) =>
      subsets(switches).map((on) => ({
        name: [pushClient, ...on, ...(mounts ? ['mountFrom'] : [])].join(' '),
        options: {
          ...base,
          pushClient,
          ...Object.fromEntries(switches.map((name) => [name, on.includes(name)])),
          ...(mounts ? { mountFrom: ['base'] } : {}),
        },
      })),
    ),
  ),
  { name: 'cdk-assets', options: { ...base, pushClient: 'cdk-assets', checkExisting: false } },
  { name: 'cdk-assets createRepository', options: { ...base, pushClient: 'cdk-assets', createRepository: true } },
  { name: 'pattern', options: { ...base, repositories: ['team/*'], scope: 'pattern' } },
  { name: 'account', options: { scope: 'account', account: base.account, region: base.region } },
  { name: 'another partition', options: { ...base, region: 'cn-north-1' } },
];
