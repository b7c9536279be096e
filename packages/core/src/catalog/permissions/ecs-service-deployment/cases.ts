import { defineSamples } from '../../cases.js';
import { ecsServiceDeployment } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const ecs = 'arn:aws:ecs:eu-west-1:123456789012';
const codeDeploy = 'arn:aws:codedeploy:eu-west-1:123456789012';
const role = 'arn:aws:iam::123456789012:role';
const web = `${ecs}:service/production/web`;
const task = `${ecs}:task/production/0123456789abcdef0123456789abcdef`;
const inProduction = { 'ecs:cluster': `${ecs}:cluster/production` };
const inStaging = { 'ecs:cluster': `${ecs}:cluster/staging` };
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const toEcs = { 'iam:PassedToService': 'ecs.amazonaws.com' };
const toLambda = { 'iam:PassedToService': 'lambda.amazonaws.com' };

export const samples = defineSamples(ecsServiceDeployment, [
  {
    name: 'default',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      passRoles: ['web-task', 'ci/web-execution'],
      ...place,
    },
    allows: [
      { actions: ['ecs:RegisterTaskDefinition'], resource: `${ecs}:task-definition/web:7`, why: 'a new revision' },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, context: toTasks, why: 'the task role' },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/ci/web-execution`,
        context: toTasks,
        why: 'the execution role, which has a path',
      },
      { actions: ['ecs:DescribeServices', 'ecs:UpdateService'], resource: web, why: 'deploy and wait until stable' },
    ],
    denies: [
      { actions: ['ecs:RegisterTaskDefinition'], resource: `${ecs}:task-definition/web-old:1`, why: 'another family' },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/web-task`,
        context: toLambda,
        why: 'the role given to a function',
      },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, why: 'the role given to nobody knows whom' },
      { actions: ['iam:PassRole'], resource: `${role}/admin`, context: toTasks, why: 'another role' },
      {
        actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
        resource: `${ecs}:service/production/api`,
        why: 'another service',
      },
      {
        actions: ['ecs:UpdateService'],
        resource: `${ecs}:service/staging/web`,
        why: 'the same name in another cluster',
      },
      {
        actions: ['ecs:DeleteService', 'ecs:CreateService', 'ecs:ExecuteCommand'],
        resource: web,
        why: 'deploying neither creates nor deletes, and opens no shell',
      },
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition', 'ecs:ListTasks'],
        resource: '*',
        why: 'this client asks for none of it',
      },
      { actions: ['ecs:ListTasks'], resource: '*', context: inProduction, why: 'this client watches no tasks' },
      { actions: ['ecs:DescribeTasks'], resource: task, why: 'it runs no task and watches none' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/web:7`,
        context: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
        why: 'the task definitions carry no tags',
      },
      {
        actions: ['codedeploy:GetDeploymentConfig'],
        resource: `${codeDeploy}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
        why: 'ECS deploys, not CodeDeploy',
      },
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/web:7`,
        context: inProduction,
        why: 'running a task is another job',
      },
    ],
  },
  {
    name: 'run-task',
    options: {
      cluster: 'production',
      taskDefinitionFamilies: ['migrate'],
      passRoles: ['web-task'],
      volumeRoles: ['volumes'],
      runTask: true,
      tagTask: true,
      tagTaskDefinition: true,
      readTaskDefinition: true,
      ...place,
    },
    allows: [
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate:3`,
        context: inProduction,
        why: 'run the migration',
      },
      {
        actions: ['ecs:DescribeTasks'],
        resource: task,
        why: 'wait until it stops',
      },
      { actions: ['ecs:DescribeTaskDefinition'], resource: '*', why: 'download the task definition' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/migrate:3`,
        context: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
        why: 'tags in the task definition file',
      },
      {
        actions: ['ecs:TagResource'],
        resource: task,
        context: { 'ecs:CreateAction': 'RunTask' },
        why: 'run-task-tags',
      },
      { actions: ['iam:PassRole'], resource: `${role}/volumes`, context: toEcs, why: 'a managed EBS volume' },
    ],
    denies: [
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/migrate:3`,
        context: inStaging,
        why: 'the same task in another cluster',
      },
      {
        actions: ['ecs:RunTask'],
        resource: `${ecs}:task-definition/web:3`,
        context: inProduction,
        why: 'another task in this cluster',
      },
      {
        actions: ['ecs:DescribeTasks'],
        resource: `${ecs}:task/staging/0123456789abcdef0123456789abcdef`,
        why: 'tasks of another cluster',
      },
      {
        actions: ['ecs:StopTask'],
        resource: task,
        why: 'stopping tasks is not asked for',
      },
      { actions: ['ecs:ListTaskDefinitions'], resource: '*', why: 'reading one definition lists none' },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/migrate:3`,
        why: 'changing tags later, which may open doors elsewhere',
      },
      {
        actions: ['ecs:TagResource'],
        resource: task,
        context: { 'ecs:CreateAction': 'StartTask' },
        why: 'tags on tasks that something else starts',
      },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/volumes`,
        context: toTasks,
        why: 'a volume role in the hands of a task',
      },
      { actions: ['ecs:UpdateService'], resource: web, why: 'no service is named' },
    ],
  },
  {
    name: 'ecs-deploy',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      client: 'ecs-deploy',
      deregisterOld: true,
      ...place,
    },
    allows: [
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:ListTaskDefinitions', 'ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: 'the script reads the old definition, and --max-definitions retires older ones',
      },
      {
        actions: ['ecs:ListTasks'],
        resource: '*',
        context: inProduction,
        why: 'the script watches the tasks, asked for on `*`',
      },
      {
        actions: ['ecs:ListTasks'],
        resource: `${ecs}:container-instance/production/*`,
        context: inProduction,
        why: 'the same, asked for as the service reference says',
      },
      {
        actions: ['ecs:DescribeTasks'],
        resource: task,
        why: 'the script reads their status',
      },
    ],
    denies: [
      { actions: ['ecs:ListTasks'], resource: '*', context: inStaging, why: 'tasks of another cluster' },
      { actions: ['ecs:ListTasks'], resource: '*', why: 'tasks of no named cluster' },
      { actions: ['ecs:ListClusters'], resource: '*', why: 'the cluster is known' },
      { actions: ['iam:PassRole'], resource: `${role}/web-task`, context: toTasks, why: 'no role is named' },
    ],
  },
  {
    name: 'fabfuel-task',
    options: {
      cluster: 'production',
      taskDefinitionFamilies: ['web'],
      client: 'fabfuel',
      runTask: true,
      ...place,
    },
    allows: [
      {
        actions: ['ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: '`ecs update` retires the old revision too, unless told not to',
      },
    ],
    denies: [
      {
        actions: ['ecs:ListTasks', 'ecs:ListTaskDefinitions'],
        resource: '*',
        why: 'no service is watched, nothing listed',
      },
      {
        actions: ['ecs:TagResource'],
        resource: task,
        context: { 'ecs:CreateAction': 'RunTask' },
        why: 'the tasks carry no tags',
      },
    ],
  },
  {
    name: 'fabfuel',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      client: 'fabfuel',
      passRoles: ['web-task'],
      ...place,
      region: 'us-gov-west-1',
    },
    allows: [
      {
        actions: ['ecs:DescribeTaskDefinition', 'ecs:DeregisterTaskDefinition'],
        resource: '*',
        why: 'done by default',
      },
    ],
    denies: [
      {
        actions: ['ecs:ListTaskDefinitions', 'ecs:ListServices'],
        resource: '*',
        why: 'the README of the action lists them, and its source never calls them',
      },
    ],
  },
  {
    name: 'force-new-deployment',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      passRoles: ['web-task'],
      volumeRoles: ['volumes'],
      tagTaskDefinition: true,
      client: 'aws-cli',
      newTaskDefinition: false,
      ...place,
    },
    allows: [{ actions: ['ecs:UpdateService', 'ecs:DescribeServices'], resource: web, why: 'force it and wait' }],
    denies: [
      {
        actions: ['ecs:RegisterTaskDefinition'],
        resource: `${ecs}:task-definition/web:7`,
        why: 'nothing is registered',
      },
      {
        actions: ['ecs:TagResource'],
        resource: `${ecs}:task-definition/web:7`,
        context: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
        why: 'nothing is registered, so nothing is tagged',
      },
      {
        actions: ['iam:PassRole'],
        resource: `${role}/web-task`,
        context: toTasks,
        why: 'the roles are passed already',
      },
      { actions: ['iam:PassRole'], resource: `${role}/volumes`, context: toEcs, why: 'no volume is configured anew' },
    ],
  },
  {
    name: 'blue-green',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      client: 'aws-cli',
      codeDeployApplication: 'web',
      codeDeployDeploymentGroup: 'web-production',
      codeDeployDeploymentConfig: 'Slowly',
      ...place,
    },
    allows: [
      {
        actions: ['codedeploy:GetDeploymentGroup', 'codedeploy:CreateDeployment', 'codedeploy:GetDeployment'],
        resource: `${codeDeploy}:deploymentgroup:web/web-production`,
        why: 'deploy and wait',
      },
      {
        actions: ['codedeploy:GetDeploymentConfig'],
        resource: `${codeDeploy}:deploymentconfig:Slowly`,
        why: 'checked with the deployment',
      },
      {
        actions: ['codedeploy:RegisterApplicationRevision', 'codedeploy:GetApplication'],
        resource: `${codeDeploy}:application:web`,
        why: 'the AppSpec, and what aws ecs deploy reads first',
      },
      { actions: ['ecs:DescribeServices'], resource: web, why: 'read the service first' },
    ],
    denies: [
      { actions: ['ecs:UpdateService'], resource: web, why: 'CodeDeploy updates the service, not the job' },
      {
        actions: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'],
        resource: `${codeDeploy}:deploymentgroup:web/web-staging`,
        why: 'another deployment group',
      },
      {
        actions: ['codedeploy:GetDeploymentConfig'],
        resource: `${codeDeploy}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
        why: 'another configuration',
      },
      {
        actions: ['codedeploy:RegisterApplicationRevision'],
        resource: `${codeDeploy}:application:api`,
        why: 'another application',
      },
    ],
  },
  {
    name: 'blue-green-default-config',
    options: {
      cluster: 'production',
      services: ['web'],
      taskDefinitionFamilies: ['web'],
      codeDeployApplication: 'AppECS-production-web',
      codeDeployDeploymentGroup: 'DgpECS-production-web',
      ...place,
    },
    allows: [
      {
        actions: ['codedeploy:GetDeploymentConfig'],
        resource: `${codeDeploy}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
        why: 'the default for ECS',
      },
    ],
    denies: [
      {
        actions: ['codedeploy:GetApplication'],
        resource: `${codeDeploy}:application:AppECS-production-web`,
        why: 'only aws ecs deploy reads it',
      },
    ],
  },
  {
    name: 'pattern',
    options: {
      cluster: 'production',
      services: ['web-*'],
      taskDefinitionFamilies: ['web-*'],
      scope: 'pattern',
      ...place,
    },
    allows: [
      { actions: ['ecs:UpdateService'], resource: `${ecs}:service/production/web-api`, why: 'inside the pattern' },
      {
        actions: ['ecs:RegisterTaskDefinition'],
        resource: `${ecs}:task-definition/web-api:1`,
        why: 'inside the pattern',
      },
    ],
    denies: [{ actions: ['ecs:UpdateService'], resource: web, why: 'outside the pattern' }],
  },
]);
