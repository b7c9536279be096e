import { argument, belongs, defineDetection, flag, shows } from '../../../use-case/detection.js';

export const ecsScheduledTaskDetection = defineDetection({
  signs: [
    shows('$ aws events put-targets', {
      when: {
        any: [
          { holds: flag('--targets'), of: ['EcsParameters', 'ecs'] },
          { beside: ['$ aws ecs register-task-definition'] },
        ],
      },
      options: { rules: flag('--rule') },
      sets: { client: 'aws-cli' },
    }),
    shows('$ aws scheduler update-schedule', {
      when: {
        any: [
          { holds: flag('--target'), of: ['EcsParameters', 'ecs'] },
          { beside: ['$ aws ecs register-task-definition'] },
        ],
      },
      options: { schedules: flag('--name') },
      sets: { client: 'aws-cli' },
    }),
    belongs('$ aws events list-targets-by-rule', { options: { rules: flag('--rule') }, sets: { readTargets: true } }),
    belongs('$ aws scheduler get-schedule', { options: { schedules: flag('--name') }, sets: { readTargets: true } }),
    belongs('$ aws events put-rule', { options: { rules: flag('--name') }, sets: { create: true } }),
    belongs('$ aws scheduler create-schedule', { options: { schedules: flag('--name') }, sets: { create: true } }),
    belongs(['$ aws events disable-rule', '$ aws events enable-rule'], {
      options: { rules: flag('--name') },
      sets: { pause: true },
    }),
    belongs(['$ aws events delete-rule', '$ aws events remove-targets'], {
      options: { rules: flag(['--name', '--rule']) },
      sets: { remove: true },
    }),
    belongs('$ aws ecs register-task-definition', {
      options: {
        taskDefinitionFamilies: flag('--family'),
        passRoles: flag(['--execution-role-arn', '--task-role-arn']),
      },
      sets: { register: true },
    }),
    belongs('$ aws ecs describe-task-definition', {
      options: { taskDefinitionFamilies: flag('--task-definition', 'family') },
      sets: { readTaskDefinition: true },
    }),
    shows('$ ecs cron', {
      options: { cluster: argument(0), taskDefinitionFamilies: argument(1, 'family'), rules: argument(2) },
      sets: { client: 'fabfuel' },
    }),
  ],
});
