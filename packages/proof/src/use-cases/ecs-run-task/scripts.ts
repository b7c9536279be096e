import { dirname } from 'node:path';
import type { CellOptions, Step } from '../../scenario.js';
import type { Stage } from '../../stage.js';
import { afterRun, describeDefinition, runTask } from './command-line.js';
import { clusterOf, expectRegistered, expectTask, familyOf } from './task.js';

/** fabfuel's `ecs run` starts a task and does not wait for it; it cannot tag one either, which leaves that to the AWS CLI. */
export function fabfuelSteps(options: CellOptions): Step[] {
  const run = async (stage: Stage) => {
    await stage.succeed('ecs', ['run', clusterOf(options), familyOf(options)]);
    expectTask(stage, options, false);
  };
  return [
    { name: 'ecs run', tool: 'ecs', run },
    ...(options.is('tagTask', true) ? [runTask('aws', options)] : []),
    ...afterRun('aws', options),
  ];
}

/** silinternational's script `ecs-deploy --run-task`, which registers the revision that it runs. */
export function ecsDeploySteps(options: CellOptions): Step[] {
  const run = async (stage: Stage) => {
    // The script finds the AWS CLI and jq on the PATH: those that were found here come first.
    const found = [stage.tools.aws, stage.tools.jq].flatMap((tool) => (tool === undefined ? [] : [dirname(tool.path)]));
    const env = { PATH: [...found, stage.environment['PATH']].join(':') };
    const image = ['--image', 'public.ecr.aws/docker/library/busybox:v2'];
    const what = ['--cluster', clusterOf(options), '--task-definition', familyOf(options), ...image];
    const flags = [
      '--run-task',
      ...(options.is('wait', true) ? ['--wait-for-success'] : []),
      ...(options.is('tagTaskDefinition', true) ? ['--copy-task-definition-tags'] : []),
    ];
    await stage.succeed('ecs-deploy', [...what, '--timeout', '10', ...flags], { env });
    expectRegistered(stage, options);
    expectTask(stage, options);
  };
  return [
    ...(options.is('readTaskDefinition', true) ? [describeDefinition('aws', options)] : []),
    { name: 'ecs-deploy --run-task', tool: 'ecs-deploy', starts: ['aws', 'jq'], run },
    ...afterRun('aws', options).filter(({ name }) => name !== 'wait tasks-stopped'),
  ];
}
