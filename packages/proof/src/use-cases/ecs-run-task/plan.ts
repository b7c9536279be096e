import { ecsRunTask } from '@postern/core';
import type { CellOptions, ProofPlan } from '../../scenario.js';
import { deployActionSteps, geekcellSteps } from './actions.js';
import { cells } from './cells.js';
import { commandLineSteps } from './command-line.js';
import { hostile } from './hostile.js';
import { ecsDeploySteps, fabfuelSteps } from './scripts.js';
import { groupArn, prepare, prepareRunning } from './task.js';

/** Debian's release of version 2 knows neither yet. */
const isNew = (options: CellOptions) => options.names('volumeRoles').length > 0 || options.is('readLogs', 'live');

export const ecsRunTaskProof: ProofPlan = {
  useCase: ecsRunTask,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'the AWS CLI registers, runs, waits, reads logs and stops',
      applies: (options) => options.is('client', 'aws-cli') && !isNew(options),
      prepare,
      steps: (options) => commandLineSteps('aws', options),
    },
    {
      name: 'aws-cli 1',
      title: 'the AWS CLI, version 1, does the same, configures volumes and tails logs as they are written',
      applies: (options) => options.is('client', 'aws-cli'),
      prepare,
      steps: (options) => commandLineSteps('aws-1', options),
    },
    {
      name: 'aws-actions',
      title: "the action amazon-ecs-deploy-task-definition, with a runner's inputs, registers and runs a task",
      applies: (options) => options.is('client', 'aws-actions'),
      prepare,
      steps: deployActionSteps,
      // Refused, its waiter asks again for a minute.
      slow: true,
    },
    {
      name: 'geekcell',
      title: "geekcell's action github-action-aws-ecs-run-task runs a task and waits for it",
      applies: (options) => options.is('client', 'geekcell'),
      prepare: prepareRunning,
      steps: geekcellSteps,
    },
    {
      name: 'fabfuel',
      title: "fabfuel's ecs runs a task; the AWS CLI waits for it, tags it and reads its logs",
      applies: (options) => options.is('client', 'fabfuel'),
      prepare,
      steps: fabfuelSteps,
    },
    {
      name: 'ecs-deploy',
      title: "silinternational's script ecs-deploy registers a revision, runs a task of it and waits",
      applies: (options) => options.is('client', 'ecs-deploy'),
      prepare,
      steps: ecsDeploySteps,
    },
  ],
  hostile,
  unshown: [],
  idle: [
    {
      atom: 'ReadLogGroups',
      cells: (options) => options.is('client', 'geekcell') && options.is('readLogs', 'live'),
      why: 'the action takes the host of live tails from no setting, so that its session is not seen here; it makes the call of `aws logs start-live-tail`, which is',
    },
  ],
  // A log group has nothing but its streams, and whoever reads it whole reads them all.
  ownBelow: (options) => options.names('logGroups').map((name) => `${groupArn(options, name)}:`),
};
