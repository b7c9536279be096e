import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, several, when } from '../../../use-case/predicate.js';
import { account, arn, partition, region, template } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { inCluster, onlyTagsSentWith, tasks } from '../../conditions/ecs.js';
import { onlyPassedTo } from '../../conditions/pass-role.js';
import {
  codeDeployApplication,
  codeDeployDeploymentConfig,
  codeDeployDeploymentGroup,
} from '../../resources/codedeploy.js';
import { ecsCluster, ecsService, ecsTaskDefinitionFamily } from '../../resources/ecs.js';
import { iamRole } from '../../resources/iam.js';
import { vendors } from './vendor.js';

const registers = is('newTaskDefinition', true);
const runsTask = is('runTask', true);
const blueGreen = given('codeDeployApplication');
/** These two clients read the old definition to make the new one, and watch the tasks until they run. */
const scriptDeploys = all(is('client', 'ecs-deploy', 'fabfuel'), registers);
const watchesTasks = all(scriptDeploys, given('services'));
const deregisters = all(
  registers,
  // `ecs deploy` and `ecs update` both do it unless told not to.
  any(is('deregisterOld', true), all(is('client', 'fabfuel'), not(is('deregisterOld', false)))),
);

const revisions = template`${arn('taskDefinitionFamilies')}:*`;

const readme = vendor(
  'README of amazon-ecs-deploy-task-definition',
  'https://github.com/aws-actions/amazon-ecs-deploy-task-definition',
);
const taggingGuide = vendor(
  'ECS developer guide, tagging on create',
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html',
);
const awsActions = source('aws-actions/amazon-ecs-deploy-task-definition', 'c465972', 'index.js', 'run');
const ecsDeploy = source('silinternational/ecs-deploy', '3.10.22', 'ecs-deploy');
const fabfuel = source('fabfuel/ecs-deploy', '1.15.2', 'ecs_deploy/ecs.py');
const awsCli = source('aws/aws-cli', '2.36.7', 'awscli/customizations/ecs/deploy.py');

export const ecsServiceDeployment = defineUseCase({
  id: 'ecs-service-deployment',
  title: 'Deploy an ECS service',
  summary: 'Registers a new task definition and gives it to existing ECS services, or forces a new deployment.',
  excludes:
    'Does not create or delete clusters and services, does not change scheduled tasks, does not open shells in containers, and reads no logs.',
  options: {
    cluster: single(ecsCluster, 'The cluster of the services.', { required: true, of: 'services' }),
    services: list(ecsService, 'Services the job may deploy; not needed where it only runs tasks.', { scoped: true }),
    taskDefinitionFamilies: list(
      ecsTaskDefinitionFamily,
      'Families of the task definitions that are registered or run.',
      { scoped: true, of: 'services' },
    ),
    passRoles: list(iamRole, 'Task roles and execution roles named in the task definitions; a name may carry a path.', {
      of: 'taskDefinitionFamilies',
    }),
    volumeRoles: list(iamRole, 'Infrastructure roles for EBS volumes that ECS manages.'),
    client: oneOf(['aws-actions', 'aws-cli', 'ecs-deploy', 'fabfuel'], 'Which client deploys.', {
      default: 'aws-actions',
    }),
    newTaskDefinition: toggle('Register a new task definition; off only forces a new deployment.', { default: true }),
    readTaskDefinition: toggle('Read task definitions, as "download the task definition" steps do.'),
    deregisterOld: toggle('Deregister old revisions; unset means what the client does by default (fabfuel does).', {
      default: null,
    }),
    tagTaskDefinition: toggle('The task definitions carry tags.'),
    tagTask: toggle('The tasks that are run carry tags.'),
    runTask: toggle('Run one-off tasks of the families and wait for them.'),
    codeDeployApplication: single(codeDeployApplication, 'The CodeDeploy application of a blue/green service.', {
      of: 'codeDeployDeploymentGroup',
    }),
    codeDeployDeploymentGroup: single(codeDeployDeploymentGroup, 'The deployment group of that application.'),
    codeDeployDeploymentConfig: single(
      codeDeployDeploymentConfig,
      "The deployment configuration of that group; CodeDeploy's default for ECS where it is not given.",
      { of: 'codeDeployDeploymentGroup' },
    ),
    scope,
    ...place,
  },
  refuse: [
    { path: 'services', if: all(not(given('services')), not(runsTask)), say: 'missing, and `runTask` is not set' },
    {
      path: 'taskDefinitionFamilies',
      if: all(not(given('taskDefinitionFamilies')), any(registers, runsTask)),
      say: 'missing, and task definitions are registered or run',
    },
    {
      path: 'newTaskDefinition',
      if: all(is('newTaskDefinition', false), not(is('client', 'aws-cli', 'ecs-deploy'))),
      say: '`false` works with the clients `aws-cli` and `ecs-deploy` only: set `client` to one of them',
    },
    {
      path: 'newTaskDefinition',
      if: all(is('newTaskDefinition', false), blueGreen),
      say: '`false` does not go with CodeDeploy, which deploys a new task definition: leave one out',
    },
    {
      path: 'codeDeployApplication',
      if: all(not(blueGreen), any(given('codeDeployDeploymentGroup'), given('codeDeployDeploymentConfig'))),
      say: 'missing, and a deployment group or configuration is given',
    },
    {
      path: 'codeDeployDeploymentGroup',
      if: all(blueGreen, not(given('codeDeployDeploymentGroup'))),
      say: 'missing, and an application is given',
    },
    {
      path: 'client',
      if: all(blueGreen, is('client', 'ecs-deploy', 'fabfuel')),
      say: 'CodeDeploy is used by the clients `aws-actions` and `aws-cli` only: set `client` to one of them',
    },
    {
      path: 'services',
      if: all(blueGreen, any(not(given('services')), several('services'), is('scope', 'account'))),
      say: 'CodeDeploy deploys one service, so give exactly one',
    },
  ],
  notes: [
    {
      if: all(not(given('passRoles')), any(registers, runsTask)),
      say: 'no `passRoles`: task definitions that name a task role or an execution role will be refused',
    },
    {
      if: all(blueGreen, not(given('codeDeployDeploymentConfig'))),
      say: 'no `codeDeployDeploymentConfig`: `CodeDeployDefault.ECSAllAtOnce` is assumed, the default for ECS',
    },
    {
      if: all(is('client', 'fabfuel'), not(is('tagTaskDefinition', true))),
      say: 'fabfuel sends the tags of the old task definition again: where there are any, set `tagTaskDefinition`',
    },
    {
      if: is('client', 'ecs-deploy', 'fabfuel'),
      say: 'the client can assume another role first (--aws-assume-role, --assume-role): sts:AssumeRole is not given, and that step is refused',
    },
    {
      if: is('client', 'fabfuel'),
      say: '`ecs cron` needs events:ListTargetsByRule and events:PutTargets as well, which are not given: it is refused',
    },
    {
      if: all(is('client', 'fabfuel'), is('deregisterOld', false)),
      say: 'fabfuel --rollback deregisters the new revision whatever --no-deregister says: that step is refused, after the service is back on the old one',
    },
    { if: all(is('tagTask', true), not(runsTask)), say: '`tagTask` has no effect without `runTask`' },
    {
      if: all(not(registers), any(is('tagTaskDefinition', true), is('deregisterOld', true))),
      say: '`tagTaskDefinition` and `deregisterOld` have no effect where no task definition is registered',
    },
  ],
  widenings: [
    'DescribeTaskDefinition, DeregisterTaskDefinition and ListTaskDefinitions take no resource: where they are given, they reach every task definition of the account and region.',
  ],
  escalation:
    'Who has these credentials can run any image and any command as a task with the roles in `passRoles`, so they have whatever these roles may. They reach no other role, service or cluster, and a permissions boundary on those roles is what limits them.',
  vendors,
  statements: [
    {
      sid: 'RegisterTaskDefinitions',
      when: registers,
      actions: { 'ecs:RegisterTaskDefinition': 'register a new revision of the family' },
      resources: [revisions],
      evidence: [reference('ecs'), awsActions, readme],
    },
    {
      sid: 'ReadTaskDefinitions',
      when: any(is('readTaskDefinition', true), scriptDeploys),
      actions: { 'ecs:DescribeTaskDefinition': 'read the old task definition to make the new one from it' },
      resources: unscoped('the action has no resource type; with any other resource it never matches'),
      evidence: [reference('ecs'), ecsDeploy, fabfuel],
    },
    {
      sid: 'DeregisterTaskDefinitions',
      when: deregisters,
      actions: {
        'ecs:DeregisterTaskDefinition': 'retire the old revision after the deployment',
        'ecs:ListTaskDefinitions': when(is('client', 'ecs-deploy'), 'find the revisions beyond --max-definitions'),
      },
      resources: unscoped('neither action has a resource type; with any other resource they never match'),
      evidence: [reference('ecs'), ecsDeploy, fabfuel],
    },
    {
      sid: 'PassTaskRoles',
      when: any(registers, runsTask),
      actions: { 'iam:PassRole': 'hand the task role and the execution role to the tasks' },
      resources: [arn('passRoles')],
      conditions: [onlyPassedTo('ecs-tasks.amazonaws.com', 'ECS tasks')],
      evidence: [reference('iam'), readme],
    },
    {
      sid: 'PassVolumeRoles',
      when: any(registers, runsTask),
      actions: { 'iam:PassRole': 'hand the infrastructure role for managed EBS volumes to ECS' },
      resources: [arn('volumeRoles')],
      conditions: [onlyPassedTo('ecs.amazonaws.com', 'ECS itself')],
      evidence: [
        reference('iam'),
        vendor(
          'managed policy AmazonECS_FullAccess',
          'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECS_FullAccess.html',
        ),
      ],
    },
    {
      sid: 'DeployServices',
      actions: {
        'ecs:DescribeServices': 'read the service, and wait until it is stable',
        'ecs:UpdateService': when(
          not(blueGreen),
          'give the service its new task definition, or force a new deployment',
        ),
      },
      resources: [arn('services')],
      evidence: [reference('ecs'), awsActions, ecsDeploy, fabfuel, awsCli],
    },
    {
      sid: 'ListTasks',
      when: watchesTasks,
      actions: { 'ecs:ListTasks': 'find the tasks of the new deployment' },
      resources: unscoped(
        'live refusals name `*`, the service reference names container instances, and only `*` matches both; the cluster is the fence',
      ),
      conditions: [inCluster],
      evidence: [reference('ecs'), ecsDeploy, fabfuel],
    },
    {
      sid: 'DescribeTasks',
      when: any(runsTask, watchesTasks),
      actions: { 'ecs:DescribeTasks': 'wait for tasks to run or stop, and read exit codes' },
      resources: [tasks],
      evidence: [reference('ecs'), awsActions, ecsDeploy, fabfuel],
    },
    {
      sid: 'RunTasks',
      when: runsTask,
      actions: { 'ecs:RunTask': 'run a one-off task of the family' },
      resources: [revisions],
      conditions: [inCluster],
      evidence: [reference('ecs'), awsActions, readme],
    },
    {
      sid: 'TagTaskDefinitions',
      when: all(registers, is('tagTaskDefinition', true)),
      actions: { 'ecs:TagResource': 'tag the task definition while it is registered' },
      resources: [revisions],
      conditions: [onlyTagsSentWith('RegisterTaskDefinition', 'the registration')],
      evidence: [reference('ecs'), taggingGuide],
    },
    {
      sid: 'TagTasks',
      when: all(runsTask, is('tagTask', true)),
      actions: { 'ecs:TagResource': 'tag the task while it is started' },
      resources: [tasks],
      conditions: [onlyTagsSentWith('RunTask', 'the start')],
      evidence: [reference('ecs'), taggingGuide],
    },
    {
      sid: 'DeployBlueGreen',
      actions: {
        'codedeploy:GetDeploymentGroup': 'read how the group deploys',
        'codedeploy:CreateDeployment': 'start the blue/green deployment',
        'codedeploy:GetDeployment': 'wait for the deployment to end',
      },
      resources: [arn('codeDeployDeploymentGroup')],
      evidence: [reference('codedeploy'), awsActions, awsCli, readme],
    },
    {
      sid: 'ReadDeploymentConfigs',
      when: blueGreen,
      actions: { 'codedeploy:GetDeploymentConfig': 'checked when a deployment is created' },
      resources: [
        arn('codeDeployDeploymentConfig'),
        when(
          not(given('codeDeployDeploymentConfig')),
          template`arn:${partition}:codedeploy:${region}:${account}:deploymentconfig:CodeDeployDefault.ECSAllAtOnce`,
        ),
      ],
      evidence: [reference('codedeploy'), readme],
    },
    {
      sid: 'RegisterRevisions',
      actions: {
        'codedeploy:RegisterApplicationRevision': 'checked when a deployment carries its AppSpec',
        'codedeploy:GetApplication': when(is('client', 'aws-cli'), 'aws ecs deploy reads the application first'),
      },
      resources: [arn('codeDeployApplication')],
      evidence: [reference('codedeploy'), readme, awsCli],
    },
  ],
});
