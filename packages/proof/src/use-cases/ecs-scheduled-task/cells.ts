import type { ProofPlan } from '../../scenario.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const roles = { eventRoles: ['ecsEventsRole'] };
const rules = { cluster: 'production', rules: ['nightly'], ...roles, ...place };
const schedules = { schedules: ['default/nightly'], ...roles, ...place };
const definition = {
  taskDefinitionFamilies: ['nightly'],
  passRoles: ['nightly-task', 'ci/nightly-execution'],
};
const registers = { ...definition, register: true };
const fabfuel = { ...rules, ...definition, client: 'fabfuel' };

/** What each client can be told, each thing by itself and all together; and one of each for what changes names only. */
export const cells: ProofPlan['cells'] = [
  { name: 'rules', options: rules },
  { name: 'rules register', options: { ...rules, ...registers } },
  { name: 'rules read', options: { ...rules, readTargets: true, readTaskDefinition: true } },
  { name: 'rules create', options: { ...rules, create: true } },
  { name: 'rules create tag', options: { ...rules, create: true, tagRules: true } },
  { name: 'rules pause', options: { ...rules, pause: true } },
  { name: 'rules remove', options: { ...rules, remove: true } },
  {
    name: 'rules tags not created',
    options: { ...rules, passRoles: ['nightly-task'], tagRules: true, tagTaskDefinition: true, deregisterOld: true },
  },
  { name: 'schedules', options: schedules },
  { name: 'schedules read', options: { ...schedules, readTargets: true } },
  { name: 'schedules create', options: { ...schedules, schedules: ['jobs/nightly'], create: true } },
  { name: 'schedules remove', options: { ...schedules, remove: true } },
  {
    name: 'both all',
    options: {
      ...rules,
      ...schedules,
      ...registers,
      readTaskDefinition: true,
      deregisterOld: true,
      tagTaskDefinition: true,
      readTargets: true,
      create: true,
      tagRules: true,
      pause: true,
      remove: true,
    },
  },
  { name: 'fabfuel', options: fabfuel },
  { name: 'fabfuel keep', options: { ...fabfuel, deregisterOld: false } },
  { name: 'fabfuel tag remove', options: { ...fabfuel, tagTaskDefinition: true, remove: true } },
  { name: 'another partition', options: { ...rules, ...schedules, region: 'cn-north-1' } },
];
