import { ecrImagePull } from '@postern/core';
import type { ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { neighbours } from './repositories.js';
import { scenarios } from './scenarios.js';

const imageIds = [{ imageTag: 'v1' }];
const imageId = { imageTag: 'v1' };
const layerDigest = `sha256:${'0'.repeat(64)}`;
const of = (sid: string, what: string, operation: string, input: object) =>
  neighbours(sid, what, operation, input, 'repositories');

export const ecrImagePullProof: ProofPlan = {
  useCase: ecrImagePull,
  cells,
  scenarios,
  hostile: [
    ...of('PullImages', 'read a manifest', 'BatchGetImage', { imageIds }),
    ...of('PullImages', 'read a layer', 'GetDownloadUrlForLayer', { layerDigest }).map((request) => ({
      ...request,
      applies: (options: Parameters<NonNullable<typeof request.applies>>[0]) =>
        request.applies?.(options) !== false && !options.is('inspectOnly', true),
    })),
    ...of('ListTags', 'list the tags', 'ListImages', {}),
    ...of('CheckExistingImages', 'look at the images', 'DescribeImages', {}),
    ...of('FillCache', 'create a repository in place', 'CreateRepository', {}),
    ...of('StartScans', 'start a scan', 'StartImageScan', { imageId }),
    ...of('ReadScanFindings', 'read the findings', 'DescribeImageScanFindings', { imageId }),
  ],
  unshown: [],
};
