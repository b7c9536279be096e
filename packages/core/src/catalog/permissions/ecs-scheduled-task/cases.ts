import { defineRefused, defineSamples } from '../../cases.js';
import { ecsScheduledTask } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const ecs = 'arn:aws:ecs:eu-west-1:123456789012';
const role = 'arn:aws:iam::123456789012:role';
const rule = 'arn:aws:events:eu-west-1:123456789012:rule';
const schedules = 'arn:aws:scheduler:eu-west-1:123456789012:schedule';
const base = { cluster: 'production', rules: ['nightly'], eventRoles: ['ecsEventsRole'], ...place } as const;
const target = (...arns: string[]) => ({ 'events:TargetArn': arns });
const cluster = `${ecs}:cluster/production`;
const inProduction = target(cluster);
const toRules = { 'iam:PassedToService': 'events.amazonaws.com' };
const toSchedules = { 'iam:PassedToService': 'scheduler.amazonaws.com' };
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const withRegistration = { 'ecs:CreateAction': 'RegisterTaskDefinition' };

export const samples = defineSamples(ecsScheduledTask, [
  {
    name: 'default',
    options: base,
    allows: [
      { actions: ['events:PutTargets'], resource: `${rule}/nightly`, context: inProduction, why: 'set the target' },
      { actions: ['iam:PassRole'], resource: `${role}/ecsEventsRole`, context: toRules, why: 'its role' },
    ],
    denies: [
      {
        actions: ['events:PutTargets'],
        resource: `${rule}/nightly`,
        context: target('arn:aws:lambda:eu-west-1:123456789012:function:theirs'),
        why: 'a function instead of the cluster',
      },
      {
        actions: ['events:PutTargets'],
        resource: `${rule}/nightly`,
        context: target(cluster, `${ecs}:cluster/staging`),
        why: 'another cluster beside it',
      },
      { actions: ['events:PutTargets'], resource: `${rule}/nightly`, why: 'nobody knows what target' },
      {
        actions: ['events:PutTargets'],
        resource: `${rule}/nightly-old`,
        context: inProduction,
        why: 'a rule whose name begins alike',
      },
      {
        actions: ['events:PutTargets'],
        resource: `${rule}/custom/nightly`,
        context: inProduction,
        why: 'the same name on another bus',
      },
      {
        actions: ['events:PutTargets'],
        resource: 'arn:aws:events:us-east-1:123456789012:rule/nightly',
        context: inProduction,
        why: 'the same name in another region',
      },
      {
        actions: ['events:PutTargets'],
        resource: 'arn:aws:events:eu-west-1:999999999999:rule/nightly',
        context: inProduction,
        why: 'the same name in another account',
      },
      { actions: ['iam:PassRole'], resource: `${role}/admin`, context: toRules, why: 'another role' },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/ecsEventsRole`,
        context: toSchedules,
        why: 'no schedule is named',
      },
      { actions: ['iam:PassRole'], resource: `${role}/ecsEventsRole`, why: 'the role given to nobody knows whom' },
      {
        actions: [
          'events:ListTargetsByRule',
          'events:PutRule',
          'events:TagResource',
          'events:DisableRule',
          'events:EnableRule',
          'events:RemoveTargets',
          'events:DeleteRule',
        ],
        resource: `${rule}/nightly`,
        why: 'none of it is asked for',
      },
      { actions: ['scheduler:UpdateSchedule'], resource: `${schedules}/default/nightly`, why: 'no schedule is named' },
      { actions: ['ecs:RunTask'], resource: `${ecs}:task-definition/nightly:1`, why: 'the rule runs it, not the job' },
      { actions: ['ecs:RegisterTaskDefinition'], resource: `${ecs}:task-definition/nightly:2`, why: 'nothing is' },
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: 'nothing is read or retired',
      },
    ],
  },
  {
    name: 'register',
    options: {
      ...base,
      taskDefinitionFamilies: ['nightly'],
      passRoles: ['nightly-task'],
      register: true,
      readTaskDefinition: true,
      deregisterOld: true,
      tagTaskDefinition: true,
      readTargets: true,
    },
    allows: [
      { actions: ['ecs:RegisterTaskDefinition'], resource: `${ecs}:task-definition/nightly:2`, why: 'a new revision' },
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: 'the old revision is read and retired',
      },
      { actions: ['iam:PassRole'], resource: `${role}/nightly-task`, context: toTasks, why: 'the task role' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/nightly:2`,
        context: withRegistration,
        why: 'tags in the file',
      },
      { actions: ['events:ListTargetsByRule'], resource: `${rule}/nightly`, why: 'the targets are read first' },
    ],
    denies: [
      {
        actions: ['ecs:RegisterTaskDefinition'],
        resource: `${ecs}:task-definition/nightly-2:1`,
        why: 'another family',
      },
      { actions: ['iam:PassRole'], resource: `${role}/nightly-task`, context: toRules, why: 'a task role for a rule' },
      { actions: ['iam:PassRole'], resource: `${role}/other-task`, context: toTasks, why: 'another task role' },
      { actions: ['iam:PassRole'], resource: `${role}/ecsEventsRole`, context: toTasks, why: 'a rule role for a task' },
      { actions: ['ecs:TagResource'], resource: `${ecs}:task-definition/nightly:2`, why: 'a change of tags' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/web:2`,
        context: withRegistration,
        why: 'tags of another family',
      },
      { actions: ['events:ListTargetsByRule'], resource: `${rule}/weekly`, why: 'another rule' },
      { actions: ['ecs:ListTaskDefinitions'], resource: '*', why: 'nothing is listed' },
    ],
  },
  {
    name: 'manage-rules',
    options: { ...base, create: true, tagRules: true, pause: true, remove: true },
    allows: [
      {
        actions: [
          'events:PutRule',
          'events:TagResource',
          'events:DisableRule',
          'events:EnableRule',
          'events:RemoveTargets',
          'events:DeleteRule',
        ],
        resource: `${rule}/nightly`,
        why: 'all that is done with a rule',
      },
    ],
    denies: [
      { actions: ['events:DeleteRule', 'events:PutRule'], resource: `${rule}/weekly`, why: 'another rule' },
      { actions: ['events:PutPermission', 'events:ListRules'], resource: '*', why: 'the bus is not touched' },
      {
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
        resource: `${schedules}/default/nightly`,
        why: 'no schedule is named',
      },
    ],
  },
  {
    name: 'create-untagged',
    options: { ...base, create: true },
    allows: [{ actions: ['events:PutRule'], resource: `${rule}/nightly`, why: 'create it' }],
    denies: [{ actions: ['events:TagResource'], resource: `${rule}/nightly`, why: 'it carries no tags' }],
  },
  {
    name: 'tags-nothing-created',
    options: {
      ...base,
      passRoles: ['nightly-task'],
      tagRules: true,
      tagTaskDefinition: true,
      deregisterOld: true,
    },
    allows: [],
    denies: [
      { actions: ['iam:PassRole'], resource: `${role}/nightly-task`, context: toTasks, why: 'nothing is registered' },
      { actions: ['events:TagResource'], resource: `${rule}/nightly`, why: 'no rule is created' },
      { actions: ['ecs:DeregisterTaskDefinition'], resource: '*', why: 'nothing is registered' },
    ],
  },
  {
    name: 'schedules',
    options: {
      schedules: ['default/nightly', 'jobs/weekly'],
      eventRoles: ['ci/scheduler'],
      readTargets: true,
      ...place,
    },
    allows: [
      {
        actions: ['scheduler:UpdateSchedule', 'scheduler:GetSchedule'],
        resource: `${schedules}/default/nightly`,
        why: 'get-schedule, then update-schedule',
      },
      { actions: ['scheduler:UpdateSchedule'], resource: `${schedules}/jobs/weekly`, why: 'one in another group' },
      { actions: ['iam:PassRole'], resource: `${role}/ci/scheduler`, context: toSchedules, why: 'its role' },
    ],
    denies: [
      { actions: ['scheduler:UpdateSchedule'], resource: `${schedules}/jobs/nightly`, why: 'another group' },
      { actions: ['scheduler:UpdateSchedule'], resource: `${schedules}/default/nightly-2`, why: 'a longer name' },
      { actions: ['iam:PassRole'], resource: `${role}/ci/scheduler`, context: toRules, why: 'no rule is named' },
      {
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
        resource: `${schedules}/default/nightly`,
        why: 'it is there, and stays',
      },
      {
        actions: ['scheduler:ListSchedules', 'scheduler:CreateScheduleGroup'],
        resource: '*',
        why: 'groups of schedules are neither made nor listed',
      },
    ],
  },
  {
    name: 'manage-schedules',
    options: { schedules: ['jobs/nightly'], eventRoles: ['scheduler'], create: true, remove: true, ...place },
    allows: [
      {
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'],
        resource: `${schedules}/jobs/nightly`,
        why: 'all that is done with a schedule',
      },
    ],
    denies: [
      { actions: ['scheduler:GetSchedule'], resource: `${schedules}/jobs/nightly`, why: 'it is written whole' },
      { actions: ['scheduler:DeleteSchedule'], resource: `${schedules}/jobs/weekly`, why: 'another schedule' },
      { actions: ['events:PutRule', 'events:DeleteRule'], resource: `${rule}/nightly`, why: 'no rule is named' },
    ],
  },
  {
    name: 'fabfuel',
    options: {
      ...base,
      client: 'fabfuel',
      taskDefinitionFamilies: ['nightly'],
      region: 'us-gov-west-1',
    },
    allows: [
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: '`ecs cron` reads the old revision and retires it',
      },
      {
        actions: ['ecs:RegisterTaskDefinition'],
        resource: 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/nightly:2',
        why: 'it registers a new one',
      },
      {
        actions: ['events:ListTargetsByRule'],
        resource: 'arn:aws-us-gov:events:us-gov-west-1:123456789012:rule/nightly',
        why: 'it keeps what else the target says',
      },
    ],
    denies: [
      {
        actions: ['ecs:TagResource'],
        resource: 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/nightly:2',
        context: withRegistration,
        why: 'the old definition has no tags',
      },
      {
        actions: ['iam:PassRole'],
        resource: 'arn:aws-us-gov:iam::123456789012:role/nightly-task',
        context: toTasks,
        why: 'no role of the task is named',
      },
    ],
  },
  {
    name: 'fabfuel-keep',
    options: { ...base, client: 'fabfuel', taskDefinitionFamilies: ['nightly'], deregisterOld: false },
    allows: [{ actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'it is read all the same' }],
    denies: [{ actions: ['ecs:DeregisterTaskDefinition'], resource: '*', why: '--no-deregister' }],
  },
]);

export const refused = defineRefused(ecsScheduledTask, [
  {
    name: 'a schedule without its group',
    options: { schedules: ['nightly'], ...place },
    says: 'schedules[0]: `nightly` has no group: write the group before it, which is `default` where none was made, here `default/nightly`',
  },
  {
    name: 'a time instead of a rule',
    options: { cluster: 'production', rules: ['rate(1 day)'], ...place },
    says: 'rules[0]: `rate(1 day)` is a schedule: write the name of the rule that has it',
  },
  {
    name: 'a rule on another bus',
    options: { cluster: 'production', rules: ['custom/nightly'], ...place },
    says: /only rules on the default bus run on a schedule/,
  },
  {
    name: 'a rule with the default bus before it',
    options: { cluster: 'production', rules: ['default/nightly'], ...place },
    says: /write the rule alone, here `nightly`/,
  },
  {
    name: 'a rule where a schedule is meant',
    options: { schedules: ['arn:aws:events:eu-west-1:123456789012:rule/nightly'], ...place },
    says: /name it in `rules`/,
  },
  { name: 'nothing that starts a task', options: { cluster: 'production', ...place }, says: /name what starts/ },
  { name: 'a rule without a cluster', options: { rules: ['nightly'], ...place }, says: /^cluster: missing/ },
  {
    name: 'fabfuel with schedules',
    options: { schedules: ['default/nightly'], client: 'fabfuel', taskDefinitionFamilies: ['nightly'], ...place },
    says: /fabfuel knows no `schedules`/,
  },
  {
    name: 'a family that nobody registers',
    options: { ...base, taskDefinitionFamilies: ['nightly'] },
    says: /set `register`, or leave it out/,
  },
]);
