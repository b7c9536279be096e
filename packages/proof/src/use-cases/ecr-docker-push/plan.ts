import { ecrDockerPush } from '@postern/core';
import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { cells } from './cells.js';
import { scenarios } from './scenarios.js';

const digest = `sha256:${'0'.repeat(64)}`;
const stranger = '999999999999';
const repositoryName = 'other-app';
const own = (options: CellOptions) => options.names('repositories')[0]!;

/** The same call to another repository, to the same name in another account, and in another region. */
function elsewhere(sid: string, what: string, operation: string, input: object): HostileRequest[] {
  const named = (name: string) =>
    operation === 'DescribeRepositories' ? { repositoryNames: [name] } : { repositoryName: name };
  return [
    {
      name: `${what} of another repository`,
      sid,
      fence: 'resource',
      applies: (options) => options.is('scope', 'exact', 'pattern'),
      send: (call) => call('ECR', operation, { ...input, ...named(repositoryName) }),
    },
    {
      name: `${what} of a repository whose name only begins alike`,
      sid,
      fence: 'resource',
      applies: (options) => options.is('scope', 'exact'),
      send: (call, options) => call('ECR', operation, { ...input, ...named(`${own(options)}-old`) }),
    },
    {
      name: `${what} of the same name in another account`,
      sid,
      fence: 'resource',
      send: (call, options) => call('ECR', operation, { ...input, ...named(own(options)), registryId: stranger }),
    },
    {
      name: `${what} of the same name in another region`,
      sid,
      fence: 'resource',
      send: (call, options) => call('ECR', operation, { ...input, ...named(own(options)) }, { region: 'us-east-1' }),
    },
  ];
}

export const ecrDockerPushProof: ProofPlan = {
  useCase: ecrDockerPush,
  cells,
  scenarios,
  hostile: [
    ...elsewhere('PushImages', 'start an upload', 'InitiateLayerUpload', {}),
    ...elsewhere('PushImages', 'overwrite an image', 'PutImage', { imageManifest: '{}', imageTag: 'v1' }),
    ...elsewhere('CheckExistingImages', 'look at the images', 'DescribeImages', {}),
    ...elsewhere('PullImages', 'read a layer', 'GetDownloadUrlForLayer', { layerDigest: digest }),
    ...elsewhere('MountLayers', 'read a layer', 'GetDownloadUrlForLayer', { layerDigest: digest }).filter(
      ({ name }) => !name.includes('begins alike'),
    ),
    ...elsewhere('FindRepositories', 'look for a repository', 'DescribeRepositories', {}),
    ...elsewhere('CreateRepositories', 'create a repository', 'CreateRepository', {}),
    ...elsewhere('ReadScanFindings', 'read the findings', 'DescribeImageScanFindings', {
      imageId: { imageTag: 'v1' },
    }),
  ],
  unshown: [],
};
