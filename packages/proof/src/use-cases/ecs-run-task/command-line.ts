import type { CellOptions, Step } from '../../scenario.js';
import { StepFailure, type Stage } from '../../stage.js';
import {
  clusterOf,
  expectLine,
  expectRegistered,
  expectTask,
  familyOf,
  groupArn,
  registers,
  taskDefinition,
  taskIn,
  volumes,
  writeLog,
} from './task.js';

/** The AWS CLI of Debian, version 2, and the current version 1, which knows options that came later. */
export type CommandLine = 'aws' | 'aws-1';

type Run = (stage: Stage) => Promise<void>;
const inCluster = (options: CellOptions) => ['--cluster', clusterOf(options)];

/** A step for each thing that the options ask for, in the order in which a job does them. */
export function commandLineSteps(tool: CommandLine, options: CellOptions): Step[] {
  const step = (name: string, run: Run): Step => ({ name, tool, run });
  const aws = (stage: Stage, ...args: string[]) => stage.succeed(tool, args);
  return [
    ...(options.is('readTaskDefinition', true) ? [describeDefinition(tool, options)] : []),
    ...(registers(options)
      ? [
          step('register-task-definition', async (stage) => {
            const file = stage.write('task-definition.json', JSON.stringify(taskDefinition(options)));
            await aws(stage, 'ecs', 'register-task-definition', '--cli-input-json', `file://${file}`);
            expectRegistered(stage, options);
          }),
        ]
      : []),
    runTask(tool, options),
    ...afterRun(tool, options),
  ];
}

export function describeDefinition(tool: CommandLine, options: CellOptions): Step {
  const run: Run = async (stage) => {
    await stage.succeed(tool, ['ecs', 'describe-task-definition', '--task-definition', familyOf(options)]);
  };
  return { name: 'describe-task-definition', tool, run };
}

export function runTask(tool: CommandLine, options: CellOptions): Step {
  const [revision] = options.names('revisions');
  const definition = revision === undefined ? familyOf(options) : `${familyOf(options)}:${revision}`;
  const providers = options.names('capacityProviders').map((name) => `capacityProvider=${name}`);
  const flags = [
    ...(options.is('tagTask', true) ? ['--tags', 'key=team,value=web'] : []),
    ...(options.is('executeCommand', true) ? ['--enable-execute-command'] : []),
    ...(providers.length === 0 ? [] : ['--capacity-provider-strategy', ...providers]),
    ...(volumes(options) === undefined ? [] : ['--volume-configurations', JSON.stringify(volumes(options))]),
  ];
  const run: Run = async (stage) => {
    await stage.succeed(tool, ['ecs', 'run-task', ...inCluster(options), '--task-definition', definition, ...flags]);
    expectTask(stage, options);
  };
  return { name: 'run-task', tool, run };
}

/** The task is waited for, its logs are read, and it is stopped. */
export function afterRun(tool: CommandLine, options: CellOptions): Step[] {
  const step = (name: string, run: Run): Step => ({ name, tool, run });
  return [
    ...(options.is('wait', true)
      ? [
          step('wait tasks-stopped', async (stage) => {
            const named = [...inCluster(options), '--tasks', taskIn(stage).id];
            await stage.succeed(tool, ['ecs', 'wait', 'tasks-stopped', ...named]);
            const query = ['--query', 'tasks[0].containers[0].exitCode', '--output', 'text'];
            const code = await stage.succeed(tool, ['ecs', 'describe-tasks', ...named, ...query]);
            if (code.trim() !== '0') throw new StepFailure(`the exit code is ${code.trim()}`);
          }),
        ]
      : []),
    ...readLogs(tool, options),
    ...(options.is('stopTask', true)
      ? [
          step('stop-task', async (stage) => {
            const { id } = taskIn(stage);
            await stage.succeed(tool, ['ecs', 'stop-task', ...inCluster(options), '--task', id]);
            if (stage.sandbox.world.containers.tasks.has(id)) throw new StepFailure('the task was not stopped');
          }),
        ]
      : []),
  ];
}

function readLogs(tool: CommandLine, options: CellOptions): Step[] {
  const step = (name: string, run: Run): Step => ({ name, tool, run });
  if (options.is('readLogs', 'filter'))
    return [
      step('logs', async (stage) => {
        const { group, stream } = writeLog(stage, options);
        // Version 1 has no such command, and reads page by page.
        const command =
          tool === 'aws'
            ? ['tail', group, '--log-stream-names', stream, '--since', '2023-01-01T00:00:00']
            : ['filter-log-events', '--log-group-name', group, '--log-stream-names', stream];
        expectLine(await stage.succeed(tool, ['logs', ...command]));
      }),
    ];
  if (options.is('readLogs', 'events'))
    return [
      step('get-log-events', async (stage) => {
        const { group, stream } = writeLog(stage, options);
        const named = ['--log-group-name', group, '--log-stream-name', stream];
        expectLine(await stage.succeed(tool, ['logs', 'get-log-events', ...named]));
      }),
    ];
  // Debian's release of version 2 does not have the command yet.
  if (options.is('readLogs', 'live') && tool === 'aws-1')
    return [
      step('start-live-tail', async (stage) => {
        const { group } = writeLog(stage, options);
        const named = ['--log-group-identifiers', groupArn(options, group)];
        await stage.succeed(tool, ['logs', 'start-live-tail', ...named]);
      }),
    ];
  return [];
}
