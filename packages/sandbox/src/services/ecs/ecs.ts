import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Check, type Operation, type Rule, type Service } from '../../server/call.js';
import { failJson, identifyJson, jsonReply } from '../../protocols/json.js';
import type { EcsService, Task, TaskDefinition } from '../../world/containers.js';
import { arnOf } from '../../world/world.js';
import { tagContext } from '../request-tags.js';

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html';
const tagging = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html';
const passing =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html';
const infrastructure = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html';

type Input = Readonly<Record<string, unknown>>;

function ecsArn(call: Call, resource: string): string {
  return arnOf(call.world, 'ecs', call.region, call.principal.account, resource);
}

/** What stands behind the last slash of an ARN, or the name itself. */
const nameOf = (text: unknown) =>
  String(text ?? '')
    .split('/')
    .at(-1)!;
const clusterOf = (call: Call) => nameOf(call.input['cluster'] ?? 'default');
const inCluster = (call: Call) => ({ 'ecs:cluster': ecsArn(call, `cluster/${clusterOf(call)}`) });
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** A service by name or ARN; one ARN may name another cluster than the request. */
function serviceArn(call: Call, named: unknown): string {
  const text = String(named ?? '');
  return text.startsWith('arn:') ? text : ecsArn(call, `service/${clusterOf(call)}/${text}`);
}

function taskArn(call: Call, named: string): string {
  return named.startsWith('arn:') ? named : ecsArn(call, `task/${clusterOf(call)}/${named}`);
}

/** `FAMILY`, `FAMILY:REVISION` or an ARN, as family and revision. */
function splitFamily(text: unknown): { family: string; revision: number | undefined } {
  const [family, revision] = nameOf(text).split(':');
  return { family: family ?? '', revision: revision === undefined ? undefined : Number(revision) };
}

function findTaskDefinition(call: Call, named: unknown): TaskDefinition | undefined {
  const { family, revision } = splitFamily(named);
  const { taskDefinitions } = call.world.containers;
  let list = taskDefinitions.get(family);
  if (list === undefined && call.world.assumeExisting && family !== '') {
    list = [
      { family, revision: revision ?? 1, input: { family, containerDefinitions: [] }, tags: [], status: 'ACTIVE' },
    ];
    taskDefinitions.set(family, list);
  }
  return revision === undefined
    ? list?.findLast(({ status }) => status === 'ACTIVE')
    : list?.find((one) => one.revision === revision);
}

function requireTaskDefinition(call: Call, named: unknown): TaskDefinition {
  const found = findTaskDefinition(call, named);
  if (found === undefined) throw new ServiceError('ClientException', 'Unable to describe task definition.');
  return found;
}

const definitionArn = (call: Call, { family, revision }: TaskDefinition) =>
  ecsArn(call, `task-definition/${family}:${revision}`);

/** A role in a task definition may be a bare name. */
function roleArn(call: Call, role: unknown): string {
  const text = String(role);
  return text.startsWith('arn:') ? text : arnOf(call.world, 'iam', '', call.principal.account, `role/${text}`);
}

function passChecks(call: Call, roles: readonly unknown[], service: string): Check[] {
  const given = [...new Set(roles.filter((role) => typeof role === 'string' && role !== ''))];
  return given.map((role) => ({
    action: 'iam:PassRole',
    resource: roleArn(call, role),
    context: { 'iam:PassedToService': service },
  }));
}

/** Roles of EBS volumes that ECS manages. */
function volumeRoles(input: Input): unknown[] {
  const volumes = (input['volumeConfigurations'] ?? []) as { managedEBSVolume?: { roleArn?: string } }[];
  return Array.isArray(volumes) ? volumes.map((volume) => volume.managedEBSVolume?.roleArn) : [];
}

/** Tags in a request that creates something are checked as well; without tags nothing is. */
function tagChecks(call: Call, resource: string): Check[] {
  const context = tagContext(call.input['tags']);
  if (!('aws:TagKeys' in context)) return [];
  return [{ action: 'ecs:TagResource', resource, context: { ...context, 'ecs:CreateAction': call.operation } }];
}

const unscoped = (name: string): Rule => ({
  source: `${reference}: no resource type`,
  checks: () => [{ action: `ecs:${name}`, resource: '*' }],
});

function onServices(name: string, field: string): Rule {
  return {
    source: reference,
    checks: (call) => {
      const named = call.input[field];
      const list = Array.isArray(named) ? named : [named];
      return list.map((one) => ({ action: `ecs:${name}`, resource: serviceArn(call, one), context: inCluster(call) }));
    },
  };
}

function onTasks(name: string, field: string): Rule {
  return {
    source: reference,
    checks: (call) => {
      const named = call.input[field];
      const list = Array.isArray(named) ? named.map(String) : [String(named ?? '')];
      return list.map((one) => ({ action: `ecs:${name}`, resource: taskArn(call, one), context: inCluster(call) }));
    },
  };
}

const rules: Readonly<Record<string, Rule>> = {
  RegisterTaskDefinition: {
    source: `${reference}; ${tagging}; roles: ${passing}`,
    checks: (call) => {
      const { family } = splitFamily(call.input['family']);
      const list = call.world.containers.taskDefinitions.get(family) ?? [];
      const resource = ecsArn(call, `task-definition/${family}:${(list.at(-1)?.revision ?? 0) + 1}`);
      const context = tagContext(call.input['tags']);
      return [
        { action: 'ecs:RegisterTaskDefinition', resource, context },
        ...passChecks(call, [call.input['taskRoleArn'], call.input['executionRoleArn']], 'ecs-tasks.amazonaws.com'),
        ...tagChecks(call, resource),
      ];
    },
  },
  DescribeTaskDefinition: unscoped('DescribeTaskDefinition'),
  DeregisterTaskDefinition: unscoped('DeregisterTaskDefinition'),
  ListTaskDefinitions: unscoped('ListTaskDefinitions'),
  ListTaskDefinitionFamilies: unscoped('ListTaskDefinitionFamilies'),
  ListClusters: unscoped('ListClusters'),
  ListServices: {
    source: `${reference}: no resource type, ecs:cluster`,
    checks: (call) => [{ action: 'ecs:ListServices', resource: '*', context: inCluster(call) }],
  },
  ListTasks: {
    source: `${reference} names container instances, live refusals name *: only a policy for * is allowed by both`,
    checks: (call) => [
      {
        action: 'ecs:ListTasks',
        resource: ecsArn(call, `container-instance/${clusterOf(call)}/*`),
        context: inCluster(call),
      },
      { action: 'ecs:ListTasks', resource: '*', context: inCluster(call) },
    ],
  },
  DescribeClusters: {
    source: reference,
    checks: (call) => {
      const named = texts(call.input['clusters']);
      return (named.length === 0 ? ['default'] : named).map((one) => ({
        action: 'ecs:DescribeClusters',
        resource: ecsArn(call, `cluster/${nameOf(one)}`),
      }));
    },
  },
  CreateService: {
    source: `${reference}; ${tagging}; volumes: ${infrastructure}`,
    checks: (call) => {
      const resource = serviceArn(call, call.input['serviceName']);
      return [
        { action: 'ecs:CreateService', resource, context: { ...inCluster(call), ...tagContext(call.input['tags']) } },
        ...passChecks(call, volumeRoles(call.input), 'ecs.amazonaws.com'),
        ...tagChecks(call, resource),
      ];
    },
  },
  UpdateService: {
    source: `${reference}; volumes: ${infrastructure}`,
    checks: (call) => {
      const definition = call.input['taskDefinition'];
      const found = definition === undefined ? undefined : findTaskDefinition(call, definition);
      return [
        {
          action: 'ecs:UpdateService',
          resource: serviceArn(call, call.input['service']),
          context: {
            ...inCluster(call),
            ...(found === undefined ? {} : { 'ecs:task-definition': definitionArn(call, found) }),
          },
        },
        ...passChecks(call, volumeRoles(call.input), 'ecs.amazonaws.com'),
      ];
    },
  },
  DescribeServices: onServices('DescribeServices', 'services'),
  DeleteService: onServices('DeleteService', 'service'),
  RunTask: {
    source: `${reference}; ${tagging}; roles, also those of the definition: ${passing}; volumes: ${infrastructure}`,
    checks: (call) => {
      const found = findTaskDefinition(call, call.input['taskDefinition']);
      const { family, revision } = splitFamily(call.input['taskDefinition']);
      const overrides = (call.input['overrides'] ?? {}) as Input;
      const own = (name: string) => overrides[name] ?? found?.input[name];
      const resource = ecsArn(call, `task-definition/${family}:${found?.revision ?? revision ?? '*'}`);
      return [
        { action: 'ecs:RunTask', resource, context: { ...inCluster(call), ...tagContext(call.input['tags']) } },
        ...passChecks(call, [own('taskRoleArn'), own('executionRoleArn')], 'ecs-tasks.amazonaws.com'),
        ...passChecks(call, volumeRoles(call.input), 'ecs.amazonaws.com'),
        ...tagChecks(call, ecsArn(call, `task/${clusterOf(call)}/*`)),
      ];
    },
  },
  DescribeTasks: onTasks('DescribeTasks', 'tasks'),
  StopTask: onTasks('StopTask', 'task'),
  ExecuteCommand: onTasks('ExecuteCommand', 'task'),
  TagResource: {
    source: reference,
    checks: (call) => [
      {
        action: 'ecs:TagResource',
        resource: String(call.input['resourceArn'] ?? ''),
        context: tagContext(call.input['tags']),
      },
    ],
  },
};

function describeDefinition(call: Call, definition: TaskDefinition): object {
  return {
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
  const running = task.service !== undefined;
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
    ...about,
  };
  call.world.containers.tasks.set(id, task);
  return task;
}

const operations: Readonly<Record<string, Operation>> = {
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
    return jsonReply({ taskDefinition: describeDefinition(call, definition), tags });
  },
  DescribeTaskDefinition: (call) => {
    const definition = requireTaskDefinition(call, call.input['taskDefinition']);
    const withTags = texts(call.input['include']).includes('TAGS');
    return jsonReply({
      taskDefinition: describeDefinition(call, definition),
      ...(withTags ? { tags: definition.tags } : {}),
    });
  },
  DeregisterTaskDefinition: (call) => {
    const definition = requireTaskDefinition(call, call.input['taskDefinition']);
    definition.status = 'INACTIVE';
    return jsonReply({ taskDefinition: describeDefinition(call, definition) });
  },
  ListTaskDefinitions: (call) => {
    const prefix = call.input['familyPrefix'];
    const status = call.input['status'] ?? 'ACTIVE';
    const found = [...call.world.containers.taskDefinitions.values()]
      .flat()
      .filter((one) => one.status === status && (prefix === undefined || one.family === prefix));
    if (call.input['sort'] === 'DESC') found.reverse();
    return jsonReply({ taskDefinitionArns: found.map((one) => definitionArn(call, one)) });
  },
  ListTaskDefinitionFamilies: (call) => jsonReply({ families: [...call.world.containers.taskDefinitions.keys()] }),
  ListClusters: (call) => {
    const names = new Set([...call.world.containers.services.values()].map(({ cluster }) => cluster));
    return jsonReply({ clusterArns: [...names].map((name) => ecsArn(call, `cluster/${name}`)) });
  },
  ListServices: (call) => {
    const found = [...call.world.containers.services.values()].filter(({ cluster }) => cluster === clusterOf(call));
    return jsonReply({ serviceArns: found.map(({ name, cluster }) => ecsArn(call, `service/${cluster}/${name}`)) });
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
    return jsonReply({ taskArns: current.map(({ id, cluster }) => ecsArn(call, `task/${cluster}/${id}`)) });
  },
  DescribeClusters: (call) => {
    const named = texts(call.input['clusters']);
    const clusters = (named.length === 0 ? ['default'] : named).map((one) => ({
      clusterArn: ecsArn(call, `cluster/${nameOf(one)}`),
      clusterName: nameOf(one),
      status: 'ACTIVE',
    }));
    return jsonReply({ clusters, failures: [] });
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
    return jsonReply({ service: describeService(call, service) });
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
    return jsonReply({ service: describeService(call, service) });
  },
  DescribeServices: (call) => {
    const named = texts(call.input['services']);
    const found = named.map((name) => findService(call, name));
    return jsonReply({
      services: found.flatMap((service) => (service === undefined ? [] : [describeService(call, service)])),
      failures: named.flatMap((name, index) =>
        found[index] === undefined ? [{ arn: serviceArn(call, name), reason: 'MISSING' }] : [],
      ),
    });
  },
  DeleteService: (call) => {
    const service = requireService(call, call.input['service']);
    call.world.containers.services.delete(`${service.cluster}/${service.name}`);
    return jsonReply({ service: describeService(call, service) });
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
    return jsonReply({ tasks: tasks.map((task) => describeTask(call, task)), failures: [] });
  },
  DescribeTasks: (call) => {
    const named = texts(call.input['tasks']);
    const found = named.map((name) => call.world.containers.tasks.get(nameOf(name)));
    return jsonReply({
      tasks: found.flatMap((task) => (task === undefined ? [] : [describeTask(call, task)])),
      failures: named.flatMap((name, index) =>
        found[index] === undefined ? [{ arn: taskArn(call, name), reason: 'MISSING' }] : [],
      ),
    });
  },
  StopTask: (call) => {
    const task = call.world.containers.tasks.get(nameOf(call.input['task']));
    if (task === undefined) throw new ServiceError('InvalidParameterException', 'The referenced task was not found.');
    call.world.containers.tasks.delete(task.id);
    return jsonReply({ task: describeTask(call, { ...task, service: undefined }) });
  },
  ExecuteCommand: ({ operation }) => {
    throw new ServiceError('UnknownOperationException', `the sandbox authorizes \`${operation}\` but cannot serve it`);
  },
  TagResource: () => jsonReply({}),
};

export const ecs: Service = {
  name: 'ecs',
  identify: identifyJson,
  rules,
  operations,
  fail: failJson,
  denied: { status: 400, code: 'AccessDeniedException' },
};
