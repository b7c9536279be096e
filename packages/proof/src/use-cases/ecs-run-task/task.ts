import type { Task, TaskDefinition, World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

export const familyOf = (options: CellOptions) => options.names('taskDefinitionFamilies')[0]!;
export const clusterOf = (options: CellOptions) => options.name('cluster')!;
export const roleArn = ({ partition, account }: CellOptions, name: string) =>
  `arn:${partition}:iam::${account}:role/${name}`;
export const groupArn = ({ partition, region, account }: CellOptions, name: string) =>
  `arn:${partition}:logs:${region}:${account}:log-group:${name}`;

/** Whether a revision is registered before each run. */
export const registers = (options: CellOptions) =>
  options.is('register', true) || options.is('client', 'aws-actions', 'ecs-deploy');

export const tags = [{ key: 'team', value: 'web' }];

/** A task definition as a repository holds it: the first role is the task's, the second the execution role. */
export function taskDefinition(options: CellOptions): Record<string, unknown> {
  const [task, execution] = options.names('passRoles');
  const [group] = options.names('logGroups');
  const [prefix] = prefixOf(options).split('/');
  const logConfiguration = {
    logDriver: 'awslogs',
    options: { 'awslogs-group': group, 'awslogs-region': options.region, 'awslogs-stream-prefix': prefix },
  };
  return {
    family: familyOf(options),
    containerDefinitions: [
      {
        name: 'app',
        image: 'public.ecr.aws/docker/library/busybox:stable',
        memory: 64,
        ...(group === undefined ? {} : { logConfiguration }),
      },
    ],
    ...(task === undefined ? {} : { taskRoleArn: roleArn(options, task) }),
    ...(execution === undefined ? {} : { executionRoleArn: roleArn(options, execution) }),
    ...(options.is('tagTaskDefinition', true) ? { tags } : {}),
  };
}

/** A managed EBS volume, which needs a role of its own. */
export function volumes(options: CellOptions): object[] | undefined {
  const [role] = options.names('volumeRoles');
  return role === undefined
    ? undefined
    : [{ name: 'data', managedEBSVolume: { roleArn: roleArn(options, role), sizeInGiB: 1 } }];
}

/** The families, with as many revisions as the options name; and log groups that are not the job's. */
export function prepare(world: World, options: CellOptions): void {
  const revisions = options.names('revisions').map(Number);
  for (const family of options.names('taskDefinitionFamilies')) {
    const { tags: own = [], ...input } = { ...taskDefinition(options), family } as Record<string, unknown>;
    const made = (revision: number): TaskDefinition => ({
      family,
      revision,
      input,
      tags: own as unknown[],
      status: 'ACTIVE',
    });
    world.containers.taskDefinitions.set(family, (revisions.length === 0 ? [1] : revisions).map(made));
  }
  for (const group of options.names('logGroups'))
    for (const name of [group, `${group}-old`]) world.logGroups.set(name, new Map());
}

/** One whose client waits until the task runs, before it waits until it has stopped. */
export function prepareRunning(world: World, options: CellOptions): void {
  prepare(world, options);
  world.containers.runningFor = 1;
}

/** @throws {StepFailure} where no second revision was registered, or one without its tags */
export function expectRegistered(stage: Stage, options: CellOptions): void {
  const newest = stage.sandbox.world.containers.taskDefinitions.get(familyOf(options))?.at(-1);
  if (newest?.revision !== 2) throw new StepFailure('no second revision was registered');
  if (options.is('tagTaskDefinition', true) && newest.tags.length === 0)
    throw new StepFailure('the revision has no tags');
}

/** The task that was run last. */
export function taskIn(stage: Stage): Task {
  const task = [...stage.sandbox.world.containers.tasks.values()].at(-1);
  if (task === undefined) throw new StepFailure('no task was run');
  return task;
}

/** @throws {StepFailure} where no task was run, or another revision, or one without its tags where it is to have some */
export function expectTask(stage: Stage, options: CellOptions, isTagged = options.is('tagTask', true)): void {
  const task = taskIn(stage);
  const revision = options.names('revisions')[0] ?? (registers(options) ? '2' : '1');
  if (task.taskDefinition !== `${familyOf(options)}:${revision}`)
    throw new StepFailure(`${task.taskDefinition} was run, and not revision ${revision}`);
  if (isTagged && task.tags.length === 0) throw new StepFailure('the task has no tags');
}

/** `PREFIX/CONTAINER`, as streams begin. */
export const prefixOf = (options: CellOptions) => options.names('logStreamPrefixes')[0] ?? 'migrate/app';

const line = 'migrated 3 tables';

/** The task writes its log, which nobody else here does. */
export function writeLog(stage: Stage, options: CellOptions): { group: string; stream: string } {
  const [group] = options.names('logGroups') as [string];
  const stream = `${prefixOf(options)}/${taskIn(stage).id}`;
  stage.sandbox.world.logGroups.get(group)!.set(stream, [line]);
  return { group, stream };
}

/** @throws {StepFailure} where what was read lacks the line of the task */
export function expectLine(read: string): void {
  if (!read.includes(line)) throw new StepFailure('the line of the task was not read');
}
