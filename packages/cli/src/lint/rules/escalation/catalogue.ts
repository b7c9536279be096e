import type { EscalationPath } from './path.js';
import { applicationsPaths } from './paths/applications.js';
import { cloudformationPaths } from './paths/cloudformation.js';
import { codebuildPaths } from './paths/codebuild.js';
import { dataPaths } from './paths/data.js';
import { ec2Paths } from './paths/ec2.js';
import { ecsPaths } from './paths/ecs.js';
import { eksPaths } from './paths/eks.js';
import { iamPaths } from './paths/iam.js';
import { lambdaPaths } from './paths/lambda.js';
import { machineLearningPaths } from './paths/machine-learning.js';
import { organizationPaths } from './paths/organization.js';
import { ssmPaths } from './paths/ssm.js';
import { stsPaths } from './paths/sts.js';

/**
 * Every path that is known, in our own words, each with the catalogue it is from. Prowler's two patterns (`iam:*` and
 * `iam:Put*`) are not paths of their own: they open those of their actions. The public catalogues were read on
 * 2026-11-25; a page of AWS that a path names is cited, not read.
 */
export const paths: readonly EscalationPath[] = [
  ...iamPaths,
  ...stsPaths,
  ...organizationPaths,
  ...ec2Paths,
  ...ssmPaths,
  ...lambdaPaths,
  ...ecsPaths,
  ...eksPaths,
  ...cloudformationPaths,
  ...codebuildPaths,
  ...dataPaths,
  ...machineLearningPaths,
  ...applicationsPaths,
];
