import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Outcome, type Stage } from '../../stage.js';
import {
  expectDeployed,
  expectDeregistered,
  expectRegistered,
  expectTask,
  familyOf,
  tags,
  taskDefinition,
  volumes,
} from './definition.js';

const container = { ContainerName: 'app', ContainerPort: 80 };

/** An AppSpec as a repository holds it: the action writes the new revision into it. */
const specification = `version: 1
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: filled in
        LoadBalancerInfo: ${JSON.stringify(container)}
`;

/** The inputs of the action, as a workflow gives them with `with:`. */
function inputsOf(options: CellOptions, service: string | undefined): Record<string, string | undefined> {
  const [volume] = (volumes(options) ?? []) as { name: string; managedEBSVolume: object }[];
  const volumeOf = (who: string) =>
    volume === undefined
      ? {}
      : {
          [`${who}-managed-ebs-volume-name`]: volume.name,
          [`${who}-managed-ebs-volume`]: JSON.stringify(volume.managedEBSVolume),
        };
  return {
    'task-definition': 'task-definition.json',
    cluster: options.name('cluster')!,
    // A refusal makes the waiters of the SDK ask again for a minute, which is the least.
    'wait-for-minutes': '1',
    ...(service === undefined ? {} : { service, 'wait-for-service-stability': 'true', ...volumeOf('service') }),
    ...(options.is('runTask', true)
      ? { 'run-task': 'true', 'wait-for-task-stopped': 'true', ...volumeOf('run-task') }
      : {}),
    ...(options.is('tagTask', true) ? { 'run-task-tags': JSON.stringify(tags) } : {}),
    'codedeploy-application': options.name('codeDeployApplication'),
    'codedeploy-deployment-group': options.name('codeDeployDeploymentGroup'),
    'codedeploy-deployment-config': options.name('codeDeployDeploymentConfig'),
  };
}

/** What GitHub's runner sets: the inputs, and the folder of the repository. */
function runnerEnvironment(stage: Stage, inputs: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(inputs).filter((input): input is [string, string] => input[1] !== undefined);
  return {
    GITHUB_WORKSPACE: stage.folder,
    GITHUB_OUTPUT: stage.write('output', ''),
    AWS_ENDPOINT_URL: stage.sandbox.endpoint,
    ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
}

/** The action writes its errors for the runner, between the messages for its debug log. */
function errorOfAction({ stdout, stderr, code }: Outcome): string {
  const error = stdout.split('\n').find((line) => line.startsWith('::error::'));
  return errorOf({ stdout: error?.slice('::error::'.length) ?? stdout, stderr, code });
}

/** A workflow with the action amazon-ecs-deploy-task-definition; what it cannot do, the AWS CLI does beside it. */
export function actionSteps(options: CellOptions): Step[] {
  const services = options.names('services');
  const family = familyOf(options);
  return [
    ...(options.is('readTaskDefinition', true)
      ? [
          command('describe-task-definition', async (stage) => {
            await stage.succeed('aws', ['ecs', 'describe-task-definition', '--task-definition', family]);
          }),
        ]
      : []),
    ...(services.length === 0 ? [undefined] : services).map((service): Step => {
      const run = async (stage: Stage) => {
        stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
        stage.write('appspec.yaml', specification);
        const outcome = await stage.run(action, [], { env: runnerEnvironment(stage, inputsOf(options, service)) });
        if (outcome.code !== 0) throw new StepFailure(errorOfAction(outcome));
        expectRegistered(stage, options);
        if (service !== undefined) expectDeployed(stage, options, service);
        if (options.is('runTask', true)) expectTask(stage, options);
      };
      return { name: 'run the action', tool: action, run };
    }),
    ...(options.is('deregisterOld', true)
      ? [
          command('deregister-task-definition', async (stage) => {
            await stage.succeed('aws', ['ecs', 'deregister-task-definition', '--task-definition', `${family}:1`]);
            expectDeregistered(stage, options);
          }),
        ]
      : []),
  ];
}

const action = 'amazon-ecs-deploy-task-definition';

const command = (name: string, run: (stage: Stage) => Promise<void>): Step => ({ name, tool: 'aws', run });
