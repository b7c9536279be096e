import type { CellOptions, Step } from '../../scenario.js';
import { errorOf, StepFailure, type Outcome, type Stage } from '../../stage.js';
import { afterRun, describeDefinition } from './command-line.js';
import { clusterOf, expectRegistered, expectTask, familyOf, tags, taskDefinition, volumes } from './task.js';

type ActionInputs = Readonly<Record<string, string | undefined>>;

/** What GitHub's runner sets: the inputs, and the folder of the repository. */
function runnerEnvironment(stage: Stage, inputs: ActionInputs): Record<string, string> {
  const given = Object.entries(inputs).filter((input): input is [string, string] => input[1] !== undefined);
  return {
    GITHUB_WORKSPACE: stage.folder,
    GITHUB_OUTPUT: stage.write('output', ''),
    AWS_ENDPOINT_URL: stage.sandbox.endpoint,
    ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
}

/** Actions write their errors for the runner, between the messages for its debug log. */
function errorOfAction({ stdout, stderr, code }: Outcome): string {
  const error = stdout.split('\n').find((line) => line.startsWith('::error::'));
  return errorOf({ stdout: error?.slice('::error::'.length) ?? stdout, stderr, code });
}

/** Runs amazon-ecs-deploy-task-definition without a service; what it cannot do, the AWS CLI does beside it. */
export function deployActionSteps(options: CellOptions): Step[] {
  const action = 'amazon-ecs-deploy-task-definition';
  const [volume] = (volumes(options) ?? []) as { name: string; managedEBSVolume: object }[];
  const providers = options.names('capacityProviders').map((capacityProvider) => ({ capacityProvider }));
  const inputs: ActionInputs = {
    'task-definition': 'task-definition.json',
    cluster: clusterOf(options),
    'run-task': 'true',
    'wait-for-task-stopped': options.is('wait', true) ? 'true' : 'false',
    // A refusal makes the waiters of the SDK ask again for a minute, which is the least.
    'wait-for-minutes': '1',
    'run-task-tags': options.is('tagTask', true) ? JSON.stringify(tags) : undefined,
    'run-task-capacity-provider-strategy': providers.length > 0 ? JSON.stringify(providers) : undefined,
    'run-task-managed-ebs-volume-name': volume?.name,
    'run-task-managed-ebs-volume': volume && JSON.stringify(volume.managedEBSVolume),
  };
  const run = async (stage: Stage) => {
    stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
    const outcome = await stage.run(action, [], { env: runnerEnvironment(stage, inputs) });
    if (outcome.code !== 0) throw new StepFailure(errorOfAction(outcome));
    expectRegistered(stage, options);
    expectTask(stage, options);
  };
  return [
    ...(options.is('readTaskDefinition', true) ? [describeDefinition('aws', options)] : []),
    { name: 'run the action', tool: action, run },
    ...withoutWaiting(options),
  ];
}

/** What the AWS CLI does after an action that waits itself. */
const withoutWaiting = (options: CellOptions) =>
  afterRun('aws', options).filter(({ name }) => name !== 'wait tasks-stopped');

/** Runs geekcell's action; the host of live tails cannot be told to it, and it goes on without them. */
export function geekcellSteps(options: CellOptions): Step[] {
  const action = 'github-action-aws-ecs-run-task';
  const inputs: ActionInputs = {
    cluster: clusterOf(options),
    'task-definition': familyOf(options),
    'subnet-ids': 'subnet-04f133a104b9e95df',
    'security-group-ids': 'sg-123456789101112',
    'assign-public-ip': 'DISABLED',
    'tail-logs': options.is('readLogs', 'live') ? 'true' : 'false',
    'task-wait-until-stopped': options.is('wait', true) || options.is('readLogs', 'live') ? 'true' : 'false',
    'task-start-max-wait-time': '3',
    'task-stop-max-wait-time': '3',
    'task-check-state-delay': '1',
  };
  const run = async (stage: Stage) => {
    const outcome = await stage.run(action, [], { env: runnerEnvironment(stage, inputs) });
    if (outcome.code !== 0) throw new StepFailure(errorOfAction(outcome));
    expectTask(stage, options);
  };
  return [
    ...(options.is('readTaskDefinition', true) ? [describeDefinition('aws', options)] : []),
    { name: 'run the action', tool: action, run },
    ...withoutWaiting(options),
  ];
}
