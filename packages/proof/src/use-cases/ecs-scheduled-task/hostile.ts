import type { SendCall, World } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import {
  clusterArn,
  definitionArn,
  eventRole,
  familyOf,
  namedAs,
  prepare,
  registers,
  roleArn,
  ruleTarget,
  scheduleOf,
} from './schedule.js';

const resource = 'resource';
const elsewhere = { region: 'us-east-1' };
const noRoles = (family: string) => ({ family, containerDefinitions: [] });
const tags = [{ key: 'team', value: 'other' }];
const hasRules = (options: CellOptions) => options.names('rules').length > 0;
const hasSchedules = (options: CellOptions) => options.names('schedules').length > 0;
const rule = (options: CellOptions) => options.names('rules')[0]!;
const id = (options: CellOptions) => options.names('schedules')[0]!;
const targetOf = (options: CellOptions) => ruleTarget(options, definitionArn(options, 1));
/** A target without a role, so that its place alone is asked about. */
const bareTarget = (options: CellOptions) => ({ ...targetOf(options), RoleArn: undefined });

/** The job's own rules and schedules, and others of like names. */
function withOthers(world: World, options: CellOptions): void {
  prepare(world, options);
  for (const name of options.names('rules'))
    for (const other of [name, 'other', `${name}-old`])
      world.eventRules.set(other, { name: other, schedule: 'rate(1 day)', isEnabled: true, targets: new Map() });
  for (const own of options.names('schedules'))
    for (const other of [own, 'other/nightly', `${own}-old`]) world.schedules.set(other, { State: 'ENABLED' });
}

interface OtherRule {
  readonly which: string;
  readonly name: (options: CellOptions) => string;
  readonly place: { readonly region?: string };
}

const otherRules: readonly OtherRule[] = [
  { which: 'another rule', name: () => 'other', place: {} },
  { which: 'a rule whose name only begins alike', name: (options) => `${rule(options)}-old`, place: {} },
  { which: 'the rule of the same name in another region', name: rule, place: elsewhere },
];

const ruleRequests = otherRules.flatMap(({ which, name, place }): HostileRequest[] => [
  {
    name: `read the targets of ${which}`,
    sid: 'ManageRules',
    fence: resource,
    applies: (options) => hasRules(options) && options.is('readTargets', true),
    prepare: withOthers,
    send: (call, options) => call('EventBridge', 'ListTargetsByRule', { Rule: name(options) }, place),
  },
  {
    name: `delete ${which}`,
    sid: 'ManageRules',
    fence: resource,
    applies: (options) => hasRules(options) && options.is('remove', true),
    prepare: withOthers,
    send: (call, options) => call('EventBridge', 'DeleteRule', { Name: name(options) }, place),
  },
  {
    name: `set the target of ${which}`,
    sid: 'PutTargets',
    fence: resource,
    prepare: withOthers,
    send: (call, options) =>
      call('EventBridge', 'PutTargets', { Rule: name(options), Targets: [bareTarget(options)] }, place),
  },
]);

const otherSchedules: readonly OtherRule[] = [
  {
    which: 'a schedule of the same name in another group',
    name: (options) => `other/${namedAs(id(options)).Name}`,
    place: {},
  },
  { which: 'a schedule whose name only begins alike', name: (options) => `${id(options)}-old`, place: {} },
  { which: 'the schedule of the same name in another region', name: id, place: elsewhere },
];

/** An update whose target has the job's own role. */
const updated = (options: CellOptions, named: string) => ({
  ...namedAs(named),
  ...scheduleOf(options, definitionArn(options, 1)),
});

const scheduleRequests = otherSchedules.flatMap(({ which, name, place }): HostileRequest[] => [
  {
    name: `change ${which}`,
    sid: 'ManageSchedules',
    fence: resource,
    prepare: withOthers,
    send: (call, options) => call('Scheduler', 'UpdateSchedule', updated(options, name(options)), place),
  },
  {
    name: `delete ${which}`,
    sid: 'ManageSchedules',
    fence: resource,
    applies: (options) => options.is('remove', true),
    prepare: withOthers,
    send: (call, options) => call('Scheduler', 'DeleteSchedule', namedAs(name(options)), place),
  },
]);

/** Hands a role to EventBridge, or to its Scheduler where there are no rules. */
function giveRole(call: SendCall, options: CellOptions, RoleArn: string): Promise<unknown> {
  if (hasRules(options))
    return call('EventBridge', 'PutTargets', { Rule: rule(options), Targets: [{ ...targetOf(options), RoleArn }] });
  const { Target, ...rest } = updated(options, id(options));
  return call('Scheduler', 'UpdateSchedule', { ...rest, Target: { ...Target, RoleArn } });
}

const roles: HostileRequest[] = [
  { which: 'another role', arn: (options: CellOptions) => roleArn(options, 'admin') },
  {
    which: 'a role whose name only begins alike',
    arn: (options: CellOptions) => roleArn(options, `${options.name('eventRoles')}-admin`),
  },
  {
    which: 'a role of another account',
    arn: (options: CellOptions) => eventRole(options).replace(`:${options.account}:`, ':999999999999:'),
  },
].map(({ which, arn }) => ({
  name: `have ${which} start the tasks`,
  sid: 'PassEventRoles',
  fence: resource,
  prepare: withOthers,
  send: (call, options) => giveRole(call, options, arn(options)),
}));

const definitions: HostileRequest[] = [
  {
    name: 'register a revision of another family',
    sid: 'RegisterTaskDefinitions',
    fence: resource,
    send: (call) => call('ECS', 'RegisterTaskDefinition', noRoles('other')),
  },
  {
    name: 'register a revision of a family whose name only begins alike',
    sid: 'RegisterTaskDefinitions',
    fence: resource,
    send: (call, options) => call('ECS', 'RegisterTaskDefinition', noRoles(`${familyOf(options)}-old`)),
  },
  {
    name: 'give another role to the task',
    sid: 'PassTaskRoles',
    fence: resource,
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', { ...noRoles(familyOf(options)), taskRoleArn: roleArn(options, 'admin') }),
  },
  {
    name: 'have the role of the task start it',
    sid: 'PassTaskRoles',
    fence: 'StringEquals iam:PassedToService',
    prepare: withOthers,
    send: (call, options) => giveRole(call, options, roleArn(options, options.name('passRoles')!)),
  },
  {
    name: 'give the role that starts the tasks to the task',
    sid: 'PassEventRoles',
    fence: 'StringEquals iam:PassedToService',
    applies: registers,
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', { ...noRoles(familyOf(options)), taskRoleArn: eventRole(options) }),
  },
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
    send: (call, options) => call('ECS', 'TagResource', { resourceArn: definitionArn(options, 1), tags }),
  },
];

const targets: HostileRequest[] = [
  {
    name: 'have the rule call a function',
    sid: 'PutTargets',
    fence: 'ForAllValues:ArnEquals events:TargetArn',
    prepare: withOthers,
    send: (call, { partition, region, account, ...rest }) =>
      call('EventBridge', 'PutTargets', {
        Rule: rule({ partition, region, account, ...rest }),
        Targets: [{ Id: 'theirs', Arn: `arn:${partition}:lambda:${region}:${account}:function:theirs` }],
      }),
  },
  {
    name: 'have the rule start tasks in another cluster beside its own',
    sid: 'PutTargets',
    fence: 'ForAllValues:ArnEquals events:TargetArn',
    prepare: withOthers,
    send: (call, options) => {
      const theirs = { ...bareTarget(options), Id: 'theirs', Arn: clusterArn(options, 'staging') };
      return call('EventBridge', 'PutTargets', { Rule: rule(options), Targets: [bareTarget(options), theirs] });
    },
  },
];

export const hostile: readonly HostileRequest[] = [
  ...ruleRequests.map(
    (one): HostileRequest => ({
      ...one,
      applies: (options) => hasRules(options) && one.applies?.(options) !== false,
    }),
  ),
  ...scheduleRequests.map(
    (one): HostileRequest => ({
      ...one,
      applies: (options) => hasSchedules(options) && one.applies?.(options) !== false,
    }),
  ),
  ...roles,
  ...definitions,
  ...targets,
];
