import { ecsServiceDeployment } from '@postern/core';
import type { SendCall } from '@postern/sandbox';
import type { CellOptions, HostileRequest, ProofPlan, Scenario } from '../../scenario.js';
import { actionSteps } from './action.js';
import { cells } from './cells.js';
import { commandLineSteps } from './command-line.js';
import { fabfuelSteps } from './fabfuel.js';
import { familyOf, prepare, roleArn } from './definition.js';
import { scriptSteps } from './script.js';

/** Volumes are configured where a task definition is given; version 2 of Debian knows no such option yet. */
const hasVolumes = (options: CellOptions) =>
  options.names('volumeRoles').length > 0 && (options.is('newTaskDefinition', true) || options.is('runTask', true));

const scenarios: readonly Scenario[] = [
  {
    name: 'aws-cli',
    title: 'the AWS CLI registers, updates, deploys blue/green, waits, runs tasks and deregisters',
    applies: (options) => options.is('client', 'aws-cli') && !hasVolumes(options),
    prepare,
    steps: (options) => commandLineSteps('aws', options),
  },
  {
    name: 'aws-cli 1',
    title: 'the AWS CLI, version 1, does the same, and configures volumes',
    applies: (options) => options.is('client', 'aws-cli'),
    prepare,
    steps: (options) => commandLineSteps('aws-1', options),
  },
  {
    name: 'fabfuel',
    title: "fabfuel's ecs deploys, updates and runs tasks; the AWS CLI waits for them",
    applies: (options) => options.is('client', 'fabfuel'),
    prepare,
    steps: fabfuelSteps,
  },
  {
    name: 'aws-actions',
    title:
      "the action amazon-ecs-deploy-task-definition, with a runner's inputs, deploys, also blue/green, and runs tasks",
    applies: (options) => options.is('client', 'aws-actions'),
    prepare,
    steps: actionSteps,
  },
  {
    name: 'ecs-deploy',
    title: "silinternational's script ecs-deploy deploys, forces a deployment and runs tasks",
    applies: (options) => options.is('client', 'ecs-deploy'),
    prepare,
    steps: scriptSteps,
  },
];

const cluster = (options: CellOptions) => options.name('cluster')!;
const service = (options: CellOptions) => options.names('services')[0]!;
const role = (options: CellOptions) => options.names('passRoles')[0]!;
const group = (options: CellOptions) => options.name('codeDeployDeploymentGroup')!;
const application = (options: CellOptions) => options.name('codeDeployApplication')!;
const notAll = (options: CellOptions) => options.is('scope', 'exact', 'pattern');
const registers = (options: CellOptions) => options.is('newTaskDefinition', true);
const noRoles = (options: CellOptions) => ({ family: familyOf(options), containerDefinitions: [] });

/** Hands a role to ECS itself, as the role for a volume: of a service, or of a task where no service is deployed. */
function giveVolumeRole(call: SendCall, options: CellOptions, name: string): Promise<unknown> {
  const volumeConfigurations = [{ name: 'data', managedEBSVolume: { roleArn: roleArn(options, name) } }];
  const at = { cluster: cluster(options), volumeConfigurations };
  return service(options) === undefined
    ? call('ECS', 'RunTask', { ...at, taskDefinition: familyOf(options) })
    : call('ECS', 'UpdateService', { ...at, service: service(options) });
}

const resource = 'resource';
const elsewhere = { region: 'us-east-1' };

const hostile: HostileRequest[] = [
  {
    name: 'register a revision of another family',
    sid: 'RegisterTaskDefinitions',
    fence: resource,
    applies: notAll,
    send: (call, options) => call('ECS', 'RegisterTaskDefinition', { ...noRoles(options), family: 'other' }),
  },
  {
    name: 'register a revision of a family whose name only begins alike',
    sid: 'RegisterTaskDefinitions',
    fence: resource,
    applies: (options) => options.is('scope', 'exact'),
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', { ...noRoles(options), family: `${familyOf(options)}-old` }),
  },
  {
    name: 'pass another role',
    sid: 'PassTaskRoles',
    fence: resource,
    applies: registers,
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', { ...noRoles(options), taskRoleArn: roleArn(options, 'admin') }),
  },
  {
    name: 'pass a role of another account',
    sid: 'PassTaskRoles',
    fence: resource,
    applies: registers,
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', {
        ...noRoles(options),
        taskRoleArn: `arn:${options.partition}:iam::999999999999:role/${role(options)}`,
      }),
  },
  {
    name: 'pass the task role to ECS itself instead of to tasks',
    sid: 'PassTaskRoles',
    fence: 'StringEquals iam:PassedToService',
    prepare,
    applies: (options) => application(options) === undefined,
    send: (call, options) => giveVolumeRole(call, options, role(options)),
  },
  {
    name: 'give another role for volumes',
    sid: 'PassVolumeRoles',
    fence: resource,
    prepare,
    send: (call, options) => giveVolumeRole(call, options, 'admin'),
  },
  {
    name: 'give the role for volumes to tasks',
    sid: 'PassVolumeRoles',
    fence: 'StringEquals iam:PassedToService',
    applies: registers,
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', {
        ...noRoles(options),
        taskRoleArn: roleArn(options, options.names('volumeRoles')[0]!),
      }),
  },
  {
    name: 'read another service',
    sid: 'DeployServices',
    fence: resource,
    applies: notAll,
    send: (call, options) => call('ECS', 'DescribeServices', { cluster: cluster(options), services: ['other'] }),
  },
  {
    name: 'update the service of the same name in another cluster',
    sid: 'DeployServices',
    fence: resource,
    applies: (options) => application(options) === undefined,
    send: (call, options) =>
      call('ECS', 'UpdateService', {
        cluster: 'staging',
        service: service(options) ?? 'web',
        forceNewDeployment: true,
      }),
  },
  {
    name: 'update the service of the same name in another region',
    sid: 'DeployServices',
    fence: resource,
    applies: (options) => application(options) === undefined,
    send: (call, options) =>
      call(
        'ECS',
        'UpdateService',
        { cluster: cluster(options), service: service(options) ?? 'web', forceNewDeployment: true },
        elsewhere,
      ),
  },
  {
    name: 'list the tasks of another cluster',
    sid: 'ListTasks',
    fence: 'ArnEquals ecs:cluster',
    send: (call) => call('ECS', 'ListTasks', { cluster: 'staging' }),
  },
  {
    name: 'read a task of another cluster',
    sid: 'DescribeTasks',
    fence: resource,
    send: (call) => call('ECS', 'DescribeTasks', { cluster: 'staging', tasks: ['0123456789abcdef'] }),
  },
  {
    name: 'run another task definition',
    sid: 'RunTasks',
    fence: resource,
    applies: notAll,
    prepare: (world, options) => {
      prepare(world, options);
      const [own] = world.containers.taskDefinitions.get(familyOf(options))!;
      world.containers.taskDefinitions.set('other', [{ ...own!, family: 'other', input: {} }]);
    },
    send: (call, options) => call('ECS', 'RunTask', { cluster: cluster(options), taskDefinition: 'other' }),
  },
  {
    name: 'run the task in another cluster',
    sid: 'RunTasks',
    fence: 'ArnEquals ecs:cluster',
    prepare,
    send: (call, options) => call('ECS', 'RunTask', { cluster: 'staging', taskDefinition: familyOf(options) }),
  },
  {
    name: 'tag a task definition of another family',
    sid: 'TagTaskDefinitions',
    fence: resource,
    applies: notAll,
    // Registering is let through, so that the tags alone can be refused.
    besides: () => [{ Effect: 'Allow', Action: ['ecs:RegisterTaskDefinition'], Resource: ['*'] }],
    send: (call, options) =>
      call('ECS', 'RegisterTaskDefinition', { ...noRoles(options), family: 'other', tags: tagged }),
  },
  {
    name: 'change the tags of a task definition that is there',
    sid: 'TagTaskDefinitions',
    fence: 'StringEquals ecs:CreateAction',
    send: (call, options) =>
      call('ECS', 'TagResource', {
        resourceArn: ecsArn(options, `task-definition/${familyOf(options)}:1`),
        tags: tagged,
      }),
  },
  {
    name: 'tag a task in another cluster',
    sid: 'TagTasks',
    fence: resource,
    prepare,
    besides: (options) => [
      { Effect: 'Allow', Action: ['ecs:RunTask'], Resource: ['*'] },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: options.names('passRoles').map((name) => roleArn(options, name)),
      },
    ],
    send: (call, options) =>
      call('ECS', 'RunTask', { cluster: 'staging', taskDefinition: familyOf(options), tags: tagged }),
  },
  {
    name: 'change the tags of a task that runs',
    sid: 'TagTasks',
    fence: 'StringEquals ecs:CreateAction',
    send: (call, options) =>
      call('ECS', 'TagResource', {
        resourceArn: ecsArn(options, `task/${cluster(options)}/0123456789abcdef`),
        tags: tagged,
      }),
  },
  {
    name: 'read another deployment group',
    sid: 'DeployBlueGreen',
    fence: resource,
    prepare,
    send: (call, options) =>
      call('CodeDeploy', 'GetDeploymentGroup', {
        applicationName: application(options),
        deploymentGroupName: 'staging',
      }),
  },
  {
    name: 'deploy with another configuration',
    sid: 'ReadDeploymentConfigs',
    fence: resource,
    prepare,
    send: (call, options) =>
      call('CodeDeploy', 'CreateDeployment', {
        applicationName: application(options),
        deploymentGroupName: group(options),
        deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      }),
  },
  {
    name: 'register a revision of another application',
    sid: 'RegisterRevisions',
    fence: resource,
    send: (call) =>
      call('CodeDeploy', 'RegisterApplicationRevision', {
        applicationName: 'other',
        revision: { revisionType: 'String', string: { content: '{}' } },
      }),
  },
];

const tagged = [{ key: 'team', value: 'other' }];

function ecsArn(options: CellOptions, what: string): string {
  return `arn:${options.partition}:ecs:${options.region}:${options.account}:${what}`;
}

export const ecsServiceDeploymentProof: ProofPlan = {
  useCase: ecsServiceDeployment,
  cells,
  scenarios,
  hostile,
  unshown: [],
};
