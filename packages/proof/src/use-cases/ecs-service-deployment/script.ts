import { dirname } from 'node:path';
import type { CellOptions, Step } from '../../scenario.js';
import type { Stage } from '../../stage.js';
import { runTaskSteps } from './command-line.js';
import { expectDeployed, expectDeregistered, expectRegistered, expectTask, familyOf } from './definition.js';

const image = ['--image', 'public.ecr.aws/docker/library/busybox:v2'];

function step(name: string, run: (stage: Stage) => Promise<void>): Step {
  return { name, tool: 'ecs-deploy', starts: ['aws', 'jq'], run };
}

/** The script finds the AWS CLI and jq on the PATH: those that were found here come first. */
async function ecsDeploy(stage: Stage, options: CellOptions, ...args: string[]): Promise<void> {
  const folders = [stage.tools.aws, stage.tools.jq].flatMap((tool) => (tool === undefined ? [] : [dirname(tool.path)]));
  const env = { PATH: [...folders, stage.environment['PATH']].join(':') };
  const at = ['--cluster', options.name('cluster')!, '--timeout', '10'];
  await stage.succeed('ecs-deploy', [...at, ...args], { env });
}

/** silinternational's script `ecs-deploy`: a deployment for each service, else a new revision of the family. */
export function scriptSteps(options: CellOptions): Step[] {
  const services = options.names('services');
  const copies = options.is('tagTaskDefinition', true) ? ['--copy-task-definition-tags'] : [];
  const most = options.is('deregisterOld', true) ? ['--max-definitions', '1'] : [];
  const registers = options.is('newTaskDefinition', true);
  const family = ['--task-definition', familyOf(options)];
  return [
    ...services.map((service) =>
      step('ecs-deploy', async (stage) => {
        const what = registers ? [...image, ...copies, ...most] : ['--force-new-deployment'];
        await ecsDeploy(stage, options, '--service-name', service, ...what);
        if (registers) expectRegistered(stage, options);
        expectDeployed(stage, options, service);
        if (options.is('deregisterOld', true)) expectDeregistered(stage, options);
      }),
    ),
    ...(services.length === 0
      ? [
          step('ecs-deploy without a service', async (stage) => {
            await ecsDeploy(stage, options, ...family, ...image, ...copies);
            expectRegistered(stage, options);
          }),
        ]
      : []),
    ...(options.is('runTask', true) ? runTask(options, [...family, ...image, ...copies]) : []),
  ];
}

/** The script runs a task of a revision that it registers, and cannot tag one: the AWS CLI does the rest. */
function runTask(options: CellOptions, args: readonly string[]): Step[] {
  if (options.is('tagTask', true) || options.is('newTaskDefinition', false))
    return runTaskSteps('aws', options, ['--cluster', options.name('cluster')!]);
  return [
    step('ecs-deploy --run-task', async (stage) => {
      await ecsDeploy(stage, options, ...args, '--run-task', '--wait-for-success');
      expectTask(stage, options);
    }),
  ];
}
