import { cloudformationDeploy } from '@postern/core';
import type { ProofPlan } from '../../scenario.js';
import { actionSteps } from './action.js';
import { cells } from './cells.js';
import { commandLineSteps } from './command-line.js';
import { hostileStackSets } from './hostile-stack-sets.js';
import { hostile } from './hostile.js';
import { hasSets, prepareSets, stackSetSteps } from './stack-sets.js';
import { bucketOf, byAction, hasStacks, keyArn, nestedBelow, prefixOf, prepare, reads, uploads } from './stack.js';

const notTried = 'not tried in an account, and the sandbox does not ask for it';
const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html';

export const cloudformationDeployProof: ProofPlan = {
  useCase: cloudformationDeploy,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'validate, deploy, update, review, look at and delete stacks with the AWS CLI',
      applies: (options) => hasStacks(options) && (!byAction(options) || reads(options)),
      prepare,
      steps: commandLineSteps,
    },
    {
      name: 'bucket key',
      title: 'the same with the AWS CLI, where the bucket uses bucket keys',
      applies: (options) => hasStacks(options) && keyArn(options) !== undefined,
      prepare: (world, options) => {
        prepare(world, options);
        world.objects.buckets.get(bucketOf(options)!)!.bucketKey = true;
      },
      steps: commandLineSteps,
    },
    {
      name: 'action',
      title: 'the calls of the action aws-cloudformation-github-deploy, also where nothing changes',
      applies: (options) => hasStacks(options) && byAction(options) && !reads(options),
      prepare,
      steps: actionSteps,
    },
    {
      name: 'stack sets',
      title: 'create, update, look at and delete stack sets and their instances with the AWS CLI',
      applies: hasSets,
      prepare: (world, options) => {
        prepare(world, options);
        prepareSets(world, options);
      },
      steps: stackSetSteps,
    },
  ],
  hostile: [...hostile, ...hostileStackSets],
  unshown: [
    {
      atom: 'WatchStacks: cloudformation:DescribeEvents',
      outcome: 'tolerated',
      why: 'the action warns where it may not read events, and goes on',
      source: 'aws-actions/aws-cloudformation-github-deploy at 197fa4a: src/event-streaming.ts',
    },
    {
      atom: 'WatchStacks: cloudformation:TagResource',
      outcome: 'claimed',
      why: `tags of stacks are ${notTried}`,
      source: reference,
    },
    {
      atom: 'WatchStackSets: cloudformation:TagResource',
      outcome: 'claimed',
      why: `tags of stack sets are ${notTried}`,
      source: reference,
    },
  ],
  idle: [
    {
      atom: 'WatchStacks: cloudformation:GetTemplateSummary',
      cells: (options) => bucketOf(options) !== undefined && !uploads(options),
      why: 'change sets are made by hand there, and `deploy` asks for it in other cells',
    },
  ],
  ownBelow: (options) => [
    ...(bucketOf(options) === undefined
      ? []
      : [
          `arn:${options.partition}:s3:::${bucketOf(options)}/${prefixOf(options) === undefined ? '' : `${prefixOf(options)}/`}`,
        ]),
    // CloudFormation makes up how the names of nested stacks end.
    ...options
      .names('stacks')
      .flatMap((parent) => options.names('nestedStacks').map((name) => nestedBelow(options, parent, name))),
  ],
};
