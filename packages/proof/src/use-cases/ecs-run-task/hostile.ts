import type { SendCall, World } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { clusterOf, familyOf, groupArn, prefixOf, prepare, registers, roleArn } from './task.js';

const resource = 'resource';
const elsewhere = { region: 'us-east-1' };
const exact = (options: CellOptions) => options.is('scope', 'exact');
const tags = [{ key: 'team', value: 'other' }];
const noRoles = (family: string) => ({ family, containerDefinitions: [] });
const ecsArn = ({ partition, region, account }: CellOptions, what: string) =>
  `arn:${partition}:ecs:${region}:${account}:${what}`;

/** A request with the providers that a policy may ask for, so that nothing else refuses it. */
function runTask(call: SendCall, options: CellOptions, more: Readonly<Record<string, unknown>>, place = {}) {
  const providers = options.names('capacityProviders').map((capacityProvider) => ({ capacityProvider }));
  const own = {
    cluster: clusterOf(options),
    taskDefinition: definitionOf(options),
    ...(providers.length === 0 ? {} : { capacityProviderStrategy: providers }),
  };
  return call('ECS', 'RunTask', { ...own, ...more }, place);
}

const definitionOf = (options: CellOptions) => [familyOf(options), ...options.names('revisions')].slice(0, 2).join(':');

/** The families of the job, and others with the same definition but without roles. */
function withOthers(world: World, options: CellOptions): void {
  prepare(world, options);
  const { taskDefinitions } = world.containers;
  const [own] = taskDefinitions.get(familyOf(options)) ?? [];
  for (const family of ['other', `${familyOf(options)}-old`])
    taskDefinitions.set(family, [{ ...own!, family, input: {} }]);
}

/** The families without roles, so that RunTask alone is asked for. */
function withoutRoles(world: World, options: CellOptions): void {
  prepare(world, options);
  for (const [family, list] of world.containers.taskDefinitions)
    world.containers.taskDefinitions.set(
      family,
      list.map((one) => ({ ...one, input: {} })),
    );
}

type FencedRequest = Omit<HostileRequest, 'sid' | 'fence'>;

const running: readonly FencedRequest[] = [
  {
    name: 'run another task definition',
    applies: (options) => !options.is('scope', 'account'),
    prepare: withOthers,
    send: (call, options) => runTask(call, options, { taskDefinition: 'other' }),
  },
  {
    name: 'run a task definition whose name only begins alike',
    applies: exact,
    prepare: withOthers,
    send: (call, options) => runTask(call, options, { taskDefinition: `${familyOf(options)}-old` }),
  },
  {
    name: 'run another revision than those that are named',
    applies: (options) => options.names('revisions').length > 0,
    prepare: (world, options) => {
      withOthers(world, options);
      const list = world.containers.taskDefinitions.get(familyOf(options))!;
      world.containers.taskDefinitions.set(familyOf(options), [...list, { ...list[0]!, revision: 99, input: {} }]);
    },
    send: (call, options) => runTask(call, options, { taskDefinition: `${familyOf(options)}:99` }),
  },
];

const fenced: HostileRequest[] = [
  {
    name: 'run the task in another cluster',
    sid: 'RunTasks',
    fence: 'ArnEquals ecs:cluster',
    prepare: withoutRoles,
    send: (call, options) => runTask(call, options, { cluster: 'staging' }),
  },
  {
    name: 'run a task in which a shell can be opened',
    sid: 'RunTasks',
    fence: 'StringEqualsIfExists ecs:enable-execute-command',
    prepare: withoutRoles,
    send: (call, options) => runTask(call, options, { enableExecuteCommand: true }),
  },
  {
    name: 'run the task on another capacity provider',
    sid: 'RunTasks',
    fence: 'ForAllValues:ArnEquals ecs:capacity-provider',
    applies: (options) => options.names('capacityProviders').length > 0,
    prepare: withoutRoles,
    send: (call, options) => runTask(call, options, { capacityProviderStrategy: [{ capacityProvider: 'gpu' }] }),
  },
  {
    name: 'run the task on no capacity provider',
    sid: 'RunTasks',
    fence: 'Null ecs:capacity-provider',
    applies: (options) => options.names('capacityProviders').length > 0,
    prepare: withoutRoles,
    send: (call, options) => runTask(call, options, { capacityProviderStrategy: [] }),
  },
];

const roles: HostileRequest[] = [
  {
    name: 'run the task with another role',
    sid: 'PassTaskRoles',
    fence: resource,
    prepare: withoutRoles,
    send: (call, options) => runTask(call, options, { overrides: { taskRoleArn: roleArn(options, 'admin') } }),
  },
  {
    name: 'run the task with a role whose name only begins alike',
    sid: 'PassTaskRoles',
    fence: resource,
    prepare: withoutRoles,
    send: (call, options) =>
      runTask(call, options, { overrides: { taskRoleArn: roleArn(options, `${options.name('passRoles')}-admin`) } }),
  },
  {
    name: 'run the task with a role of another account',
    sid: 'PassTaskRoles',
    fence: resource,
    prepare: withoutRoles,
    send: (call, options) => {
      const own = roleArn(options, options.name('passRoles')!);
      const executionRoleArn = own.replace(`:${options.account}:`, ':999999999999:');
      return runTask(call, options, { overrides: { executionRoleArn } });
    },
  },
  {
    name: 'give the role of the task to ECS itself',
    sid: 'PassTaskRoles',
    fence: 'StringEquals iam:PassedToService',
    prepare: withoutRoles,
    send: (call, options) => giveVolumeRole(call, options, options.name('passRoles')!),
  },
  {
    name: 'give another role for volumes',
    sid: 'PassVolumeRoles',
    fence: resource,
    prepare: withoutRoles,
    send: (call, options) => giveVolumeRole(call, options, 'admin'),
  },
  {
    name: 'give the role for volumes to the task',
    sid: 'PassVolumeRoles',
    fence: 'StringEquals iam:PassedToService',
    prepare: withoutRoles,
    send: (call, options) =>
      runTask(call, options, { overrides: { taskRoleArn: roleArn(options, options.name('volumeRoles')!) } }),
  },
];

function giveVolumeRole(call: SendCall, options: CellOptions, name: string): Promise<unknown> {
  const volumeConfigurations = [{ name: 'data', managedEBSVolume: { roleArn: roleArn(options, name) } }];
  return runTask(call, options, { volumeConfigurations });
}

const definitions: readonly FencedRequest[] = [
  {
    name: 'register a revision of another family',
    applies: (options) => !options.is('scope', 'account'),
    send: (call) => call('ECS', 'RegisterTaskDefinition', noRoles('other')),
  },
  {
    name: 'register a revision of a family whose name only begins alike',
    applies: exact,
    send: (call, options) => call('ECS', 'RegisterTaskDefinition', noRoles(`${familyOf(options)}-old`)),
  },
  {
    name: 'register a revision of the family in another region',
    send: (call, options) => call('ECS', 'RegisterTaskDefinition', noRoles(familyOf(options)), elsewhere),
  },
];

const tasks: HostileRequest[] = [
  ...(['DescribeTasks', 'StopTask'] as const).flatMap((operation) =>
    [
      { which: 'in another cluster', cluster: () => 'staging', place: {} },
      {
        which: 'in a cluster whose name only begins alike',
        cluster: (options: CellOptions) => `${clusterOf(options)}-2`,
        place: {},
      },
      { which: 'in the cluster of the same name in another region', cluster: clusterOf, place: elsewhere },
    ].map(({ which, cluster, place }): HostileRequest => {
      const id = '0123456789abcdef0123456789abcdef';
      const named = operation === 'StopTask' ? { task: id } : { tasks: [id] };
      return {
        name: `${operation === 'StopTask' ? 'stop' : 'read'} a task ${which}`,
        sid: 'WatchTasks',
        fence: resource,
        applies: (options) => options.is(operation === 'StopTask' ? 'stopTask' : 'wait', true),
        send: (call, options) => call('ECS', operation, { cluster: cluster(options), ...named }, place),
      };
    }),
  ),
  {
    name: 'tag a task definition of another family',
    sid: 'TagTaskDefinitions',
    fence: resource,
    // Registering is let through, so that the tags alone can be refused.
    besides: () => [{ Effect: 'Allow', Action: ['ecs:RegisterTaskDefinition'], Resource: ['*'] }],
    send: (call) => call('ECS', 'RegisterTaskDefinition', { ...noRoles('other'), tags }),
  },
  {
    name: 'change the tags of a task definition that is there',
    sid: 'TagTaskDefinitions',
    fence: 'StringEquals ecs:CreateAction',
    send: (call, options) =>
      call('ECS', 'TagResource', { resourceArn: ecsArn(options, `task-definition/${familyOf(options)}:1`), tags }),
  },
  {
    name: 'tag a task in another cluster',
    sid: 'TagTasks',
    fence: resource,
    prepare: withoutRoles,
    besides: () => [{ Effect: 'Allow', Action: ['ecs:RunTask'], Resource: ['*'] }],
    send: (call, options) => runTask(call, options, { cluster: 'staging', tags }),
  },
  {
    name: 'change the tags of a task that runs',
    sid: 'TagTasks',
    fence: 'StringEquals ecs:CreateAction',
    send: (call, options) =>
      call('ECS', 'TagResource', { resourceArn: ecsArn(options, `task/${clusterOf(options)}/0123456789abcdef`), tags }),
  },
];

const firstGroup = (options: CellOptions) => options.name('logGroups')!;
const otherGroups = [
  { which: 'another log group', group: () => '/ecs/other', place: {} },
  {
    which: 'a log group whose name only begins alike',
    group: (options: CellOptions) => `${firstGroup(options)}-old`,
    place: {},
  },
  { which: 'the log group of the same name in another region', group: firstGroup, place: elsewhere },
];

const logs: HostileRequest[] = [
  ...otherGroups.map(
    ({ which, group, place }): HostileRequest => ({
      name: `read ${which}`,
      sid: 'ReadLogGroups',
      fence: resource,
      applies: (options) => options.is('readLogs', 'filter'),
      prepare,
      send: (call, options) => call('CloudWatchLogs', 'FilterLogEvents', { logGroupName: group(options) }, place),
    }),
  ),
  {
    name: 'read the log group of the same name in another account',
    sid: 'ReadLogGroups',
    fence: resource,
    applies: (options) => options.is('readLogs', 'filter'),
    prepare,
    send: (call, options) => {
      const theirs = groupArn(options, firstGroup(options)).replace(`:${options.account}:`, ':999999999999:');
      return call('CloudWatchLogs', 'FilterLogEvents', { logGroupIdentifier: theirs });
    },
  },
  ...otherGroups.map(
    ({ which, group, place }): HostileRequest => ({
      name: `read a stream of ${which}`,
      sid: 'ReadLogStreams',
      fence: resource,
      prepare,
      send: (call, options) =>
        call(
          'CloudWatchLogs',
          'GetLogEvents',
          { logGroupName: group(options), logStreamName: `${prefixOf(options)}/0123456789abcdef` },
          place,
        ),
    }),
  ),
  {
    name: 'read the stream of another task in the log group',
    sid: 'ReadLogStreams',
    fence: resource,
    prepare,
    send: (call, options) =>
      call('CloudWatchLogs', 'GetLogEvents', {
        logGroupName: firstGroup(options),
        logStreamName: `${prefixOf(options)}-2/0123456789abcdef`,
      }),
  },
];

export const hostile: readonly HostileRequest[] = [
  ...running.map((one) => ({ ...one, sid: 'RunTasks', fence: resource })),
  ...fenced,
  ...roles,
  ...definitions.map(
    (one): HostileRequest => ({
      ...one,
      sid: 'RegisterTaskDefinitions',
      fence: resource,
      applies: (options) => registers(options) && one.applies?.(options) !== false,
    }),
  ),
  ...tasks,
  ...logs,
];
