import type { EscalationPath } from '../path.js';

export const ecsPaths: readonly EscalationPath[] = [
  {
    id: 'PassExistingRoleToNewECSClusterServiceTask',
    actions: ['iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs a service of its own in a cluster of its own with a role',
    source: { pathfinding: 'ecs-001', cloudsplaining: 'PassExistingRoleToNewECSClusterServiceTask' },
  },
  {
    id: 'PassExistingRoleToNewECSClusterRunTask',
    actions: ['iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs a task of its own in a cluster of its own with a role',
    source: { pathfinding: 'ecs-002', cloudsplaining: 'PassExistingRoleToNewECSClusterRunTask' },
  },
  {
    id: 'PassExistingRoleToNewECSService',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs a service of its own with a role',
    source: {
      pathfinding: 'ecs-003',
      prowler: 'PassRole+ECS+RegisterTaskDef+CreateService',
      cloudsplaining: 'PassExistingRoleToNewECSService',
    },
  },
  {
    id: 'ecs-run-task',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs an image of its own as a task with a role',
    source: {
      pathfinding: 'ecs-004',
      prowler: 'PassRole+ECS+RegisterTaskDef+RunTask',
      cloudsplaining: 'PassExistingRoleToNewECSTaskViaRunTask',
    },
  },
  {
    id: 'PassExistingRoleToNewECSTaskViaStartTask',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'starts an image of its own on a machine with a role',
    source: {
      pathfinding: 'ecs-005',
      prowler: 'PassRole+ECS+RegisterTaskDef+StartTask',
      cloudsplaining: 'PassExistingRoleToNewECSTaskViaStartTask',
    },
  },
  {
    id: 'ecs-update-service',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs an image of its own in a service with a role',
    source: { aws: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html' },
  },
  {
    id: 'ECSCreateTaskSet',
    actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateTaskSet'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs an image of its own in a task set with a role',
    source: { aws: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html' },
  },
  {
    id: 'ECSExecuteCommandOnRunningTask',
    actions: ['ecs:ExecuteCommand', 'ecs:DescribeTasks'],
    gives: 'opens a shell in a task that has a role',
    source: { pathfinding: 'ecs-006', prowler: 'ECS+ExecuteCommand', cloudsplaining: 'ECSExecuteCommandOnRunningTask' },
  },
  {
    id: 'ecs-override-run-task',
    actions: ['iam:PassRole', 'ecs:RunTask'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'runs a task definition that is there with other commands and another role',
    source: { prowler: 'PassRole+ECS+RunTask' },
  },
  {
    id: 'ecs-override-start-task',
    actions: ['iam:PassRole', 'ecs:StartTask'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'starts a task definition that is there with other commands and another role',
    source: { prowler: 'PassRole+ECSStartTaskExistingCluster' },
  },
  {
    id: 'ecs-own-container-instance',
    actions: ['iam:PassRole', 'ecs:StartTask', 'ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance'],
    service: 'ecs-tasks.amazonaws.com',
    gives: 'starts a task with a role on a machine of its own',
    source: { prowler: 'PassRole+ECS+StartTask' },
  },
  {
    id: 'events-run-task',
    actions: ['iam:PassRole', 'events:PutRule', 'events:PutTargets'],
    service: 'events.amazonaws.com',
    gives: 'has a rule run a task, or anything, with a role',
    source: { aws: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html' },
  },
];
