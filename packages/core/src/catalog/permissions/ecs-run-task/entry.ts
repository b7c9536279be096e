import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { inCluster, onlyTagsSentWith, tasks } from '../../conditions/ecs.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import {
  ecsCapacityProvider,
  ecsCluster,
  ecsTaskDefinitionFamilyToRun,
  taskDefinitionRevision,
} from '../../resources/ecs.js';
import { iamRole } from '../../resources/iam.js';
import { logGroup, logStreamPrefix } from '../../resources/logs.js';
import { vendors } from './vendor.js';

/** These two register a revision with every run. */
const registers = any(is('register', true), is('client', 'aws-actions', 'ecs-deploy'));
const tails = is('readLogs', 'live');
const readsGroups = is('readLogs', 'filter', 'live');
const waits = any(is('wait', true), is('client', 'geekcell'));

const everyRevision = template`${arn('taskDefinitionFamilies')}:*`;
const revisions = [
  when(not(given('revisions')), everyRevision),
  template`${arn('taskDefinitionFamilies')}:${text('revisions')}`,
];

const awsCli = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/ecs/2014-11-13/service-2.json');
const tail = source('aws/aws-cli', '2.36.7', 'awscli/customizations/logs/tail.py');
const liveTail = source('aws/aws-cli', '2.36.7', 'awscli/customizations/logs/startlivetail.py');
const logCommands = source('aws/aws-cli', '2.36.7', 'awscli/botocore/data/logs/2014-03-28/service-2.json');
const awsActions = source('aws-actions/amazon-ecs-deploy-task-definition', 'c465972', 'index.js', 'runTask');
const geekcell = source('geekcell/github-action-aws-ecs-run-task', '4522929', 'index.js', 'main');
const fabfuel = source('fabfuel/ecs-deploy', '1.17.0', 'ecs_deploy/cli.py', 'run');
const ecsDeploy = source('silinternational/ecs-deploy', '3.10.22', 'ecs-deploy', 'runTask');
const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const passing = vendor('ECS developer guide, examples', `${guide}/security_iam_id-based-policy-examples.html`);
const tagging = vendor('ECS developer guide, tagging on create', `${guide}/supported-iam-actions-tagging.html`);
const groups = vendor(
  'CloudWatch Logs user guide, ARNs of log groups',
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
);

export const ecsRunTask = defineUseCase({
  id: 'ecs-run-task',
  title: 'Run a task in ECS',
  summary: 'Runs one-off tasks in an ECS cluster, such as migrations, waits for them, reads their logs and stops them.',
  excludes:
    'Does not create clusters, services or log groups, does not deploy services, does not schedule tasks, and opens shells in containers only when asked to.',
  options: {
    cluster: single(ecsCluster, 'The cluster that the tasks run in.', { required: true }),
    taskDefinitionFamilies: list(ecsTaskDefinitionFamilyToRun, 'Families of the task definitions that are run.', {
      required: true,
      scoped: true,
    }),
    revisions: list(taskDefinitionRevision, 'Revisions that may be run, instead of every one of the families.'),
    passRoles: list(iamRole, 'Task roles and execution roles named in the task definitions; a name may carry a path.', {
      of: 'taskDefinitionFamilies',
    }),
    volumeRoles: list(iamRole, 'Infrastructure roles for EBS volumes that ECS manages.'),
    client: oneOf(
      ['aws-cli', 'aws-actions', 'geekcell', 'fabfuel', 'ecs-deploy'],
      'Which client runs the task: aws-actions for amazon-ecs-deploy-task-definition, geekcell for github-action-aws-ecs-run-task.',
      { default: 'aws-cli' },
    ),
    register: toggle('Register a new revision of the family first; aws-actions and ecs-deploy do so with every run.'),
    readTaskDefinition: toggle('Read task definitions, as "download the task definition" steps do.'),
    capacityProviders: list(ecsCapacityProvider, 'Capacity providers that every run names, and may name no others.'),
    wait: toggle('Look at the tasks, to wait until they stop and to read their exit codes.', { default: true }),
    stopTask: toggle('Stop tasks, as a job does that is cancelled.'),
    executeCommand: toggle('Start tasks in which shells can be opened, with --enable-execute-command.'),
    tagTask: toggle('The tasks that are run carry tags.'),
    tagTaskDefinition: toggle('The task definitions that are registered carry tags.'),
    readLogs: oneOf(
      ['none', 'filter', 'events', 'live'],
      'How the job reads the logs of the tasks: filter for `aws logs tail` and filter-log-events, events for get-log-events, live for start-live-tail and tail-logs of geekcell.',
      { default: 'none' },
    ),
    logGroups: list(logGroup, 'Log groups of the tasks.'),
    logStreamPrefixes: list(
      logStreamPrefix,
      'What the log streams begin with that get-log-events reads: `PREFIX/CONTAINER`, without the id of the task.',
    ),
    scope,
    ...place,
  },
  refuse: [
    {
      path: 'revisions',
      if: all(given('revisions'), registers),
      say: 'hold numbers of revisions that exist, and the job registers a new one and runs that: leave the option out',
    },
    {
      path: 'logGroups',
      if: all(not(is('readLogs', 'none')), not(given('logGroups'))),
      say: 'missing, and `readLogs` is set',
    },
    {
      path: 'logStreamPrefixes',
      if: all(is('readLogs', 'events'), not(given('logStreamPrefixes'))),
      say: 'missing, and `readLogs` is `events`',
    },
    {
      path: 'readLogs',
      if: all(is('readLogs', 'none'), any(given('logGroups'), given('logStreamPrefixes'))),
      say: 'is `none`, and log groups or streams are named: say how they are read, for example `filter`',
    },
  ],
  notes: [
    {
      if: not(given('passRoles')),
      say: 'no `passRoles`: task definitions that name a task role or an execution role will be refused, also where nothing is registered',
    },
    {
      if: all(is('client', 'fabfuel', 'ecs-deploy')),
      say: 'the client can assume another role first (--aws-assume-role, --assume-role): sts:AssumeRole is not given, and that step is refused',
    },
    {
      if: given('capacityProviders'),
      say: 'that ecs:capacity-provider holds every provider of the strategy in the request, and is not there without one, is read from the reference, and was not tried in an account',
    },
    {
      if: not(is('executeCommand', true)),
      say: 'that ecs:enable-execute-command is `true` for a task started with --enable-execute-command is read from the guide, and was not tried in an account; a request without the key is allowed, since no shell can be opened then',
    },
    {
      if: readsGroups,
      say: 'live refusals of FilterLogEvents name the log group both with and without a stream behind it, so that both are in the policy; those of StartLiveTail were not seen',
    },
    {
      if: all(is('readLogs', 'filter', 'events', 'live'), is('client', 'geekcell'), not(tails)),
      say: 'geekcell reads logs with `readLogs` `live` alone; where that is refused it says so, and the task goes on',
    },
    {
      if: all(given('logStreamPrefixes'), readsGroups),
      say: '`logStreamPrefixes` has no effect where whole log groups are read',
    },
    {
      if: all(is('tagTaskDefinition', true), not(registers)),
      say: '`tagTaskDefinition` has no effect where no task definition is registered',
    },
  ],
  widenings: [
    'RunTask takes `overrides` that no condition key sees: who may run a family may run any command in its images, with any environment and with any of the roles in `passRoles`.',
    'No condition key of RunTask names subnets, security groups or a public address: a task may be put into any network of the account.',
    'Without `revisions` every revision of a family may be run, also an old one with flaws that were mended since.',
    'DescribeTasks and StopTask reach every task in the cluster, those of services too: ids are made up when tasks start, and only a tag could tell them apart.',
    'DescribeTaskDefinition takes no resource: where it is given, it reaches every task definition of the account and region, with the environment variables in them.',
    'FilterLogEvents and StartLiveTail read whole log groups, whatever stream is asked for; `readLogs` `events` reads named streams alone.',
  ],
  escalation:
    'Who has these credentials can run any command as a task of these families, in any network of the account, and so has whatever the roles in `passRoles` may do, the secrets that the execution role reads, and with `register` any image. They pass no other role and run nothing in another cluster; with `stopTask` they can stop every task of the cluster, and ECS starts those of services anew.',
  vendors,
  statements: [
    {
      sid: 'RegisterTaskDefinitions',
      when: registers,
      actions: { 'ecs:RegisterTaskDefinition': 'register the revision that is run' },
      resources: [everyRevision],
      evidence: [reference('ecs'), awsActions, ecsDeploy, awsCli],
    },
    {
      sid: 'ReadTaskDefinitions',
      when: any(
        is('readTaskDefinition', true),
        is('client', 'fabfuel', 'ecs-deploy'),
        all(is('client', 'geekcell'), tails),
      ),
      actions: { 'ecs:DescribeTaskDefinition': 'read the task definition, to change it or to find its logs' },
      resources: unscoped('the action has no resource type; with any other resource it never matches'),
      evidence: [reference('ecs'), fabfuel, ecsDeploy, geekcell],
    },
    {
      sid: 'RunTasks',
      actions: { 'ecs:RunTask': 'run a task of the family' },
      resources: revisions,
      conditions: [
        inCluster,
        {
          operator: 'StringEqualsIfExists',
          key: 'ecs:enable-execute-command',
          values: ['false'],
          when: not(is('executeCommand', true)),
          reason: 'no shell can be opened in the tasks',
        },
        {
          operator: 'ForAllValues:ArnEquals',
          key: 'ecs:capacity-provider',
          values: [arn('capacityProviders')],
          when: given('capacityProviders'),
          reason: 'only on these capacity providers',
        },
        {
          operator: 'Null',
          key: 'ecs:capacity-provider',
          values: ['false'],
          when: given('capacityProviders'),
          reason: 'ForAllValues is true for a request without any provider, so one must be named',
        },
      ],
      evidence: [reference('ecs'), awsCli, awsActions, geekcell, fabfuel, ecsDeploy],
    },
    {
      sid: 'PassTaskRoles',
      actions: { 'iam:PassRole': 'hand the task role and the execution role to the tasks' },
      resources: [arn('passRoles')],
      conditions: [onlyPassedTo('ecs-tasks.amazonaws.com', 'ECS tasks')],
      evidence: [reference('iam'), passing],
    },
    {
      sid: 'PassVolumeRoles',
      actions: { 'iam:PassRole': 'hand the infrastructure role for managed EBS volumes to ECS' },
      resources: [arn('volumeRoles')],
      conditions: [onlyPassedTo('ecs.amazonaws.com', 'ECS itself')],
      evidence: [
        reference('iam'),
        vendor('ECS developer guide, infrastructure role', `${guide}/infrastructure_IAM_role.html`),
      ],
    },
    {
      sid: 'WatchTasks',
      actions: {
        'ecs:DescribeTasks': when(waits, 'wait until the task runs or stops, and read its exit code'),
        'ecs:StopTask': when(is('stopTask', true), 'stop the task where the job is cancelled'),
      },
      resources: [tasks],
      evidence: [reference('ecs'), awsCli, awsActions, geekcell],
    },
    {
      sid: 'TagTaskDefinitions',
      when: all(registers, is('tagTaskDefinition', true)),
      actions: { 'ecs:TagResource': 'tag the task definition while it is registered' },
      resources: [everyRevision],
      conditions: [onlyTagsSentWith('RegisterTaskDefinition', 'the registration')],
      evidence: [reference('ecs'), tagging],
    },
    {
      sid: 'TagTasks',
      when: is('tagTask', true),
      actions: { 'ecs:TagResource': 'tag the task while it is started' },
      resources: [tasks],
      conditions: [onlyTagsSentWith('RunTask', 'the start')],
      evidence: [reference('ecs'), tagging],
    },
    {
      sid: 'ReadLogGroups',
      when: readsGroups,
      actions: {
        'logs:FilterLogEvents': when(is('readLogs', 'filter'), 'read the lines of the task, page by page'),
        'logs:StartLiveTail': when(tails, 'be sent the lines of the task as they are written'),
      },
      resources: [arn('logGroups'), template`${arn('logGroups')}:*`],
      evidence: [reference('logs'), tail, liveTail, geekcell, groups],
    },
    {
      sid: 'ReadLogStreams',
      when: is('readLogs', 'events'),
      actions: { 'logs:GetLogEvents': 'read the lines of the task, stream by stream' },
      resources: [template`${arn('logGroups')}:log-stream:${text('logStreamPrefixes')}/*`],
      evidence: [reference('logs'), logCommands],
    },
  ],
});
