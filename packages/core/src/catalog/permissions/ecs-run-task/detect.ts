import {
  argument,
  belongs,
  defineDetection,
  field,
  flag,
  flagSaying,
  input,
  shows,
} from '../../../use-case/detection.js';

const geekcell = 'uses geekcell/github-action-aws-ecs-run-task';
const geekcellOptions = {
  cluster: input('cluster'),
  taskDefinitionFamilies: input('task-definition', 'family'),
} as const;

export const ecsRunTaskDetection = defineDetection({
  signs: [
    shows(['$ aws ecs run-task', '$ aws ecs start-task'], {
      options: {
        cluster: flag('--cluster'),
        taskDefinitionFamilies: flag('--task-definition', 'family'),
        executeCommand: flag('--enable-execute-command'),
        tagTask: flagSaying('--tags', 'true'),
      },
      sets: { client: 'aws-cli' },
    }),
    belongs('$ aws ecs wait tasks-stopped', { options: { cluster: flag('--cluster') } }),
    belongs(['$ aws ecs describe-tasks', '$ aws ecs list-tasks']),
    belongs('$ aws ecs stop-task', { options: { cluster: flag('--cluster') }, sets: { stopTask: true } }),
    belongs('$ aws ecs describe-task-definition', {
      options: { taskDefinitionFamilies: flag('--task-definition', 'family') },
      sets: { readTaskDefinition: true },
    }),
    belongs(['$ aws logs tail', '$ aws logs filter-log-events'], {
      options: { logGroups: [flag('--log-group-name'), argument(0)] },
      sets: { readLogs: 'filter' },
    }),
    belongs('$ aws logs get-log-events', {
      options: { logGroups: flag('--log-group-name') },
      sets: { readLogs: 'events' },
    }),
    // Its logs are read unless it is told not to, and the log group stands in the task definition.
    shows(geekcell, {
      when: { not: { has: input('tail-logs'), is: ['false'] } },
      options: geekcellOptions,
      sets: { client: 'geekcell', readLogs: 'live' },
    }),
    shows(geekcell, { options: geekcellOptions, sets: { client: 'geekcell' } }),
    shows(['uses smitp/amazon-ecs-run-task', 'uses noelzubin/aws-ecs-run-task'], {
      options: { cluster: input('cluster'), taskDefinitionFamilies: input('task-definition', 'family') },
    }),
    shows('uses yyoshiki41/ecs-run-task-action', {
      options: {
        cluster: input('cluster'),
        taskDefinitionFamilies: input('task-definition-family'),
        passRoles: field('roles'),
      },
      file: 'task definition',
      sets: { client: 'aws-cli', register: true },
    }),
    shows('uses aws-actions/amazon-ecs-deploy-task-definition', {
      when: { all: [{ has: input('run-task'), is: ['true'] }, { not: { has: input('service') } }] },
      options: {
        cluster: input('cluster'),
        taskDefinitionFamilies: input('task-definition', 'family'),
        tagTask: { input: 'run-task-tags', says: 'true' },
      },
      sets: { client: 'aws-actions', register: true },
    }),
    shows('$ ecs run', {
      options: { cluster: argument(0), taskDefinitionFamilies: argument(1, 'family') },
      sets: { client: 'fabfuel' },
    }),
    shows(['orb circleci/aws-ecs/run-task', 'orb circleci/aws-ecs/run_task'], {
      options: {
        cluster: input('cluster'),
        taskDefinitionFamilies: input(['task-definition', 'task_definition'], 'family'),
      },
      sets: { client: 'aws-cli' },
    }),
  ],
});
