import type { Call, Check, Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { tagContext } from '../request-tags.js';
import {
  clusterOf,
  definitionArn,
  ecsArn,
  findTaskDefinition,
  nameOf,
  serviceArn,
  splitFamily,
  taskArn,
  texts,
} from './resources.js';

const reference =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html';
const tagging = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html';
const passing =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html';
const infrastructure = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html';

type Input = Readonly<Record<string, unknown>>;

const inCluster = (call: Call) => ({ 'ecs:cluster': ecsArn(call, `cluster/${clusterOf(call)}`) });

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

/** What a task is started with: keys that only a request with the parameter is known to fill. */
function startContext(call: Call): NonNullable<Check['context']> {
  const { enableExecuteCommand, capacityProviderStrategy } = call.input;
  const providers = (Array.isArray(capacityProviderStrategy) ? capacityProviderStrategy : []) as Input[];
  return {
    ...(typeof enableExecuteCommand === 'boolean'
      ? { 'ecs:enable-execute-command': String(enableExecuteCommand) }
      : {}),
    ...(providers.length === 0
      ? {}
      : {
          'ecs:capacity-provider': providers.map((one) =>
            ecsArn(call, `capacity-provider/${nameOf(one['capacityProvider'])}`),
          ),
        }),
  };
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

export const rules: Readonly<Record<string, Rule>> = {
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
        {
          action: 'ecs:RunTask',
          resource,
          context: { ...inCluster(call), ...startContext(call), ...tagContext(call.input['tags']) },
        },
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
