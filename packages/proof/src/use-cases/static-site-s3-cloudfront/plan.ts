import { staticSiteS3Cloudfront } from '@postern/core';
import type { ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { deploySteps } from './command-line.js';
import { hostile } from './hostile.js';
import { isLarge, keyArn, placesOf, prepare, reads } from './site.js';

export const staticSiteS3CloudfrontProof: ProofPlan = {
  useCase: staticSiteS3Cloudfront,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'upload the site, take away what is gone, copy, tag and open files, and invalidate the cache',
      applies: () => true,
      prepare,
      steps: (options) => deploySteps('aws', options),
    },
    {
      name: 'aws-cli 1',
      title: 'the same with version 1 of the AWS CLI',
      client: 'aws-1',
      applies: () => true,
      prepare,
      steps: (options) => deploySteps('aws-1', options),
    },
    {
      name: 'bucket key',
      title: 'the same with the AWS CLI, where the buckets use bucket keys',
      applies: (options) => keyArn(options) !== undefined,
      prepare: (world, options) => {
        prepare(world, options);
        for (const name of options.names('buckets')) world.objects.buckets.get(name)!.bucketKey = true;
      },
      steps: (options) => deploySteps('aws', options),
    },
  ],
  hostile,
  unshown: [],
  idle: [
    {
      atom: 'SiteKeys: condition StringLike kms:EncryptionContext:aws:s3:arn: value 0',
      cells: (options) => isLarge(options) || reads(options),
      why: 'bucket keys are used in other cells',
    },
  ],
  ownBelow: (options) =>
    placesOf(options).flatMap(({ bucket, prefix }) => [
      `arn:${options.partition}:s3:::${bucket}/${prefix}`,
      ...(prefix === '' ? [] : [prefix]),
    ]),
};
