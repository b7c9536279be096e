import { ecrImagePromote } from '@postern/core';
import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { neighbours, placesOf } from '../ecr-image-pull/repositories.js';
import { cells } from './cells.js';
import { scenarios } from './scenarios.js';

const imageIds = [{ imageTag: 'v1' }];
const imageId = { imageTag: 'v1' };
const layerDigest = `sha256:${'0'.repeat(64)}`;
const image = { imageManifest: '{}', imageTag: 'v1' };

/** Where only tags are written, no layer is read or written. */
const withLayers = (requests: readonly HostileRequest[]): HostileRequest[] =>
  requests.map((request) => ({
    ...request,
    applies: (options) => request.applies?.(options) !== false && !options.is('retagOnly', true),
  }));

const ownSource = (options: CellOptions) => placesOf(options, 'from')[0]!;

export const ecrImagePromoteProof: ProofPlan = {
  useCase: ecrImagePromote,
  cells,
  scenarios,
  hostile: [
    ...neighbours('ReadImages', 'read a manifest', 'BatchGetImage', { imageIds }, 'from'),
    ...withLayers(neighbours('ReadImages', 'read a layer', 'GetDownloadUrlForLayer', { layerDigest }, 'from')),
    ...neighbours('WriteImages', 'overwrite an image', 'PutImage', image, 'to'),
    ...withLayers(neighbours('WriteImages', 'start an upload', 'InitiateLayerUpload', {}, 'to')),
    ...withLayers([
      {
        name: 'overwrite the image that is promoted',
        sid: 'WriteImages',
        fence: 'resource',
        send: (call, options) => {
          const { account, region, name } = ownSource(options);
          return call('ECR', 'PutImage', { ...image, repositoryName: name, registryId: account }, { region });
        },
      },
    ]),
    ...neighbours('CheckExistingImages', 'look at the images', 'DescribeImages', {}, 'to'),
    ...neighbours('StartScans', 'start a scan', 'StartImageScan', { imageId }, 'from'),
    ...neighbours('ReadScanFindings', 'read the findings', 'DescribeImageScanFindings', { imageId }, 'from'),
  ],
  unshown: [],
};
