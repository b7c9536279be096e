import { cdkBootstrapRoles } from '@postern/core';
import type { CellOptions, ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { assumedIn, bucketOf, isRole, keyArn, prepare } from './environment.js';
import { hostile } from './hostile.js';
import { steps } from './scenarios.js';

const toolkit = 'aws/aws-cdk-cli at 7ff50e7: packages/@aws-cdk/toolkit-lib/lib';
const usesKey = (options: CellOptions) =>
  keyArn(options) !== undefined && (isRole(options, 'deploy') || isRole(options, 'file-publishing'));

export const cdkBootstrapRolesProof: ProofPlan = {
  useCase: cdkBootstrapRoles,
  cells,
  assumed: assumedIn,
  scenarios: [
    {
      name: 'cdk',
      title: 'deploy, change, protect, roll back and destroy stacks, and compare and look up, with the CDK',
      applies: (options) => isRole(options, 'deploy') || isRole(options, 'lookup'),
      prepare,
      steps,
    },
    {
      name: 'bucket key',
      title: 'deploy with the CDK and publish with cdk-assets, where the bucket uses bucket keys',
      applies: usesKey,
      prepare: async (world, options) => {
        await prepare(world, options);
        world.objects.buckets.get(bucketOf(options))!.bucketKey = true;
      },
      steps: (options) => steps(options).slice(0, 1),
    },
    {
      name: 'cdk-assets',
      title: 'publish files and images with cdk-assets, where docker is one that pushes with crane',
      applies: (options) => isRole(options, 'file-publishing') || isRole(options, 'image-publishing'),
      prepare,
      steps,
    },
  ],
  hostile,
  unshown: [
    {
      atom: 'ReadStacks: cloudformation:DescribeStackEvents',
      outcome: 'tolerated',
      why: 'without it, the CDK does not show what happens, and goes on',
      source: `${toolkit}/api/stack-events/stack-activity-monitor.ts`,
    },
    {
      atom: 'FindAssets: s3:GetEncryptionConfiguration',
      outcome: 'tolerated',
      why: 'without it, assets are uploaded as the bucket encrypts by default',
      source: 'aws/aws-cdk-cli at 7ff50e7: packages/@aws-cdk/cdk-assets-lib/lib/private/handlers/files.ts',
    },
  ],
  ownBelow: (options) => [`arn:${options.partition}:s3:::${bucketOf(options)}/`],
};
