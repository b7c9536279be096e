import { account, json, region, type Row, type ServiceRows } from '../row.js';

const role = `arn:aws:iam::${account}:role/deploy`;
const ecs = `arn:aws:ecs:${region}:${account}`;

export const rows: readonly Row[] = [
  [
    'RegisterTaskDefinition',
    json('RegisterTaskDefinition', {
      family: 'web',
      taskRoleArn: role,
      executionRoleArn: 'execution',
      tags: [{ key: 'a', value: 'b' }],
    }),
    [
      `ecs:RegisterTaskDefinition ${ecs}:task-definition/web:2`,
      `iam:PassRole ${role} iam:PassedToService=ecs-tasks.amazonaws.com`,
      `iam:PassRole arn:aws:iam::${account}:role/execution iam:PassedToService=ecs-tasks.amazonaws.com`,
      `ecs:TagResource ${ecs}:task-definition/web:2 ecs:CreateAction=RegisterTaskDefinition`,
    ],
  ],
  ...(['DescribeTaskDefinition', 'DeregisterTaskDefinition'] as const).map(
    (name): Row => [name, json(name, { taskDefinition: 'web:1' }), [`ecs:${name} *`]],
  ),
  ...(['ListTaskDefinitions', 'ListTaskDefinitionFamilies', 'ListClusters'] as const).map(
    (name): Row => [name, json(name, {}), [`ecs:${name} *`]],
  ),
  [
    'ListServices',
    json('ListServices', { cluster: 'production' }),
    [`ecs:ListServices * ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'ListTasks',
    json('ListTasks', { cluster: 'production' }),
    [
      `ecs:ListTasks ${ecs}:container-instance/production/* ecs:cluster=${ecs}:cluster/production`,
      `ecs:ListTasks * ecs:cluster=${ecs}:cluster/production`,
    ],
  ],
  [
    'DescribeClusters',
    json('DescribeClusters', { clusters: ['production'] }),
    [`ecs:DescribeClusters ${ecs}:cluster/production`],
  ],
  [
    'CreateService',
    json('CreateService', { cluster: 'production', serviceName: 'web' }),
    [`ecs:CreateService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'UpdateService',
    json('UpdateService', {
      cluster: 'production',
      service: 'web',
      volumeConfigurations: [{ managedEBSVolume: { roleArn: role } }],
    }),
    [
      `ecs:UpdateService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`,
      `iam:PassRole ${role} iam:PassedToService=ecs.amazonaws.com`,
    ],
  ],
  [
    'DescribeServices',
    json('DescribeServices', { cluster: 'production', services: ['web', 'api'] }),
    ['web', 'api'].map(
      (name) => `ecs:DescribeServices ${ecs}:service/production/${name} ecs:cluster=${ecs}:cluster/production`,
    ),
  ],
  [
    'DeleteService',
    json('DeleteService', { cluster: 'production', service: 'web' }),
    [`ecs:DeleteService ${ecs}:service/production/web ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'RunTask',
    json('RunTask', { cluster: 'production', taskDefinition: 'web', tags: [{ key: 'a', value: 'b' }] }),
    [
      `ecs:RunTask ${ecs}:task-definition/web:1 ecs:cluster=${ecs}:cluster/production`,
      `iam:PassRole ${role} iam:PassedToService=ecs-tasks.amazonaws.com`,
      `ecs:TagResource ${ecs}:task/production/* ecs:CreateAction=RunTask`,
    ],
  ],
  [
    'RunTask',
    json('RunTask', {
      cluster: 'production',
      taskDefinition: 'web:1',
      enableExecuteCommand: true,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
      overrides: { taskRoleArn: `${role}-other` },
    }),
    [
      `ecs:RunTask ${ecs}:task-definition/web:1 ecs:capacity-provider=${ecs}:capacity-provider/FARGATE_SPOT ecs:cluster=${ecs}:cluster/production ecs:enable-execute-command=true`,
      `iam:PassRole ${role}-other iam:PassedToService=ecs-tasks.amazonaws.com`,
    ],
  ],
  [
    'DescribeTasks',
    json('DescribeTasks', { cluster: 'production', tasks: ['1'] }),
    [`ecs:DescribeTasks ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'StopTask',
    json('StopTask', { cluster: 'production', task: '1' }),
    [`ecs:StopTask ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'ExecuteCommand',
    json('ExecuteCommand', { cluster: 'production', task: '1' }),
    [`ecs:ExecuteCommand ${ecs}:task/production/1 ecs:cluster=${ecs}:cluster/production`],
  ],
  [
    'TagResource',
    json('TagResource', { resourceArn: `${ecs}:service/production/web` }),
    [`ecs:TagResource ${ecs}:service/production/web`],
  ],
];

export const setUp: ServiceRows['setUp'] = ({ containers }) => {
  containers.taskDefinitions.set('web', [
    { family: 'web', revision: 1, input: { taskRoleArn: role }, tags: [], status: 'ACTIVE' },
  ]);
};

// Live refusals name *, and the reference container instances.
export const unlikeTheReference = ['ecs:ListTasks'];
