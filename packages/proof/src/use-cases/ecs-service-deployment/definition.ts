import type { EcsService, TaskDefinition, World } from '@postern/sandbox';
import type { CellOptions } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';

/** Where only a new deployment is forced, no family is named: the service runs one all the same. */
const familiesOf = (options: CellOptions) =>
  options.names('taskDefinitionFamilies').length > 0 ? options.names('taskDefinitionFamilies') : ['app'];
export const familyOf = (options: CellOptions) => familiesOf(options)[0]!;

export function roleArn(options: CellOptions, name: string): string {
  return `arn:${options.partition}:iam::${options.account}:role/${name}`;
}

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

export const tags = [{ key: 'team', value: 'web' }];

/** A managed EBS volume, which needs a role of its own. */
export function volumes(options: CellOptions): object[] | undefined {
  const [role] = options.names('volumeRoles');
  return role === undefined
    ? undefined
    : [{ name: 'data', managedEBSVolume: { roleArn: roleArn(options, role), sizeInGiB: 1 } }];
}

/** The family with one revision, and the services that run it. */
export function prepare(world: World, options: CellOptions): void {
  const { taskDefinitions, services } = world.containers;
  for (const family of familiesOf(options)) {
    const { tags: own = [], ...input } = { ...taskDefinition(options), family } as Record<string, unknown>;
    taskDefinitions.set(family, [{ family, revision: 1, input, tags: own as unknown[], status: 'ACTIVE' }]);
  }
  const application = options.name('codeDeployApplication');
  for (const name of options.names('services')) {
    const cluster = options.name('cluster')!;
    services.set(`${cluster}/${name}`, {
      name,
      cluster,
      controller: application === undefined ? 'ECS' : 'CODE_DEPLOY',
      taskDefinition: `${familyOf(options)}:1`,
      desiredCount: 1,
      deployments: 1,
    });
    if (application === undefined) continue;
    const group = options.name('codeDeployDeploymentGroup')!;
    const config = options.name('codeDeployDeploymentConfig') ?? 'CodeDeployDefault.ECSAllAtOnce';
    world.deployments.groups.set(`${application}/${group}`, {
      application,
      name: group,
      config,
      service: `${cluster}/${name}`,
    });
  }
}

export function definitionsIn(stage: Stage, options: CellOptions): readonly TaskDefinition[] {
  return stage.sandbox.world.containers.taskDefinitions.get(familyOf(options)) ?? [];
}

function serviceIn(stage: Stage, options: CellOptions, name: string): EcsService {
  return stage.sandbox.world.containers.services.get(`${options.name('cluster')}/${name}`)!;
}

/** @throws {StepFailure} where the newest revision is not a second one, or lacks its tags */
export function expectRegistered(stage: Stage, options: CellOptions): void {
  const newest = definitionsIn(stage, options).at(-1);
  if (newest?.revision !== 2) throw new StepFailure('no second revision was registered');
  if (options.is('tagTaskDefinition', true) && newest.tags.length === 0)
    throw new StepFailure('the revision has no tags');
}

/** @throws {StepFailure} where the service was not deployed again, or not with the newest revision */
export function expectDeployed(stage: Stage, options: CellOptions, name: string): void {
  const service = serviceIn(stage, options, name);
  const newest = definitionsIn(stage, options).at(-1)!;
  if (service.deployments < 2) throw new StepFailure(`the service ${name} was not deployed again`);
  if (service.taskDefinition !== `${newest.family}:${newest.revision}`)
    throw new StepFailure(`the service ${name} does not run the newest revision`);
}

/** @throws {StepFailure} where the old revision is still active */
export function expectDeregistered(stage: Stage, options: CellOptions): void {
  if (definitionsIn(stage, options)[0]?.status !== 'INACTIVE')
    throw new StepFailure('the old revision is still active');
}

const ownTask = (stage: Stage) =>
  [...stage.sandbox.world.containers.tasks.values()].find(({ service }) => service === undefined);

/** The task that was run by itself, by its id. */
export function taskIn(stage: Stage): string {
  const task = ownTask(stage);
  if (task === undefined) throw new StepFailure('no task was run');
  return task.id;
}

/** @throws {StepFailure} where no task of its own was run, or it lacks its tags */
export function expectTask(stage: Stage, options: CellOptions): void {
  const task = ownTask(stage);
  if (task === undefined) throw new StepFailure('no task was run');
  if (options.is('tagTask', true) && task.tags.length === 0) throw new StepFailure('the task has no tags');
}
