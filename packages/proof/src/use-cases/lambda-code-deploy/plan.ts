import { lambdaCodeDeploy } from '@postern/core';
import type { CellOptions, ProofPlan } from '../../scenario.js';
import { actionSteps, appleboySteps } from './actions.js';
import { cells } from './cells.js';
import { commandLineSteps } from './command-line.js';
import { bucketOf, creates, keyArn, prepare } from './function.js';
import { hostile } from './hostile.js';

const byCommandLine = (options: CellOptions) => options.is('client', 'aws-cli');

export const lambdaCodeDeployProof: ProofPlan = {
  useCase: lambdaCodeDeploy,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'upload, create, configure, update, wait, publish, move aliases and invoke with the AWS CLI',
      applies: byCommandLine,
      prepare,
      steps: commandLineSteps,
    },
    {
      name: 'bucket key',
      title: 'the same with the AWS CLI, where the bucket uses bucket keys',
      applies: (options) => byCommandLine(options) && keyArn(options) !== undefined,
      prepare: (world, options) => {
        prepare(world, options);
        world.objects.buckets.get(bucketOf(options)!)!.bucketKey = true;
      },
      steps: commandLineSteps,
    },
    {
      name: 'action',
      title: 'the calls of the action aws-lambda-deploy, and the AWS CLI behind it',
      applies: (options) => options.is('client', 'aws-actions'),
      prepare,
      steps: actionSteps,
    },
    {
      name: 'appleboy',
      title: 'the calls of appleboy/lambda-action, where a change of the configuration takes its time',
      applies: (options) => options.is('client', 'appleboy'),
      prepare: (world, options) => {
        prepare(world, options);
        // Two reads: its own look, and the first of its waiter.
        if (!creates(options)) for (const one of world.functions.values()) one.lag = 2;
      },
      steps: appleboySteps,
    },
  ],
  hostile,
  unshown: [],
  ownBelow: (options) =>
    options.names('prefixes').map((prefix) => `arn:${options.partition}:s3:::${bucketOf(options)}/${prefix}/`),
};
