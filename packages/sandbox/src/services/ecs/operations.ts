import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Operation } from '../../server/call.js';
import type { EcsService, Task, TaskDefinition } from './state.js';
import { unsupported } from '../unsupported.js';
import {
  clusterOf,
  definitionArn,
  ecsArn,
  findTaskDefinition,
  nameOf,
  requireTaskDefinition,
  serviceArn,
  splitFamily,
  taskArn,
  texts,
} from './resources.js';

function describeDefinition(call: Call, definition: TaskDefinition): object {
  return {
    // AWS gives these lists also where they are empty, and clients count on it.
    volumes: [],
    placementConstraints: [],
    requiresAttributes: [],
    compatibilities: ['EXTERNAL', 'EC2'],
    containerDefinitions: [],
    ...definition.input,
    taskDefinitionArn: definitionArn(call, definition),
    revision: definition.revision,
    status: definition.status,
    tags: undefined,
  };
}

function findService(call: Call, named: unknown): EcsService | undefined {
  const cluster = clusterOf(call);
  const name = nameOf(named);
  const { services } = call.world.containers;
  const found = services.get(`${cluster}/${name}`);
  if (found !== undefined || !call.world.assumeExisting || name === '') return found;
  const made: EcsService = {
    name,
    cluster,
    controller: 'ECS',
    taskDefinition: `${name}:1`,
    desiredCount: 1,
    deployments: 1,
  };
  services.set(`${cluster}/${name}`, made);
  call.world.assumed.set(
    `the service \`${name}\` is taken to run the task definition family \`${name}\` and to be deployed by ECS: \`aws ecs describe-services --cluster ${cluster} --services ${name}\` names both`,
    `task-definition/${name}:`,
  );
  return made;
}

function requireService(call: Call, named: unknown): EcsService {
  const found = findService(call, named);
  if (found === undefined) throw new ServiceError('ServiceNotFoundException', 'Service not found.');
  return found;
}

/** A service is stable at once: one deployment, all its tasks running. */
function describeService(call: Call, service: EcsService): object {
  const definition = findTaskDefinition(call, service.taskDefinition);
  const taskDefinition = definition === undefined ? service.taskDefinition : definitionArn(call, definition);
  const counts = { desiredCount: service.desiredCount, runningCount: service.desiredCount, pendingCount: 0 };
  const now = Math.floor(Date.now() / 1000);
  return {
    serviceArn: ecsArn(call, `service/${service.cluster}/${service.name}`),
    serviceName: service.name,
    clusterArn: ecsArn(call, `cluster/${service.cluster}`),
    status: 'ACTIVE',
    ...counts,
    taskDefinition,
    deploymentController: { type: service.controller },
    deployments: [
      {
        id: `ecs-svc/${service.deployments}`,
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        failedTasks: 0,
        taskDefinition,
        ...counts,
        createdAt: now,
        updatedAt: now,
      },
    ],
    events: [],
    loadBalancers: [],
  };
}

function describeTask(call: Call, task: Task): object {
  const definition = findTaskDefinition(call, task.taskDefinition);
  const containers = (definition?.input['containerDefinitions'] ?? []) as { name?: string }[];
  const running = task.service !== undefined || task.polls > 0;
  return {
    taskArn: ecsArn(call, `task/${task.cluster}/${task.id}`),
    clusterArn: ecsArn(call, `cluster/${task.cluster}`),
    taskDefinitionArn: definition === undefined ? task.taskDefinition : definitionArn(call, definition),
    lastStatus: running ? 'RUNNING' : 'STOPPED',
    desiredStatus: running ? 'RUNNING' : 'STOPPED',
    startedBy: task.startedBy,
    group: task.service === undefined ? `family:${definition?.family}` : `service:${task.service}`,
    containers: containers.map(({ name }) => ({
      name,
      lastStatus: running ? 'RUNNING' : 'STOPPED',
      ...(running ? {} : { exitCode: 0 }),
    })),
    ...(running ? {} : { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' }),
  };
}

function addTask(call: Call, definition: string, about: Partial<Task>): Task {
  const id = randomBytes(16).toString('hex');
  const task: Task = {
    id,
    cluster: clusterOf(call),
    taskDefinition: definition,
    startedBy: undefined,
    tags: [],
    service: undefined,
    polls: call.world.containers.runningFor,
    ...about,
  };
  call.world.containers.tasks.set(id, task);
  return task;
}

export const operations: Readonly<Record<string, Operation>> = {
  RegisterTaskDefinition: (call) => {
    const { family } = splitFamily(call.input['family']);
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(family))
      throw new ServiceError('ClientException', 'Family contains invalid characters.');
    const { taskDefinitions } = call.world.containers;
    const list = taskDefinitions.get(family) ?? [];
    const tags = (call.input['tags'] ?? []) as unknown[];
    const definition: TaskDefinition = {
      family,
      revision: (list.at(-1)?.revision ?? 0) + 1,
      input: call.input,
      tags,
      status: 'ACTIVE',
    };
    taskDefinitions.set(family, [...list, definition]);
    return { taskDefinition: describeDefinition(call, definition), tags };
  },
  DescribeTaskDefinition: (call) => {
    const definition = requireTaskDefinition(call, call.input['taskDefinition']);
    const withTags = texts(call.input['include']).includes('TAGS');
    return {
      taskDefinition: describeDefinition(call, definition),
      ...(withTags ? { tags: definition.tags } : {}),
    };
  },
  DeregisterTaskDefinition: (call) => {
    const definition = requireTaskDefinition(call, call.input['taskDefinition']);
    definition.status = 'INACTIVE';
    return { taskDefinition: describeDefinition(call, definition) };
  },
  ListTaskDefinitions: (call) => {
    const prefix = call.input['familyPrefix'];
    const status = call.input['status'] ?? 'ACTIVE';
    const found = [...call.world.containers.taskDefinitions.values()]
      .flat()
      .filter((one) => one.status === status && (prefix === undefined || one.family === prefix));
    if (call.input['sort'] === 'DESC') found.reverse();
    return { taskDefinitionArns: found.map((one) => definitionArn(call, one)) };
  },
  ListTaskDefinitionFamilies: (call) => ({ families: [...call.world.containers.taskDefinitions.keys()] }),
  ListClusters: (call) => {
    const names = new Set([...call.world.containers.services.values()].map(({ cluster }) => cluster));
    return { clusterArns: [...names].map((name) => ecsArn(call, `cluster/${name}`)) };
  },
  ListServices: (call) => {
    const found = [...call.world.containers.services.values()].filter(({ cluster }) => cluster === clusterOf(call));
    return { serviceArns: found.map(({ name, cluster }) => ecsArn(call, `service/${cluster}/${name}`)) };
  },
  ListTasks: (call) => {
    const named = call.input['serviceName'];
    const service = named === undefined ? undefined : findService(call, named);
    const { tasks } = call.world.containers;
    const belongs = (task: Task) =>
      task.cluster === clusterOf(call) && (service === undefined || task.service === service.name);
    const current = [...tasks.values()].filter(
      (task) => belongs(task) && task.taskDefinition === (service?.taskDefinition ?? task.taskDefinition),
    );
    if (current.length === 0 && service !== undefined && service.desiredCount > 0)
      current.push(
        addTask(call, service.taskDefinition, { service: service.name, startedBy: `ecs-svc/${service.deployments}` }),
      );
    return { taskArns: current.map(({ id, cluster }) => ecsArn(call, `task/${cluster}/${id}`)) };
  },
  DescribeClusters: (call) => {
    const named = texts(call.input['clusters']);
    const clusters = (named.length === 0 ? ['default'] : named).map((one) => ({
      clusterArn: ecsArn(call, `cluster/${nameOf(one)}`),
      clusterName: nameOf(one),
      status: 'ACTIVE',
    }));
    return { clusters, failures: [] };
  },
  CreateService: (call) => {
    const name = nameOf(call.input['serviceName']);
    const controller = (call.input['deploymentController'] as { type?: string } | undefined)?.type;
    const service: EcsService = {
      name,
      cluster: clusterOf(call),
      controller: controller === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : 'ECS',
      taskDefinition: nameOf(call.input['taskDefinition']),
      desiredCount: Number(call.input['desiredCount'] ?? 1),
      deployments: 1,
    };
    call.world.containers.services.set(`${service.cluster}/${name}`, service);
    return { service: describeService(call, service) };
  },
  UpdateService: (call) => {
    const service = requireService(call, call.input['service']);
    const { taskDefinition, desiredCount, forceNewDeployment } = call.input;
    if (taskDefinition !== undefined) {
      if (service.controller === 'CODE_DEPLOY')
        throw new ServiceError(
          'InvalidParameterException',
          'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
        );
      const { family, revision } = requireTaskDefinition(call, taskDefinition);
      service.taskDefinition = `${family}:${revision}`;
    }
    if (typeof desiredCount === 'number') service.desiredCount = desiredCount;
    if (taskDefinition !== undefined || forceNewDeployment === true) service.deployments += 1;
    return { service: describeService(call, service) };
  },
  DescribeServices: (call) => {
    const named = texts(call.input['services']);
    const found = named.map((name) => findService(call, name));
    return {
      services: found.flatMap((service) => (service === undefined ? [] : [describeService(call, service)])),
      failures: named.flatMap((name, index) =>
        found[index] === undefined ? [{ arn: serviceArn(call, name), reason: 'MISSING' }] : [],
      ),
    };
  },
  DeleteService: (call) => {
    const service = requireService(call, call.input['service']);
    call.world.containers.services.delete(`${service.cluster}/${service.name}`);
    return { service: describeService(call, service) };
  },
  RunTask: (call) => {
    const { family, revision } = requireTaskDefinition(call, call.input['taskDefinition']);
    const startedBy = call.input['startedBy'];
    const tags = (call.input['tags'] ?? []) as unknown[];
    const count = Math.min(10, Number(call.input['count'] ?? 1));
    const tasks = Array.from({ length: count }, () =>
      addTask(call, `${family}:${revision}`, {
        tags,
        startedBy: typeof startedBy === 'string' ? startedBy : undefined,
      }),
    );
    return { tasks: tasks.map((task) => describeTask(call, task)), failures: [] };
  },
  DescribeTasks: (call) => {
    const named = texts(call.input['tasks']);
    const found = named.map((name) => call.world.containers.tasks.get(nameOf(name)));
    const describe = (task: Task) => {
      const described = describeTask(call, task);
      task.polls -= 1;
      return described;
    };
    return {
      tasks: found.flatMap((task) => (task === undefined ? [] : [describe(task)])),
      failures: named.flatMap((name, index) =>
        found[index] === undefined ? [{ arn: taskArn(call, name), reason: 'MISSING' }] : [],
      ),
    };
  },
  StopTask: (call) => {
    const task = call.world.containers.tasks.get(nameOf(call.input['task']));
    if (task === undefined) throw new ServiceError('InvalidParameterException', 'The referenced task was not found.');
    call.world.containers.tasks.delete(task.id);
    return { task: describeTask(call, { ...task, service: undefined, polls: 0 }) };
  },
  ExecuteCommand: unsupported,
  TagResource: unsupported,
};
