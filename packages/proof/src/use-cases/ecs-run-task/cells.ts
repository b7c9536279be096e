import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = {
  cluster: 'production',
  taskDefinitionFamilies: ['migrate'],
  passRoles: ['web-task', 'ci/web-execution'],
  ...place,
};
const logs = (readLogs: string) => ({ readLogs, logGroups: ['/ecs/migrate'] });
const events = { ...logs('events'), logStreamPrefixes: ['migrate/app'] };
const volumes = { volumeRoles: ['volumes'] };
const tagged = { tagTask: true, tagTaskDefinition: true };
const client = (name: string) => ({ ...base, client: name });

/** Version 1 of the AWS CLI runs where it is asked for something else than version 2, and once where both do the same. */
const both = ['aws-cli', 'aws-cli 1'];

/** What each client can be told, each thing by itself and all together; and one of each for what changes names only. */
export const cells: ProofPlan['cells'] = [
  { name: 'aws-cli', options: base, only: both },
  { name: 'aws-cli no wait', options: { ...base, wait: false }, only: ['aws-cli'] },
  { name: 'aws-cli register', options: { ...base, register: true }, only: ['aws-cli'] },
  { name: 'aws-cli read', options: { ...base, readTaskDefinition: true }, only: ['aws-cli'] },
  { name: 'aws-cli tag', options: { ...base, tagTask: true }, only: ['aws-cli'] },
  { name: 'aws-cli register tag', options: { ...base, register: true, ...tagged }, only: ['aws-cli'] },
  { name: 'aws-cli stop', options: { ...base, wait: false, stopTask: true }, only: ['aws-cli'] },
  { name: 'aws-cli filter', options: { ...base, ...logs('filter'), logStreamPrefixes: ['migrate/app'] }, only: both },
  { name: 'aws-cli events', options: { ...base, ...events }, only: ['aws-cli'] },
  { name: 'aws-cli live', options: { ...base, ...logs('live') }, only: ['aws-cli 1'] },
  { name: 'aws-cli volumes', options: { ...base, ...volumes }, only: ['aws-cli 1'] },
  { name: 'aws-cli shell', options: { ...base, executeCommand: true }, only: ['aws-cli'] },
  {
    name: 'aws-cli providers',
    options: { ...base, capacityProviders: ['FARGATE', 'FARGATE_SPOT'] },
    only: ['aws-cli'],
  },
  { name: 'aws-cli revisions', options: { ...base, revisions: ['7'] }, only: ['aws-cli'] },
  {
    name: 'aws-cli all',
    options: {
      ...base,
      ...tagged,
      ...events,
      register: true,
      readTaskDefinition: true,
      stopTask: true,
      executeCommand: true,
      capacityProviders: ['FARGATE'],
    },
    only: both,
  },
  { name: 'aws-actions', options: client('aws-actions') },
  { name: 'aws-actions no wait', options: { ...client('aws-actions'), wait: false } },
  {
    name: 'aws-actions all',
    options: {
      ...client('aws-actions'),
      ...tagged,
      ...volumes,
      readTaskDefinition: true,
      capacityProviders: ['FARGATE_SPOT'],
      ...logs('filter'),
    },
  },
  { name: 'geekcell', options: client('geekcell'), only: ['geekcell'] },
  { name: 'geekcell no wait', options: { ...client('geekcell'), wait: false }, only: ['geekcell'] },
  { name: 'geekcell live', options: { ...client('geekcell'), ...logs('live') }, only: ['geekcell'] },
  { name: 'geekcell filter', options: { ...client('geekcell'), ...logs('filter') }, only: ['geekcell'] },
  { name: 'fabfuel', options: client('fabfuel') },
  { name: 'fabfuel all', options: { ...client('fabfuel'), tagTask: true, stopTask: true, ...logs('filter') } },
  { name: 'ecs-deploy', options: client('ecs-deploy') },
  { name: 'ecs-deploy no wait', options: { ...client('ecs-deploy'), wait: false } },
  { name: 'ecs-deploy tag', options: { ...client('ecs-deploy'), tagTaskDefinition: true, stopTask: true } },
  { name: 'without roles', options: { ...base, passRoles: undefined }, only: ['aws-cli'] },
  {
    name: 'pattern',
    options: { ...base, taskDefinitionFamilies: ['migrate-*'], scope: 'pattern' },
    only: ['aws-cli'],
  },
  { name: 'account', options: { cluster: 'production', scope: 'account', ...place }, only: ['aws-cli'] },
  { name: 'another partition', options: { ...base, ...logs('filter'), region: 'cn-north-1' }, only: ['aws-cli'] },
];
