import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import { runTaskSteps } from './command-line.js';
import {
  definitionsIn,
  expectDeployed,
  expectDeregistered,
  expectRegistered,
  expectTask,
  familyOf,
} from './definition.js';

function step(name: string, run: (stage: Stage) => Promise<void>): Step {
  return { name, tool: 'ecs', run };
}

/** fabfuel's `ecs`: a deployment for each service, else an update of the family; tasks are waited for by the AWS CLI. */
export function fabfuelSteps(options: CellOptions): Step[] {
  const cluster = options.name('cluster')!;
  const services = options.names('services');
  const keeps = options.is('deregisterOld', false);
  const flags = keeps ? ['--no-deregister'] : [];
  return [
    ...services.map((service) =>
      step('ecs deploy', async (stage) => {
        await stage.succeed('ecs', ['deploy', cluster, service, '--tag', 'v2', '--timeout', '30', ...flags]);
        expectRegistered(stage, options);
        expectDeployed(stage, options, service);
        expectKept(stage, options);
      }),
    ),
    ...(services.length === 0
      ? [
          step('ecs update', async (stage) => {
            await stage.succeed('ecs', ['update', familyOf(options), '--tag', 'v2', ...flags]);
            expectRegistered(stage, options);
            expectKept(stage, options);
          }),
        ]
      : []),
    ...(options.is('runTask', true) ? runTask(options, cluster) : []),
  ];
}

function expectKept(stage: Stage, options: CellOptions): void {
  if (!options.is('deregisterOld', false)) return expectDeregistered(stage, options);
  if (definitionsIn(stage, options)[0]?.status !== 'ACTIVE') throw new StepFailure('the old revision is not kept');
}

/** `ecs run` starts a task and does not wait for it; it cannot tag one either, which leaves that to the AWS CLI. */
function runTask(options: CellOptions, cluster: string): Step[] {
  const [run, wait] = runTaskSteps('aws', options, ['--cluster', cluster]) as [Step, Step];
  if (options.is('tagTask', true)) return [run, wait];
  return [
    step('ecs run', async (stage) => {
      await stage.succeed('ecs', ['run', cluster, familyOf(options)]);
      expectTask(stage, options);
    }),
    wait,
  ];
}
