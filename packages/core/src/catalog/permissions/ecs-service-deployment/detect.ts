import {
  argument,
  belongs,
  defineDetection,
  field,
  flag,
  input,
  mayShow,
  shows,
  variable,
} from '../../../use-case/detection.js';

export const ecsServiceDeploymentDetection = defineDetection({
  signs: [
    shows('uses aws-actions/amazon-ecs-deploy-task-definition', {
      when: { any: [{ has: input('service') }, { not: { has: input('run-task'), is: ['true'] } }] },
      options: {
        cluster: input('cluster'),
        services: input('service'),
        taskDefinitionFamilies: [field('family'), input('task-definition', 'family')],
        passRoles: field('roles'),
        codeDeployApplication: input('codedeploy-application'),
        codeDeployDeploymentGroup: input('codedeploy-deployment-group'),
        codeDeployDeploymentConfig: input('codedeploy-deployment-config'),
        runTask: input('run-task'),
      },
      sets: { client: 'aws-actions' },
      file: 'task definition',
    }),
    belongs('uses aws-actions/amazon-ecs-render-task-definition', {
      options: {
        taskDefinitionFamilies: [
          input('task-definition-family'),
          input('task-definition-arn', 'family'),
          field('family'),
          input('task-definition', 'family'),
        ],
        passRoles: field('roles'),
      },
      file: 'task definition',
      // What it renders has the family and the roles of the file.
      outputs: { 'task-definition': '${input:task-definition}' },
    }),
    shows('$ aws ecs update-service', {
      options: {
        cluster: flag('--cluster'),
        services: flag('--service'),
        taskDefinitionFamilies: flag('--task-definition', 'family'),
      },
      sets: { client: 'aws-cli', newTaskDefinition: false },
    }),
    shows('$ aws ecs deploy', {
      options: {
        cluster: flag('--cluster'),
        services: flag('--service'),
        codeDeployApplication: flag('--codedeploy-application'),
        codeDeployDeploymentGroup: flag('--codedeploy-deployment-group'),
        taskDefinitionFamilies: [field('family'), flag('--task-definition', 'family')],
        passRoles: field('roles'),
      },
      sets: { client: 'aws-cli', newTaskDefinition: true },
      file: 'task definition',
    }),
    // What it registers may be for a task that something else runs.
    mayShow('$ aws ecs register-task-definition', {
      options: {
        taskDefinitionFamilies: [flag('--family'), field('family')],
        passRoles: [flag(['--execution-role-arn', '--task-role-arn']), field('roles')],
      },
      file: 'task definition',
      sets: { client: 'aws-cli', newTaskDefinition: true },
    }),
    belongs('$ aws ecs describe-task-definition', {
      options: { taskDefinitionFamilies: flag('--task-definition', 'family') },
      sets: { readTaskDefinition: true },
    }),
    belongs('$ aws ecs deregister-task-definition', { sets: { deregisterOld: true } }),
    belongs(['$ aws ecs wait services-stable', '$ aws ecs describe-services', '$ aws ecs list-services'], {
      options: { cluster: flag('--cluster'), services: flag('--services') },
    }),
    belongs([
      '$ aws ecs describe-tasks',
      '$ aws ecs list-tasks',
      '$ aws ecs list-task-definitions',
      '$ aws ecs describe-clusters',
    ]),
    shows(['$ ecs-deploy'], {
      options: {
        cluster: flag(['-c', '--cluster']),
        services: flag(['-n', '--service-name']),
        taskDefinitionFamilies: flag(['-d', '--task-definition'], 'family'),
        region: flag(['-r', '--region']),
      },
      sets: { client: 'ecs-deploy' },
    }),
    shows(['$ ecs deploy', '$ ecs update'], {
      options: { cluster: argument(0), services: argument(1), region: flag('--region') },
      sets: { client: 'fabfuel' },
    }),
    shows(['$ ecspresso deploy', '$ ecspresso register', '$ ecspresso run'], {
      switches: [
        '--no-wait',
        '--force-new-deployment',
        '--update-service',
        '--skip-task-definition',
        '--latest-task-definition',
      ],
      options: {
        cluster: [flag('--cluster'), field('cluster')],
        services: [flag('--service'), field('service')],
        region: field('region'),
        taskDefinitionFamilies: field('family'),
        passRoles: field('roles'),
      },
      file: 'ecspresso config',
    }),
    shows(
      [
        'orb circleci/aws-ecs/deploy-service-update',
        'orb circleci/aws-ecs/deploy_service_update',
        'orb circleci/aws-ecs/update-service',
        'orb circleci/aws-ecs/update_service',
      ],
      {
        options: {
          cluster: input(['cluster-name', 'cluster']),
          services: [input(['service-name', 'service_name']), input('family')],
          taskDefinitionFamilies: input('family'),
          codeDeployApplication: input(['codedeploy-application-name', 'codedeploy_application_name']),
          codeDeployDeploymentGroup: input(['codedeploy-deployment-group-name', 'codedeploy_deployment_group_name']),
        },
        sets: { client: 'aws-cli' },
      },
    ),
    shows('pipe atlassian/aws-ecs-deploy', {
      options: {
        cluster: input('CLUSTER_NAME'),
        services: input('SERVICE_NAME'),
        taskDefinitionFamilies: input('TASK_DEFINITION', 'family'),
        region: input('AWS_DEFAULT_REGION'),
      },
    }),
    shows(['plugin buildkite-plugins/ecs-deploy', 'plugin ecs-deploy'], {
      options: {
        cluster: input('cluster'),
        services: input('service'),
        taskDefinitionFamilies: input('task-family'),
        region: input('region'),
      },
    }),
    shows(
      [
        'uses brunocascio/ecs-deploy',
        'uses donaldpiret/ecs-deploy',
        'uses imehedi/actions-ecs-deploy',
        'uses cohesivestack/ecs-deploy-action',
      ],
      {
        options: {
          cluster: input(['cluster', 'cluster-name']),
          services: input(['target', 'service', 'service-name']),
          taskDefinitionFamilies: input('task', 'family'),
        },
        sets: { client: 'fabfuel' },
      },
    ),
    shows('uses silinternational/ecs-deploy', {
      options: {
        cluster: input('cluster'),
        services: input('service_name'),
        taskDefinitionFamilies: input('task_definition', 'family'),
      },
      sets: { client: 'ecs-deploy' },
    }),
    shows('uses cloudposse/github-action-deploy-ecspresso', {
      when: { not: { has: input('operation'), is: ['destroy'] } },
      options: { cluster: input('cluster'), services: input('application') },
    }),
    shows(['template AWS/Deploy-ECS', 'template Jobs/Deploy/ECS'], {
      options: {
        cluster: variable('CI_AWS_ECS_CLUSTER'),
        services: variable('CI_AWS_ECS_SERVICE'),
        taskDefinitionFamilies: variable('CI_AWS_ECS_TASK_DEFINITION', 'family'),
      },
      sets: { client: 'aws-cli' },
    }),
    belongs('$ aws deploy wait deployment-successful'),
  ],
});
