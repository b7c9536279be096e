import type { ProofPlan } from '../../scenario.js';

type OptionValues = Readonly<Record<string, unknown>>;

const place = { account: '123456789012', region: 'eu-west-1' };
const base = {
  cluster: 'production',
  taskDefinitionFamilies: ['web'],
  passRoles: ['web-task', 'ci/web-execution'],
  ...place,
};
const services = ['web'];

/** Every combination: one from each list of choices, a name and the options it stands for. */
function product(...choices: readonly (readonly (readonly [string, OptionValues])[])[]): [string, OptionValues][] {
  return choices.reduce<[string, OptionValues][]>(
    (rows, list) =>
      rows.flatMap(([name, options]) =>
        list.map(([word, more]): [string, OptionValues] => [
          [name, word].filter(Boolean).join(' '),
          { ...options, ...more },
        ]),
      ),
    [['', {}]],
  );
}

const onOff = (name: string) =>
  [
    ['', {}],
    [name, { [name]: true }],
  ] as const;
const reads = onOff('readTaskDefinition');
const tags = onOff('tagTaskDefinition');
const deregisters = onOff('deregisterOld');
const keepsOld = ['keep old', { deregisterOld: false }] as const;
const runs = [
  ['', {}],
  ['runTask', { runTask: true }],
  ['runTask tagTask', { runTask: true, tagTask: true }],
] as const;
const clients = (...names: string[]) => names.map((name) => [name, { client: name }] as const);
const blueGreen = [
  ['', {}],
  ['own configuration', { codeDeployDeploymentConfig: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' }],
] as const;

const all: ProofPlan['cells'] = [
  ...product(clients('aws-cli', 'aws-actions'), reads, tags, deregisters, runs).map(([name, options]) => ({
    name,
    options: { ...base, services, ...options },
  })),
  ...product(clients('ecs-deploy', 'fabfuel'), tags, [...deregisters, keepsOld], runs).map(([name, options]) => ({
    name,
    options: { ...base, services, ...options },
  })),
  // These two read the task definition in any case.
  ...product(clients('ecs-deploy', 'fabfuel'), reads.slice(1)).map(([name, options]) => ({
    name,
    options: { ...base, services, ...options },
  })),
  ...product(clients('aws-cli', 'aws-actions'), reads, tags, deregisters, blueGreen).map(([name, options]) => ({
    name: `blue/green ${name}`,
    options: {
      ...base,
      services,
      codeDeployApplication: 'web',
      codeDeployDeploymentGroup: 'web-production',
      ...options,
    },
  })),
  ...product(clients('aws-cli', 'ecs-deploy'), runs).map(([name, options]) => ({
    name: `force ${name}`,
    options: { ...base, services, newTaskDefinition: false, ...options },
  })),
  ...product(clients('aws-cli', 'aws-actions', 'ecs-deploy', 'fabfuel'), tags, runs.slice(1)).map(
    ([name, options]) => ({
      name: `no service ${name}`,
      options: { ...base, ...options },
    }),
  ),
  { name: 'volumes', options: { ...base, services, volumeRoles: ['volumes'] } },
  { name: 'volumes of a task', options: { ...base, services, volumeRoles: ['volumes'], runTask: true } },
  {
    name: 'force with volumes',
    options: { ...base, services, newTaskDefinition: false, client: 'aws-cli', volumeRoles: ['volumes'] },
  },
  {
    name: 'volumes aws-cli',
    options: { ...base, services, volumeRoles: ['volumes'], client: 'aws-cli', runTask: true },
  },
  { name: 'without roles', options: { ...base, services, passRoles: undefined } },
  { name: 'several services', options: { ...base, services: ['web', 'worker'], client: 'aws-cli' } },
  {
    name: 'pattern',
    options: { ...base, services: ['web-*'], taskDefinitionFamilies: ['web-*'], scope: 'pattern' },
  },
  { name: 'account', options: { cluster: 'production', scope: 'account', passRoles: ['web-task'], ...place } },
];

/** Version 1 of the AWS CLI runs where it is asked for something else than version 2, and once for each thing both do. */
const forVersion1 = ['aws-cli', 'aws-cli runTask tagTask', 'blue/green aws-cli', 'volumes aws-cli'];

/** What each client can be told, in every combination; and one of each for what changes names only. */
export const cells: ProofPlan['cells'] = all.map((cell) =>
  cell.options['client'] !== 'aws-cli' || forVersion1.includes(cell.name) ? cell : { ...cell, only: ['aws-cli'] },
);
