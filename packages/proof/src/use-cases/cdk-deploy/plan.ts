import { cdkDeploy } from '@postern/core';
import { assetBucket } from '../../cdk-assembly.js';
import type { ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { appOf, placesOf, prepare } from './environment.js';
import { hostile, tagStatements } from './hostile.js';
import { steps } from './scenarios.js';

export const cdkDeployProof: ProofPlan = {
  useCase: cdkDeploy,
  cells,
  scenarios: [
    {
      name: 'cdk',
      title:
        'deploy, compare and destroy stacks with the CDK, by the roles of the bootstrap stack, and swap code past them',
      applies: () => true,
      prepare,
      steps,
    },
  ],
  hostile,
  unshown: tagStatements.map((sid) => ({
    atom: `${sid}: condition Null aws:TagKeys`,
    outcome: 'claimed',
    why: 'AWS asks for sts:TagSession only where a request has tags, and no request is known in which it would be needed',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
  })),
  ownBelow: (options) =>
    placesOf(options).map((place) => `arn:${options.partition}:s3:::${assetBucket(appOf(options, 1), place)}/`),
};
