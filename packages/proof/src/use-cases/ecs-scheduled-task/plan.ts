import { ecsScheduledTask } from '@postern/core';
import type { ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { hostile } from './hostile.js';
import { prepare } from './schedule.js';
import { commandLineSteps, fabfuelSteps } from './steps.js';

export const ecsScheduledTaskProof: ProofPlan = {
  useCase: ecsScheduledTask,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'the AWS CLI registers a revision, and creates, reads, sets, switches and deletes rules and schedules',
      applies: (options) => options.is('client', 'aws-cli'),
      prepare,
      steps: commandLineSteps,
    },
    {
      name: 'fabfuel',
      title: "fabfuel's ecs cron registers a revision and gives it to a rule; the AWS CLI deletes the rule",
      applies: (options) => options.is('client', 'fabfuel'),
      prepare,
      steps: fabfuelSteps,
    },
  ],
  hostile,
  unshown: [
    {
      atom: 'PutTargets: condition Null events:TargetArn',
      outcome: 'claimed',
      why: 'EventBridge takes no request without a target, so that none can be sent that only this condition refuses; without it, ForAllValues would be true for one',
      source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html',
    },
  ],
};
