import type { ProofPlan } from '../../scenario.js';

const base = { repositories: ['my-app', 'team/worker'], account: '123456789012', region: 'eu-west-1' };
const switches = ['inspectOnly', 'listTags', 'checkExisting', 'startScan', 'scanFindings'] as const;

/** None, each by itself, and all: the statements they bring do not depend on each other. */
const sets: readonly (readonly string[])[] = [[], ...switches.map((name) => [name]), switches];

/** Every client runs where what it is for differs; the other cells differ in what the AWS CLI does. */
const forAll = ['', 'inspectOnly', 'listTags'];

/** The switches; the cache, a repository elsewhere, the scopes and another partition. */
export const cells: ProofPlan['cells'] = [
  ...sets.map((on) => ({
    name: on.join(' ') || 'pull',
    ...(forAll.includes(on.join(' ')) ? {} : { only: ['skopeo'] }),
    options: { ...base, ...Object.fromEntries(switches.map((name) => [name, on.includes(name)])) },
  })),
  ...[false, true].map((inspectOnly) => ({
    name: inspectOnly ? 'pull-through cache inspectOnly' : 'pull-through cache',
    only: ['skopeo', 'crane'],
    options: { ...base, repositories: ['docker-hub/library/node'], pullThroughCache: true, inspectOnly },
  })),
  {
    name: 'elsewhere',
    options: { ...base, repositories: ['my-app', 'arn:aws:ecr:us-east-1:210987654321:repository/base'] },
  },
  { name: 'pattern', only: ['skopeo'], options: { ...base, repositories: ['team/*'], scope: 'pattern' } },
  { name: 'account', only: ['skopeo'], options: { scope: 'account', account: base.account, region: base.region } },
  { name: 'another partition', only: ['skopeo', 'helper'], options: { ...base, region: 'cn-north-1' } },
];
