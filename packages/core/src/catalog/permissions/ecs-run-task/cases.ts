import { defineRefused, defineSamples } from '../../cases.js';
import { ecsRunTask } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const base = { cluster: 'production', taskDefinitionFamilies: ['migrate'], ...place } as const;
const ecs = 'arn:aws:ecs:eu-west-1:123456789012';
const role = 'arn:aws:iam::123456789012:role';
const definition = `${ecs}:task-definition/migrate:7`;
const task = `${ecs}:task/production/0123456789abcdef0123456789abcdef`;
const theirTask = `${ecs}:task/staging/0123456789abcdef0123456789abcdef`;
const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/migrate';
const stream = `${group}:log-stream:migrate/app/0123456789abcdef0123456789abcdef`;
const inProduction = { 'ecs:cluster': `${ecs}:cluster/production` };
const inStaging = { 'ecs:cluster': `${ecs}:cluster/staging` };
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const toEcs = { 'iam:PassedToService': 'ecs.amazonaws.com' };
const on = (...names: string[]) => ({
  ...inProduction,
  'ecs:capacity-provider': names.map((name) => `${ecs}:capacity-provider/${name}`),
});
const withRegistration = { 'ecs:CreateAction': 'RegisterTaskDefinition' };
const withStart = { 'ecs:CreateAction': 'RunTask' };

export const samples = defineSamples(ecsRunTask, [
  {
    name: 'default',
    options: { ...base, passRoles: ['web-task', 'ci/web-execution'] },
    allows: [
      { actions: ['ecs:RunTask'], resource: definition, context: inProduction, why: 'run the migration' },
      {
        actions: ['ecs:RunTask'],
        resource: definition,
        context: { ...inProduction, 'ecs:enable-execute-command': 'false' },
        why: 'the same, said to have no shell',
      },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, context: toTasks, why: 'the task role' },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/ci/web-execution`,
        context: toTasks,
        why: 'the execution role, which has a path',
      },
      { actions: ['ecs:DescribeTasks'], resource: task, why: 'wait until it stops' },
    ],
    denies: [
      { actions: ['ecs:RunTask'], resource: definition, context: inStaging, why: 'the same task in another cluster' },
      { actions: ['ecs:RunTask'], resource: definition, why: 'in nobody knows which cluster' },
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate-old:7`,
        context: inProduction,
        why: 'a family whose name begins alike',
      },
      {
        actions: ['ecs:RunTask'],
        resource: 'arn:aws:ecs:us-east-1:123456789012:task-definition/migrate:7',
        context: inProduction,
        why: 'the same family in another region',
      },
      {
        actions: ['ecs:RunTask'],
        resource: 'arn:aws:ecs:eu-west-1:999999999999:task-definition/migrate:7',
        context: inProduction,
        why: 'the same family in another account',
      },
      {
        actions: ['ecs:RunTask'],
        resource: definition,
        context: { ...inProduction, 'ecs:enable-execute-command': 'true' },
        why: 'a task in which a shell can be opened',
      },
      {
        actions: ['ecs:StartTask'],
        resource: definition,
        context: inProduction,
        why: 'no container instance is chosen',
      },
      { actions: ['iam:PassRole'], resource: `${role}/admin`, context: toTasks, why: 'another role' },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, context: toEcs, why: 'the role given to ECS itself' },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, why: 'the role given to nobody knows whom' },
      { actions: ['ecs:DescribeTasks'], resource: theirTask, why: 'tasks of another cluster' },
      { actions: ['ecs:StopTask', 'ecs:ExecuteCommand'], resource: task, why: 'a task is neither stopped nor entered' },
      { actions: ['ecs:RegisterTaskDefinition'], resource: definition, why: 'nothing is registered' },
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition', 'ecs:ListTasks'],
        resource: '*',
        why: 'the AWS CLI asks for none of it',
      },
      { actions: ['ecs:TagResource'], resource: definition, context: withRegistration, why: 'nothing is tagged' },
      { actions: ['ecs:TagResource'], resource: task, context: withStart, why: 'nothing is tagged' },
      {
        actions: ['logs:FilterLogEvents', 'logs:StartLiveTail', 'logs:GetLogEvents'],
        resource: group,
        why: 'no logs are read',
      },
      {
        actions: ['ecs:UpdateService', 'ecs:CreateService'],
        resource: `${ecs}:service/production/web`,
        context: inProduction,
        why: 'services are another job',
      },
    ],
  },
  {
    name: 'aws-actions',
    options: {
      ...base,
      client: 'aws-actions',
      passRoles: ['web-task'],
      volumeRoles: ['volumes'],
      tagTask: true,
      tagTaskDefinition: true,
      readTaskDefinition: true,
    },
    allows: [
      { actions: ['ecs:RegisterTaskDefinition'], resource: definition, why: 'the action registers with every run' },
      { actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'download the task definition' },
      { actions: ['iam:PassRole'], resource: `${role}/volumes`, context: toEcs, why: 'a managed EBS volume' },
      { actions: ['ecs:TagResource'], resource: definition, context: withRegistration, why: 'tags in the file' },
      { actions: ['ecs:TagResource'], resource: task, context: withStart, why: 'run-task-tags' },
    ],
    denies: [
      {
        actions: ['ecs:RegisterTaskDefinition'],
        resource: `${ecs}:task-definition/migrate-old:1`,
        why: 'another family',
      },
      { actions: ['iam:PassRole'], resource: `${role}/other`, context: toEcs, why: 'another role for volumes' },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/volumes`,
        context: toTasks,
        why: 'a volume role given to a task',
      },
      { actions: ['ecs:TagResource'], resource: definition, why: 'a change of tags, which may open doors elsewhere' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/web:1`,
        context: withRegistration,
        why: 'tags of another family',
      },
      { actions: ['ecs:TagResource'], resource: task, why: 'a change of tags of a task that runs' },
      { actions: ['ecs:TagResource'], resource: theirTask, context: withStart, why: 'tags in another cluster' },
      { actions: ['ecs:ListTaskDefinitions'], resource: '*', why: 'reading one definition lists none' },
    ],
  },
  {
    name: 'register',
    options: { ...base, register: true, wait: false },
    allows: [{ actions: ['ecs:RegisterTaskDefinition'], resource: definition, why: 'register-task-definition first' }],
    denies: [
      { actions: ['ecs:TagResource'], resource: definition, context: withRegistration, why: 'it carries no tags' },
      { actions: ['ecs:DescribeTasks'], resource: task, why: 'nobody waits' },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, context: toTasks, why: 'no role is named' },
    ],
  },
  {
    name: 'fabfuel',
    options: { ...base, client: 'fabfuel', region: 'us-gov-west-1' },
    allows: [{ actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: '`ecs run` reads it first' }],
    denies: [{ actions: ['ecs:RegisterTaskDefinition'], resource: definition, why: '`ecs run` registers nothing' }],
  },
  {
    name: 'ecs-deploy',
    options: { ...base, client: 'ecs-deploy' },
    allows: [
      { actions: ['ecs:RegisterTaskDefinition'], resource: definition, why: '--run-task registers first' },
      { actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'and reads the definition before that' },
    ],
    denies: [{ actions: ['ecs:ListTaskDefinitions'], resource: '*', why: 'nothing is deregistered' }],
  },
  {
    name: 'geekcell',
    options: { ...base, client: 'geekcell', wait: false, readLogs: 'live', logGroups: ['/ecs/migrate'] },
    allows: [
      { actions: ['ecs:DescribeTasks'], resource: task, why: 'the action always waits until the task runs' },
      { actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'it looks for the log group' },
      { actions: ['logs:StartLiveTail'], resource: group, why: 'tail-logs, asked for as the reference says' },
      { actions: ['logs:StartLiveTail'], resource: `${group}:log-stream:`, why: 'the same with an empty stream' },
    ],
    denies: [
      { actions: ['logs:FilterLogEvents', 'logs:GetLogEvents'], resource: group, why: 'logs are read by another call' },
      { actions: ['logs:StartLiveTail'], resource: `${group}-old`, why: 'a group whose name begins alike' },
      { actions: ['logs:StopQuery', 'logs:StartQuery'], resource: group, why: 'logs are not queried' },
    ],
  },
  {
    name: 'geekcell-quiet',
    options: { ...base, client: 'geekcell' },
    allows: [{ actions: ['ecs:DescribeTasks'], resource: task, why: 'wait until it stops' }],
    denies: [{ actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'it is read for the log group alone' }],
  },
  {
    name: 'logs',
    options: {
      ...base,
      stopTask: true,
      readLogs: 'filter',
      logGroups: ['/ecs/migrate'],
      logStreamPrefixes: ['migrate/app'],
    },
    allows: [
      { actions: ['ecs:StopTask'], resource: task, why: 'the job is cancelled' },
      { actions: ['logs:FilterLogEvents'], resource: group, why: 'aws logs tail' },
      { actions: ['logs:FilterLogEvents'], resource: `${group}:log-stream:`, why: 'the same with an empty stream' },
    ],
    denies: [
      { actions: ['ecs:StopTask'], resource: theirTask, why: 'a task of another cluster' },
      { actions: ['logs:FilterLogEvents'], resource: `${group}-old`, why: 'a group whose name begins alike' },
      { actions: ['logs:FilterLogEvents'], resource: `${group}-old:log-stream:`, why: 'and with an empty stream' },
      {
        actions: ['logs:FilterLogEvents'],
        resource: 'arn:aws:logs:us-east-1:123456789012:log-group:/ecs/migrate',
        why: 'the same group in another region',
      },
      { actions: ['logs:GetLogEvents'], resource: stream, why: 'logs are read by another call' },
      { actions: ['logs:StartLiveTail', 'logs:Unmask'], resource: group, why: 'logs are read by another call' },
    ],
  },
  {
    name: 'log-streams',
    options: { ...base, readLogs: 'events', logGroups: ['/ecs/migrate'], logStreamPrefixes: ['migrate/app'] },
    allows: [{ actions: ['logs:GetLogEvents'], resource: stream, why: 'aws logs get-log-events' }],
    denies: [
      {
        actions: ['logs:GetLogEvents'],
        resource: `${group}:log-stream:web/app/0123456789abcdef0123456789abcdef`,
        why: 'the stream of another task',
      },
      { actions: ['logs:FilterLogEvents'], resource: group, why: 'the whole group' },
      { actions: ['logs:PutLogEvents'], resource: stream, why: 'nothing is written' },
    ],
  },
  {
    name: 'capacity-providers',
    options: { ...base, capacityProviders: ['FARGATE', 'FARGATE_SPOT'], executeCommand: true },
    allows: [
      { actions: ['ecs:RunTask'], resource: definition, context: on('FARGATE_SPOT'), why: 'one of the providers' },
      { actions: ['ecs:RunTask'], resource: definition, context: on('FARGATE', 'FARGATE_SPOT'), why: 'both of them' },
      {
        actions: ['ecs:RunTask'],
        resource: definition,
        context: { ...on('FARGATE'), 'ecs:enable-execute-command': 'true' },
        why: 'shells are asked for',
      },
    ],
    denies: [
      { actions: ['ecs:RunTask'], resource: definition, context: on('gpu'), why: 'another provider' },
      { actions: ['ecs:RunTask'], resource: definition, context: on('FARGATE', 'gpu'), why: 'another one beside it' },
      { actions: ['ecs:RunTask'], resource: definition, context: inProduction, why: 'no provider is named' },
      { actions: ['ecs:ExecuteCommand'], resource: task, why: 'starting such a task opens no shell yet' },
    ],
  },
  {
    name: 'revisions',
    options: { ...base, revisions: ['7', '8'] },
    allows: [
      { actions: ['ecs:RunTask'], resource: definition, context: inProduction, why: 'a revision that is named' },
    ],
    denies: [
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate:1`,
        context: inProduction,
        why: 'an old revision',
      },
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate:77`,
        context: inProduction,
        why: 'a revision that begins alike',
      },
    ],
  },
  {
    name: 'pattern',
    options: { ...base, taskDefinitionFamilies: ['migrate-*'], scope: 'pattern' },
    allows: [
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate-web:1`,
        context: inProduction,
        why: 'inside the pattern',
      },
    ],
    denies: [{ actions: ['ecs:RunTask'], resource: definition, context: inProduction, why: 'outside the pattern' }],
  },
  {
    name: 'account',
    options: { cluster: 'production', scope: 'account', ...place },
    allows: [{ actions: ['ecs:RunTask'], resource: definition, context: inProduction, why: 'any family' }],
    denies: [{ actions: ['ecs:RunTask'], resource: definition, context: inStaging, why: 'in this cluster alone' }],
  },
]);

const arnOfGroup = 'arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/migrate';

export const refused = defineRefused(ecsRunTask, [
  {
    name: 'an ARN of a log group with the star behind it',
    options: { ...base, readLogs: 'filter', logGroups: [`${arnOfGroup}:*`] },
    says: `logGroups[0]: \`${arnOfGroup}:*\` has \`:*\` or a stream behind the group: write the ARN of the group alone, here \`${arnOfGroup}\``,
  },
  {
    name: 'a revision with its family',
    options: { ...base, revisions: ['migrate:7'] },
    says: 'revisions[0]: `migrate:7` has the family before it: write the number alone, and the family as `taskDefinitionFamilies`, here `7`',
  },
  {
    name: 'a revision that changes its meaning',
    options: { ...base, revisions: ['latest'] },
    says: 'revisions[0]: `latest` is no revision, and a policy cannot know which one is the latest: leave the option out',
  },
  {
    name: 'revisions where the job registers its own',
    options: { ...base, client: 'aws-actions', revisions: ['7'] },
    says: /register/,
  },
  {
    name: 'a stream with the id of a task',
    options: {
      ...base,
      readLogs: 'events',
      logGroups: ['/ecs/migrate'],
      logStreamPrefixes: ['migrate/app/0123456789abcdef0123456789abcdef'],
    },
    says: /ends with the id of a task/,
  },
  { name: 'logs without a group', options: { ...base, readLogs: 'filter' }, says: /missing, and `readLogs` is set/ },
  {
    name: 'a group without a way to read it',
    options: { ...base, logGroups: ['/ecs/migrate'] },
    says: /say how they are read/,
  },
  {
    name: 'a family with its revision',
    options: { ...base, taskDefinitionFamilies: ['migrate:7'] },
    says: /has a revision/,
  },
  {
    name: 'a family with its revision, where a revision can be named',
    options: { ...base, taskDefinitionFamilies: ['migrate:7'] },
    says: /^taskDefinitionFamilies\[0\]: .* write the family alone, and the number as `revisions` if no other may be run, here `migrate`$/,
  },
  {
    name: 'a cluster with a service',
    options: { ...base, cluster: 'production/web' },
    says: /^cluster: .* is a service in a cluster: write the cluster alone, here `production`$/,
  },
  ...['fargate', 'Fargate', 'fargate_spot', 'FARGATE-SPOT', 'fargateSpot'].map((provider) => ({
    name: `the capacity provider ${provider}`,
    options: { ...base, capacityProviders: [provider] },
    says: /^capacityProviders\[0\]: .* is written in capitals.*, here `FARGATE(?:_SPOT)?`$/,
  })),
]);
