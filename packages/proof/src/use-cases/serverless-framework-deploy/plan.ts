import { serverlessFrameworkDeploy } from '@postern/core';
import type { CellOptions, ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { hostile } from './hostile.js';
import { bucketOf, givenBucket, isDirect, prefixOf, prepare, reads, serviceOf, stackOf, stagesOf } from './project.js';
import { restoreSteps } from './restore.js';
import { deploySteps, newSteps, rollsBack, steps } from './steps.js';

const restores = (options: CellOptions) => options.is('rollbackFunctions', true);

export const serverlessFrameworkDeployProof: ProofPlan = {
  useCase: serverlessFrameworkDeploy,
  cells,
  scenarios: [
    {
      name: 'serverless',
      title:
        'deploy, deploy a change and without one, replace functions, roll back, list and remove services with Serverless',
      applies: () => true,
      prepare,
      steps,
    },
    {
      name: 'new service',
      title: 'deploy a service whose stack makes its bucket',
      applies: (options) =>
        givenBucket(options) === undefined && !reads(options) && (isDirect(options) || rollsBack(options)),
      prepare: () => undefined,
      steps: newSteps,
    },
    {
      name: 'bucket key',
      title: 'deploy where the bucket uses bucket keys',
      applies: (options) => options.name('kmsKey') !== undefined,
      prepare: (world, options) => {
        prepare(world, options);
        for (const to of stagesOf(options)) world.objects.buckets.get(bucketOf(options, to))!.bucketKey = true;
      },
      steps: (options) => stagesOf(options).flatMap((to) => deploySteps(options, to).slice(0, 1)),
    },
    {
      name: 'rollback function',
      title: 'the calls of `rollback function`',
      applies: restores,
      prepare,
      steps: restoreSteps,
    },
  ],
  hostile,
  unshown: [
    {
      atom: 'WatchStacks: cloudformation:TagResource',
      outcome: 'claimed',
      why: 'tags of stacks are not tried in an account, and the sandbox does not ask for it',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html',
    },
  ],
  // Names below the keys of a stage are the job's own, and so are those that CloudFormation and Serverless make up.
  ownBelow: (options) =>
    stagesOf(options).flatMap((to) => [
      `${prefixOf(options, to)}/`,
      `arn:${options.partition}:s3:::${bucketOf(options, to)}/${prefixOf(options, to)}/`,
      `arn:${options.partition}:s3:::${stackOf(options, to)}-serverlessdeploymentbuck`,
      `arn:${options.partition}:lambda:${options.region}:${options.account}:function:${serviceOf(options)}-${to}-`,
    ]),
};
