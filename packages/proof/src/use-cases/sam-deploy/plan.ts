import { samDeploy } from '@postern/core';
import type { ProofPlan, Unshown } from '../../scenario.js';
import { bucketOf, isMadeUp, isWhole, keyArn, prefixOf, prepare, syncs } from './app.js';
import { cells } from './cells.js';
import { hostile } from './hostile.js';
import { steps } from './scenarios.js';

const claimed = (atoms: readonly string[], why: string, source: string): Unshown[] =>
  atoms.map((atom) => ({ atom, outcome: 'claimed', why, source }));

export const samDeployProof: ProofPlan = {
  useCase: samDeploy,
  cells,
  scenarios: [
    {
      name: 'sam',
      title: 'validate, deploy, update, sync and delete stacks with the SAM CLI, with their artifacts and images',
      applies: () => true,
      prepare,
      steps,
    },
    {
      name: 'bucket key',
      title: 'the same, where the bucket uses bucket keys',
      applies: (options) => keyArn(options) !== undefined,
      prepare: (world, options) => {
        prepare(world, options);
        world.objects.buckets.get(bucketOf(options)!)!.bucketKey = true;
      },
      steps: (options) => steps(options).slice(0, 1),
    },
  ],
  hostile,
  unshown: [
    ...claimed(
      ['WatchStacks: cloudformation:TagResource', 'ManagedStack: cloudformation:TagResource'],
      'tags of stacks are not tried in an account, and the sandbox does not ask for it',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html',
    ),
  ],
  idle: [
    ...[
      'WatchStacks: cloudformation:DescribeChangeSet',
      'WatchStacks: cloudformation:ExecuteChangeSet',
      'ChangeStacks: cloudformation:CreateChangeSet',
      'UseTransforms',
      'UseTransforms: cloudformation:CreateChangeSet',
      'UseTransforms: resource 0',
    ].map((atom) => ({
      atom,
      cells: syncs,
      why: '`sam sync` makes no change sets, and a stack is deployed with them in other cells',
    })),
  ],
  ownBelow: (options) => {
    const objects = `arn:${options.partition}:s3:::`;
    // What AWS writes behind the name of a stack is no name that somebody else could have.
    const managed = `arn:${options.partition}:cloudformation:${options.region}:${options.account}:stack/aws-sam-cli-managed-default/`;
    if (isMadeUp(options)) return [managed, `${objects}aws-sam-cli-managed-default-samclisourcebucket-`];
    const bucket = bucketOf(options);
    const below =
      bucket === undefined ? [] : [`${objects}${bucket}/${isWhole(options) ? '' : `${prefixOf(options)}/`}`];
    return [managed, ...below];
  },
};
