import type { TaskDefinition, World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const clusterArn = ({ partition, region, account }: CellOptions, name: string) =>
  `arn:${partition}:ecs:${region}:${account}:cluster/${name}`;
export const roleArn = ({ partition, account }: CellOptions, name: string) =>
  `arn:${partition}:iam::${account}:role/${name}`;
export const eventRole = (options: CellOptions) => roleArn(options, options.name('eventRoles')!);

/** Where nothing is registered, a revision that somebody else registered is given to the schedule. */
export const familyOf = (options: CellOptions) => options.name('taskDefinitionFamilies') ?? 'nightly';
export const registers = (options: CellOptions) => options.is('register', true) || options.is('client', 'fabfuel');
const deregisters = (options: CellOptions) =>
  options.is('deregisterOld', true) || (options.is('client', 'fabfuel') && !options.is('deregisterOld', false));

export const definitionArn = (options: CellOptions, revision: number) =>
  `arn:${options.partition}:ecs:${options.region}:${options.account}:task-definition/${familyOf(options)}:${revision}`;

/** The revision that starts after the job. */
export const newArn = (options: CellOptions) => definitionArn(options, registers(options) ? 2 : 1);

const tags = [{ key: 'team', value: 'web' }];

/** A task definition as a repository holds it: the first role is the task's, the second the execution role. */
export function taskDefinition(options: CellOptions): Record<string, unknown> {
  const [task, execution] = options.names('passRoles');
  return {
    family: familyOf(options),
    containerDefinitions: [{ name: 'app', image: 'public.ecr.aws/docker/library/busybox:stable', memory: 64 }],
    ...(task === undefined ? {} : { taskRoleArn: roleArn(options, task) }),
    ...(execution === undefined ? {} : { executionRoleArn: roleArn(options, execution) }),
    ...(options.is('tagTaskDefinition', true) ? { tags } : {}),
  };
}

/** The target of a rule: a cluster, and the task that is started in it. */
export const ruleTarget = (options: CellOptions, definition: string) => ({
  Id: 'task',
  Arn: clusterArn(options, options.name('cluster')!),
  RoleArn: eventRole(options),
  EcsParameters: { TaskDefinitionArn: definition, TaskCount: 1 },
});

/** A schedule whole, as it is updated. */
export const scheduleOf = (options: CellOptions, definition: string) => ({
  ScheduleExpression: 'rate(1 day)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: {
    Arn: clusterArn(options, options.name('cluster') ?? 'production'),
    RoleArn: eventRole(options),
    EcsParameters: { TaskDefinitionArn: definition, TaskCount: 1 },
  },
});

/** `GROUP/NAME`, as the API takes both. */
export function namedAs(id: string): { GroupName: string; Name: string } {
  const [GroupName = '', Name = ''] = id.split('/');
  return { GroupName, Name };
}

/** The family with one revision, and the rules and schedules that start it, where the job does not create them. */
export function prepare(world: World, options: CellOptions): void {
  const { tags: own = [], ...input } = taskDefinition(options);
  const first: TaskDefinition = {
    family: familyOf(options),
    revision: 1,
    input,
    tags: own as unknown[],
    status: 'ACTIVE',
  };
  world.containers.taskDefinitions.set(familyOf(options), [first]);
  if (options.is('create', true)) return;
  const old = definitionArn(options, 1);
  for (const name of options.names('rules'))
    world.eventRules.set(name, {
      name,
      schedule: 'rate(1 day)',
      isEnabled: true,
      targets: new Map([['task', ruleTarget(options, old)]]),
    });
  for (const id of options.names('schedules'))
    world.schedules.set(id, { ...scheduleOf(options, old), ...namedAs(id), State: 'ENABLED' });
}

/** @throws {StepFailure} where no second revision was registered, or one without its tags */
export function expectRegistered(stage: Stage, options: CellOptions): void {
  const newest = stage.sandbox.world.containers.taskDefinitions.get(familyOf(options))?.at(-1);
  if (newest?.revision !== 2) throw new StepFailure('no second revision was registered');
  if (options.is('tagTaskDefinition', true) && newest.tags.length === 0)
    throw new StepFailure('the revision has no tags');
}

/** @throws {StepFailure} where the old revision is not as the options want it */
export function expectRetired(stage: Stage, options: CellOptions): void {
  const [first] = stage.sandbox.world.containers.taskDefinitions.get(familyOf(options)) ?? [];
  const wanted = deregisters(options) ? 'INACTIVE' : 'ACTIVE';
  if (first?.status !== wanted) throw new StepFailure(`the old revision is not ${wanted}`);
}

/** @throws {StepFailure} where the rule does not start the newest revision */
export function expectTarget(stage: Stage, options: CellOptions, rule: string): void {
  const target = stage.sandbox.world.eventRules.get(rule)?.targets.get('task');
  const { TaskDefinitionArn } = (target?.['EcsParameters'] ?? {}) as { TaskDefinitionArn?: string };
  if (TaskDefinitionArn !== newArn(options)) throw new StepFailure(`the rule ${rule} does not start the new revision`);
}

/** @throws {StepFailure} where the schedule does not start the newest revision */
export function expectSchedule(stage: Stage, options: CellOptions, id: string): void {
  const schedule = stage.sandbox.world.schedules.get(id);
  const { EcsParameters = {} } = (schedule?.['Target'] ?? {}) as { EcsParameters?: { TaskDefinitionArn?: string } };
  if (EcsParameters.TaskDefinitionArn !== newArn(options))
    throw new StepFailure(`the schedule ${id} does not start the new revision`);
}
