import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Operation } from '../../server/call.js';
import { digestOf, type Repository, type StoredManifest } from './state.js';
import { unsupported } from '../unsupported.js';
import { manifestProblem } from '../registry/manifest.js';
import { accountOf, findManifest, repositoryArn, requireRepository } from './repositories.js';

const named = (call: Call) => requireRepository(call, String(call.input['repositoryName'] ?? ''));

interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

function findImages(call: Call): { id: ImageId; manifest: StoredManifest | undefined }[] {
  const repository = named(call);
  const ids = (call.input['imageIds'] ?? []) as ImageId[];
  return ids.map((id) => ({ id, manifest: findManifest(repository, id.imageDigest ?? id.imageTag ?? '') }));
}

function describeRepository(call: Call, { name, account, created, immutableTags }: Repository): object {
  return {
    repositoryArn: repositoryArn(call, name, account),
    registryId: account,
    repositoryName: name,
    repositoryUri: `${account}.dkr.ecr.${call.region}.${call.world.dnsSuffix}/${name}`,
    createdAt: created.getTime() / 1000,
    imageTagMutability: immutableTags ? 'IMMUTABLE' : 'MUTABLE',
  };
}

const tagsOf = (repository: Repository, digest: string) =>
  [...repository.tags].flatMap(([tag, found]) => (found === digest ? [tag] : []));

function describeImage(repository: Repository, { digest, body, pushed, mediaType }: StoredManifest): object {
  return {
    registryId: repository.account,
    repositoryName: repository.name,
    imageDigest: digest,
    imageTags: tagsOf(repository, digest),
    imageSizeInBytes: body.length,
    imagePushedAt: pushed.getTime() / 1000,
    imageManifestMediaType: mediaType,
  };
}

const missing = (call: Call): never => {
  throw new ServiceError(
    'ImageNotFoundException',
    `The image requested does not exist within the repository with name '${String(call.input['repositoryName'])}'`,
  );
};

export const operations: Readonly<Record<string, Operation>> = {
  GetAuthorizationToken: (call) => {
    const password = randomBytes(48).toString('base64url');
    call.world.registry.passwords.set(password, call.principal.accessKeyId);
    const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64');
    const expiresAt = Math.floor(Date.now() / 1000) + 43_200;
    return {
      authorizationData: registriesOf(call).map((account) => ({
        authorizationToken,
        expiresAt,
        proxyEndpoint: `https://${account}.dkr.ecr.${call.region}.${call.world.dnsSuffix}`,
      })),
    };
  },
  DescribeRegistry: (call) => ({ registryId: call.principal.account, replicationConfiguration: { rules: [] } }),
  CreateRepository: (call) => {
    const name = String(call.input['repositoryName'] ?? '');
    const account = accountOf(call);
    if (call.world.registry.find(account, call.region, name) !== undefined)
      throw new ServiceError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${name}' already exists in the registry with id '${account}'`,
      );
    const repository = call.world.registry.create(account, call.region, name);
    repository.immutableTags = call.input['imageTagMutability'] === 'IMMUTABLE';
    return { repository: describeRepository(call, repository) };
  },
  DeleteRepository: (call) => {
    const repository = named(call);
    call.world.registry.repositories.delete(`${repository.account}/${repository.region}/${repository.name}`);
    return { repository: describeRepository(call, repository) };
  },
  DescribeRepositories: (call) => {
    const names = call.input['repositoryNames'];
    const list =
      Array.isArray(names) && names.length > 0
        ? names.map((name) => requireRepository(call, String(name)))
        : [...call.world.registry.repositories.values()].filter(
            ({ account, region }) => account === accountOf(call) && region === call.region,
          );
    return { repositories: list.map((repository) => describeRepository(call, repository)) };
  },
  DescribeImages: (call) => {
    const repository = named(call);
    if (call.input['imageIds'] === undefined)
      return {
        imageDetails: [...repository.manifests.values()].map((one) => describeImage(repository, one)),
      };
    const found = findImages(call).map(({ manifest }) => manifest ?? missing(call));
    return { imageDetails: found.map((manifest) => describeImage(repository, manifest)) };
  },
  ListImages: (call) => {
    const repository = named(call);
    const imageIds = [...repository.tags].map(([imageTag, imageDigest]) => ({ imageTag, imageDigest }));
    return { imageIds };
  },
  BatchGetImage: (call) => {
    const repository = named(call);
    const found = findImages(call);
    return {
      images: found.flatMap(({ id, manifest }) =>
        manifest === undefined
          ? []
          : [
              {
                registryId: repository.account,
                repositoryName: repository.name,
                imageId: { ...id, imageDigest: manifest.digest },
                imageManifest: manifest.body.toString('utf8'),
                imageManifestMediaType: manifest.mediaType,
              },
            ],
      ),
      failures: found.flatMap(({ id, manifest }) =>
        manifest === undefined
          ? [{ imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }]
          : [],
      ),
    };
  },
  BatchDeleteImage: (call) => {
    const repository = named(call);
    const found = findImages(call);
    for (const { id, manifest } of found) {
      if (id.imageTag !== undefined) repository.tags.delete(id.imageTag);
      else if (manifest !== undefined) repository.manifests.delete(manifest.digest);
    }
    return { imageIds: found.map(({ id }) => id), failures: [] };
  },
  BatchCheckLayerAvailability: (call) => {
    const repository = named(call);
    const digests = (call.input['layerDigests'] ?? []) as string[];
    return {
      layers: digests.map((layerDigest) => ({
        layerDigest,
        layerAvailability: repository.blobs.has(layerDigest) ? 'AVAILABLE' : 'UNAVAILABLE',
        layerSize: repository.blobs.get(layerDigest)?.length,
      })),
      failures: [],
    };
  },
  GetDownloadUrlForLayer: (call) => {
    const repository = named(call);
    const digest = String(call.input['layerDigest'] ?? '');
    if (!repository.blobs.has(digest))
      throw new ServiceError('LayersNotFoundException', `The layer with digest '${digest}' does not exist`);
    const host = `${repository.account}.dkr.ecr.${call.region}.${call.world.dnsSuffix}`;
    return { layerDigest: digest, downloadUrl: `https://${host}/v2/${repository.name}/blobs/${digest}` };
  },
  InitiateLayerUpload: (call) => {
    const uploadId = randomBytes(16).toString('hex');
    call.world.registry.uploads.set(uploadId, { repository: named(call), chunks: [] });
    return { uploadId, partSize: 20_971_520 };
  },
  UploadLayerPart: (call) => {
    const upload = requireUpload(call);
    upload.chunks.push(Buffer.from(String(call.input['layerPartBlob'] ?? ''), 'base64'));
    return { uploadId: call.input['uploadId'], lastByteReceived: call.input['partLastByte'] };
  },
  CompleteLayerUpload: (call) => {
    const { repository, chunks } = requireUpload(call);
    const bytes = Buffer.concat(chunks);
    const [digest] = (call.input['layerDigests'] ?? []) as string[];
    if (digestOf(bytes) !== digest)
      throw new ServiceError(
        'InvalidLayerException',
        'The layer digest calculation performed by ECR upon receipt does not match',
      );
    repository.blobs.set(digest, bytes);
    call.world.registry.uploads.delete(String(call.input['uploadId']));
    return { layerDigest: digest, uploadId: call.input['uploadId'] };
  },
  PutImage: (call) => {
    const repository = named(call);
    const body = Buffer.from(String(call.input['imageManifest'] ?? ''));
    const problem = manifestProblem(repository, body);
    if (problem !== undefined) throw new ServiceError('ReferencedImagesNotFoundException', problem);
    const digest = digestOf(body);
    const tag = call.input['imageTag'];
    if (typeof tag === 'string') {
      if (repository.immutableTags && repository.tags.has(tag) && repository.tags.get(tag) !== digest)
        throw new ServiceError(
          'ImageTagAlreadyExistsException',
          `The image tag '${tag}' already exists and cannot be overwritten because the repository is immutable.`,
        );
      repository.tags.set(tag, digest);
    }
    const mediaType = String(
      call.input['imageManifestMediaType'] ?? 'application/vnd.docker.distribution.manifest.v2+json',
    );
    repository.manifests.set(digest, { body, digest, mediaType, pushed: new Date() });
    return { image: { repositoryName: repository.name, imageId: { imageDigest: digest, imageTag: tag } } };
  },
  DescribeImageScanFindings: (call) => {
    const repository = named(call);
    const { imageTag, imageDigest } = (call.input['imageId'] ?? {}) as ImageId;
    const manifest = findManifest(repository, imageDigest ?? imageTag ?? '') ?? missing(call);
    return {
      repositoryName: repository.name,
      imageId: { imageDigest: manifest.digest, imageTag },
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findings: [], findingSeverityCounts: {} },
    };
  },
  StartImageScan: (call) => {
    named(call);
    return { imageId: call.input['imageId'], imageScanStatus: { status: 'IN_PROGRESS' } };
  },
  PutImageTagMutability: (call) => {
    const repository = named(call);
    repository.immutableTags = call.input['imageTagMutability'] === 'IMMUTABLE';
    return { repositoryName: repository.name, imageTagMutability: call.input['imageTagMutability'] };
  },
  ...Object.fromEntries(
    [
      'GetLifecyclePolicy',
      'GetRegistryPolicy',
      'GetRepositoryPolicy',
      'PutImageScanningConfiguration',
      'PutLifecyclePolicy',
      'PutReplicationConfiguration',
      'SetRepositoryPolicy',
    ].map((name) => [name, unsupported]),
  ),
};

/**
 * The registries a token is asked for; the caller's own where none is named. One token opens all of them.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
function registriesOf(call: Call): string[] {
  const named = call.input['registryIds'] ?? [];
  const ids = Array.isArray(named) ? named.map(String) : [String(named)];
  const wrong = ids.find((id) => !/^[0-9]{12}$/.test(id));
  if (wrong !== undefined || ids.length > 10)
    throw new ServiceError(
      'InvalidParameterException',
      `Invalid parameter at 'registryIds' failed to satisfy constraint: 'must be 1 to 10 account ids of 12 digits'`,
    );
  return ids.length === 0 ? [call.principal.account] : ids;
}

function requireUpload(call: Call) {
  const upload = call.world.registry.uploads.get(String(call.input['uploadId'] ?? ''));
  if (upload === undefined) throw new ServiceError('UploadNotFoundException', 'The upload could not be found');
  return upload;
}
