import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { onlyTagsSentWith } from '../../conditions/ecs.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import { ecsCluster, ecsTaskDefinitionFamily } from '../../resources/ecs.js';
import { eventRule, schedule } from '../../resources/events.js';
import { iamRole } from '../../resources/iam.js';
import { vendors } from './vendor.js';

const fabfuel = is('client', 'fabfuel');
const registers = any(is('register', true), fabfuel);
/** `ecs cron` does it unless told not to. */
const deregisters = all(registers, any(is('deregisterOld', true), all(fabfuel, not(is('deregisterOld', false)))));

const revisions = template`${arn('taskDefinitionFamilies')}:*`;

const awsCli = (service: string) => source('aws/aws-cli', '2.36.7', `awscli/botocore/data/${service}/service-2.json`);
const ecsCommands = awsCli('ecs/2014-11-13');
const ruleCommands = awsCli('events/2015-10-07');
const scheduleCommands = awsCli('scheduler/2021-06-30');
const cron = source('fabfuel/ecs-deploy', '1.17.0', 'ecs_deploy/cli.py', 'cron');
const updateRule = source('fabfuel/ecs-deploy', '1.17.0', 'ecs_deploy/ecs.py', 'update_rule');
const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const eventsRole = vendor('ECS developer guide, EventBridge role', `${guide}/CWE_IAM_role.html`);
const tagging = vendor('ECS developer guide, tagging on create', `${guide}/supported-iam-actions-tagging.html`);
const eventKeys = vendor(
  'EventBridge user guide, condition keys',
  'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html',
);

export const ecsScheduledTask = defineUseCase({
  id: 'ecs-scheduled-task',
  title: 'Deploy a scheduled task of ECS',
  summary:
    'Registers a task definition and gives it to rules of EventBridge or schedules of EventBridge Scheduler that start tasks in ECS.',
  excludes:
    'Does not run tasks itself, does not create clusters, buses or groups of schedules, and reads no logs; what the schedule may start is for its own role to say.',
  options: {
    cluster: single(ecsCluster, 'The cluster that rules start tasks in.'),
    rules: list(eventRule, 'Rules of EventBridge on a schedule whose target the job sets.'),
    schedules: list(schedule, 'Schedules of EventBridge Scheduler that the job updates, with their groups.'),
    eventRoles: list(iamRole, 'Roles with which EventBridge starts the tasks; a name may carry a path.'),
    taskDefinitionFamilies: list(ecsTaskDefinitionFamily, 'Families of the task definitions that are registered.'),
    passRoles: list(iamRole, 'Task roles and execution roles named in the task definitions; a name may carry a path.', {
      of: 'taskDefinitionFamilies',
    }),
    client: oneOf(['aws-cli', 'fabfuel'], 'Which client deploys: fabfuel for `ecs cron`.', { default: 'aws-cli' }),
    register: toggle('Register a new revision of the family; fabfuel always does.'),
    readTaskDefinition: toggle('Read task definitions, as "download the task definition" steps do.'),
    deregisterOld: toggle('Deregister the old revision; unset means what the client does by default (fabfuel does).', {
      default: null,
    }),
    tagTaskDefinition: toggle('The task definitions carry tags.'),
    readTargets: toggle('Read the targets or the schedule first, to change only the task definition in them.'),
    create: toggle('Create the rules and schedules, or change when rules start.'),
    tagRules: toggle('The rules that are created carry tags.'),
    pause: toggle('Switch rules off and on.'),
    remove: toggle('Delete the rules and schedules.'),
    ...place,
  },
  refuse: [
    {
      path: 'rules',
      if: all(not(given('rules')), not(given('schedules'))),
      say: 'missing, and so is `schedules`: name what starts the tasks',
    },
    {
      path: 'rules',
      if: all(not(given('rules')), given('schedules'), fabfuel),
      say: 'missing, and fabfuel knows no `schedules`: name the rules, or take another client',
    },
    { path: 'cluster', if: all(given('rules'), not(given('cluster'))), say: 'missing, and rules start tasks in one' },
    {
      path: 'taskDefinitionFamilies',
      if: all(registers, not(given('taskDefinitionFamilies'))),
      say: 'missing, and task definitions are registered',
    },
    {
      path: 'taskDefinitionFamilies',
      if: all(given('taskDefinitionFamilies'), not(registers)),
      say: 'is for what is registered, and nothing is: set `register`, or leave it out',
    },
  ],
  notes: [
    {
      if: not(given('eventRoles')),
      say: 'no `eventRoles`: targets in ECS and schedules have a role, and setting one is refused without it here',
    },
    {
      if: all(registers, not(given('passRoles'))),
      say: 'no `passRoles`: task definitions that name a task role or an execution role will be refused',
    },
    {
      if: given('rules'),
      say: 'that events:TargetArn holds the ARN of every target in the request is read from the reference and the guide, and was not tried in an account',
    },
    {
      if: fabfuel,
      say: 'the client can assume another role first (--assume-role): sts:AssumeRole is not given, and that step is refused',
    },
    {
      if: all(fabfuel, not(is('tagTaskDefinition', true))),
      say: 'fabfuel sends the tags of the old task definition again: where there are any, set `tagTaskDefinition`',
    },
    {
      if: all(given('schedules'), is('pause', true), not(given('rules'))),
      say: '`pause` has no effect on schedules: updating one switches it off and on',
    },
    {
      if: all(is('tagRules', true), not(all(is('create', true), given('rules')))),
      say: '`tagRules` has no effect where no rule is created',
    },
    {
      if: all(any(is('tagTaskDefinition', true), is('deregisterOld', true)), not(registers)),
      say: '`tagTaskDefinition` and `deregisterOld` have no effect where no task definition is registered',
    },
    {
      if: all(given('cluster'), not(given('rules'))),
      say: '`cluster` has no effect on schedules: no condition key of EventBridge Scheduler names a target',
    },
  ],
  widenings: [
    'The target of a rule names a task definition, a network and overrides that no condition key sees: who may set it starts whatever the roles in `eventRoles` may run, with any command.',
    'No condition key of EventBridge Scheduler names the target of a schedule, which may be any API of AWS: `eventRoles` alone limits it. Let such a role do nothing but run these tasks.',
    'PutRule also turns a schedule into an event pattern: with `create` the rule may start when anything else happens.',
    'UpdateSchedule changes the time and the target at once: whoever sets the one sets the other.',
    'DescribeTaskDefinition and DeregisterTaskDefinition take no resource: where they are given, they reach every task definition of the account and region.',
  ],
  escalation:
    'Who has these credentials can have anything started, again and again, that the roles in `eventRoles` may start: tasks with any command through a rule, and any API of AWS through a schedule; with `register`, any image with the roles in `passRoles`. They pass no other role and touch no other rule or schedule, and what they set up goes on after the credentials have run out.',
  vendors,
  statements: [
    {
      sid: 'RegisterTaskDefinitions',
      when: registers,
      actions: { 'ecs:RegisterTaskDefinition': 'register the revision that is started' },
      resources: [revisions],
      evidence: [reference('ecs'), cron, ecsCommands],
    },
    {
      sid: 'ReadTaskDefinitions',
      when: any(is('readTaskDefinition', true), fabfuel),
      actions: { 'ecs:DescribeTaskDefinition': 'read the old task definition to make the new one from it' },
      resources: unscoped('the action has no resource type; with any other resource it never matches'),
      evidence: [reference('ecs'), cron, ecsCommands],
    },
    {
      sid: 'DeregisterTaskDefinitions',
      when: deregisters,
      actions: { 'ecs:DeregisterTaskDefinition': 'retire the old revision once nothing starts it' },
      resources: unscoped('the action has no resource type; with any other resource it never matches'),
      evidence: [reference('ecs'), cron, ecsCommands],
    },
    {
      sid: 'PassTaskRoles',
      when: registers,
      actions: { 'iam:PassRole': 'hand the task role and the execution role to the tasks' },
      resources: [arn('passRoles')],
      conditions: [onlyPassedTo('ecs-tasks.amazonaws.com', 'ECS tasks')],
      evidence: [reference('iam'), eventsRole],
    },
    {
      sid: 'TagTaskDefinitions',
      when: all(registers, is('tagTaskDefinition', true)),
      actions: { 'ecs:TagResource': 'tag the task definition while it is registered' },
      resources: [revisions],
      conditions: [onlyTagsSentWith('RegisterTaskDefinition', 'the registration')],
      evidence: [reference('ecs'), tagging],
    },
    {
      sid: 'PutTargets',
      actions: { 'events:PutTargets': 'give the rule its target, with the new task definition' },
      resources: [arn('rules')],
      conditions: [
        {
          operator: 'ForAllValues:ArnEquals',
          key: 'events:TargetArn',
          values: [arn('cluster')],
          reason: 'only targets in this cluster',
        },
        {
          operator: 'Null',
          key: 'events:TargetArn',
          values: ['false'],
          reason: 'ForAllValues is true for a request without any target, so one must be named',
        },
      ],
      evidence: [reference('events'), updateRule, ruleCommands, eventKeys],
    },
    {
      sid: 'ManageRules',
      actions: {
        'events:ListTargetsByRule': when(any(is('readTargets', true), fabfuel), 'read the targets that the rule has'),
        'events:PutRule': when(is('create', true), 'create the rule, or change when it starts'),
        'events:TagResource': when(all(is('create', true), is('tagRules', true)), 'tag the rule that is created'),
        'events:DisableRule': when(is('pause', true), 'switch the rule off, as before a migration'),
        'events:EnableRule': when(is('pause', true), 'switch the rule on again'),
        'events:RemoveTargets': when(is('remove', true), 'take the targets away, without which no rule is deleted'),
        'events:DeleteRule': when(is('remove', true), 'delete the rule'),
      },
      resources: [arn('rules')],
      evidence: [reference('events'), updateRule, ruleCommands],
    },
    {
      sid: 'ManageSchedules',
      actions: {
        'scheduler:UpdateSchedule': 'give the schedule its target, with the new task definition',
        'scheduler:GetSchedule': when(is('readTargets', true), 'read the schedule, since an update replaces it whole'),
        'scheduler:CreateSchedule': when(is('create', true), 'create the schedule'),
        'scheduler:DeleteSchedule': when(is('remove', true), 'delete the schedule'),
      },
      resources: [arn('schedules')],
      evidence: [reference('scheduler'), scheduleCommands],
    },
    {
      sid: 'PassEventRoles',
      actions: { 'iam:PassRole': 'hand the role that starts the tasks to the rule or the schedule' },
      resources: [arn('eventRoles')],
      conditions: [
        {
          operator: 'StringEquals',
          key: 'iam:PassedToService',
          values: [when(given('rules'), 'events.amazonaws.com'), when(given('schedules'), 'scheduler.amazonaws.com')],
          reason: 'the roles may be handed to EventBridge, or to its Scheduler, and to no other service',
        },
      ],
      evidence: [
        reference('iam'),
        eventsRole,
        vendor(
          'EventBridge Scheduler user guide, roles',
          'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html',
        ),
      ],
    },
  ],
});
