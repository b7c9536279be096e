import { randomBytes } from 'node:crypto';
import {
  ServiceError,
  type Call,
  type Check,
  type Failure,
  type HttpRequest,
  type Identified,
  type Operation,
  type Reply,
  type Rule,
} from '../../server/call.js';
import type { Service, SignedIn } from '../../server/service.js';
import type { ServerSetting } from '../../server/setting.js';
import { digestOf, type Repository } from '../ecr/state.js';
import { arnOf } from '../../world/world.js';
import { findManifest, requireRepository } from '../ecr/repositories.js';
import { manifestProblem } from './manifest.js';
import { importChecks, importImage } from './pull-through.js';

const resolver = 'https://github.com/awslabs/amazon-ecr-containerd-resolver';
const mounting = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html';
const caching = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html';
const general = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html';

/** The account and region of `ACCOUNT.dkr.ecr.REGION.SUFFIX`; elsewhere the caller's own. */
function placeOf(http: HttpRequest): { account: string | undefined; region: string | undefined } {
  const match = /^([0-9]{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(http.host);
  return { account: match?.[1], region: match?.[2] };
}

/** Operations of the distribution API are named after what is asked for. */
function identify(http: HttpRequest): Identified {
  const { account, region } = placeOf(http);
  const path = decode(http.path);
  const input = { account, region };
  if (path === '/v2' || path === '/v2/') return { operation: 'Ping', input };
  if (path === '/v2/_catalog' && http.method === 'GET') return { operation: 'ListRepositories', input };
  const match = /^\/v2\/(.+?)\/(manifests|blobs|tags)\/(.*)$/.exec(path);
  if (match === null) return unknown(http);
  const [, name, kind, rest] = match as unknown as [string, string, string, string];
  const operation = operationOf(http, kind, rest) ?? unknown(http);
  return { operation, input: { ...input, name, reference: rest.replace(/^uploads\//, '') } };
}

function operationOf({ method, query }: HttpRequest, kind: string, rest: string): string | undefined {
  if (kind === 'tags') return method === 'GET' && rest === 'list' ? 'ListTags' : undefined;
  if (kind === 'manifests')
    return { HEAD: 'HeadManifest', GET: 'GetManifest', PUT: 'PutManifest', DELETE: 'DeleteManifest' }[method];
  if (!rest.startsWith('uploads')) return { HEAD: 'HeadBlob', GET: 'GetBlob' }[method];
  if (/^uploads\/?$/.test(rest)) {
    if (method !== 'POST') return undefined;
    return query.has('mount') && query.has('from') ? 'MountBlob' : 'StartUpload';
  }
  return { GET: 'GetUpload', PATCH: 'UploadChunk', PUT: 'FinishUpload', DELETE: 'CancelUpload' }[method];
}

function unknown({ method, path }: HttpRequest): never {
  throw new ServiceError('UNSUPPORTED', `the sandbox does not know \`${method} ${path}\` of the registry`, 404);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const accountOf = (call: Call) => String(call.input['account'] ?? call.principal.account);

function arn(call: Call, name = String(call.input['name'])): string {
  return arnOf(call.world, 'ecr', call.region, accountOf(call), `repository/${name}`);
}

function on(source: string, ...actions: readonly string[]): Rule {
  return {
    source,
    checks: (call) => actions.map((action): Check => ({ action: `ecr:${action}`, resource: arn(call) })),
  };
}

/** What is cached of another registry is brought from there. */
function readsManifest(source: string): Rule {
  return {
    source: `${source}; pull-through cache: ${caching}`,
    checks: (call) => [{ action: 'ecr:BatchGetImage', resource: arn(call) }, ...importChecks(call, cachedIn(call))],
  };
}

const cachedIn = (call: Call) => ({
  account: accountOf(call),
  name: String(call.input['name']),
  resource: arn(call),
  reference: String(call.input['reference']),
});

const rules: Readonly<Record<string, Rule>> = {
  Ping: { source: `${general}: a valid token is enough`, checks: () => [] },
  ListRepositories: {
    source: general,
    checks: (call) => [{ action: 'ecr:DescribeRepositories', resource: arn(call, '*') }],
  },
  ListTags: on(general, 'ListImages'),
  HeadManifest: readsManifest(`${resolver} ecr/pusher.go checkManifestExistence`),
  GetManifest: readsManifest(`${resolver} ecr/resolver.go`),
  PutManifest: on(`${resolver} ecr/manifest_writer.go`, 'PutImage'),
  DeleteManifest: on(general, 'BatchDeleteImage'),
  HeadBlob: on(`${resolver} ecr/pusher.go checkBlobExistence`, 'BatchCheckLayerAvailability'),
  GetBlob: on(`${resolver} ecr/fetcher.go`, 'GetDownloadUrlForLayer'),
  StartUpload: on(`${resolver} ecr/layer_writer.go`, 'InitiateLayerUpload'),
  // Without the right to read the source, the layer is uploaded instead: see the operation.
  MountBlob: on(mounting, 'InitiateLayerUpload'),
  GetUpload: on(general, 'InitiateLayerUpload'),
  UploadChunk: on(`${resolver} ecr/layer_writer.go`, 'UploadLayerPart'),
  FinishUpload: {
    source: `${resolver} ecr/layer_writer.go; a PUT with a body is a part and the end at once`,
    checks: (call) => [
      ...(call.http.body.length > 0 ? [{ action: 'ecr:UploadLayerPart', resource: arn(call) }] : []),
      { action: 'ecr:CompleteLayerUpload', resource: arn(call) },
    ],
  },
  CancelUpload: {
    source: 'https://github.com/google/go-containerregistry pkg/v1/remote/check.go: clients ignore the answer',
    checks: () => [],
  },
};

function repositoryOf(call: Call): Repository {
  try {
    return requireRepository(call, String(call.input['name']), accountOf(call));
  } catch (error) {
    throw new ServiceError('NAME_UNKNOWN', (error as Error).message, 404);
  }
}

function uploadOf(call: Call) {
  const id = String(call.input['reference']);
  const upload = call.world.registry.uploads.get(id);
  if (upload === undefined || upload.repository !== repositoryOf(call))
    throw new ServiceError('BLOB_UPLOAD_UNKNOWN', 'the upload is not known', 404);
  return { id, ...upload };
}

function uploadReply(call: Call, status: number, id: string, chunks: readonly Buffer[]): Reply {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return {
    status,
    headers: {
      location: `/v2/${String(call.input['name'])}/blobs/uploads/${id}`,
      'docker-upload-uuid': id,
      range: `0-${Math.max(0, size - 1)}`,
    },
  };
}

function startUpload(call: Call): Reply {
  const id = randomBytes(16).toString('hex');
  call.world.registry.uploads.set(id, { repository: repositoryOf(call), chunks: [] });
  return uploadReply(call, 202, id, []);
}

function created(call: Call, digest: string): Reply {
  const location = `/v2/${String(call.input['name'])}/blobs/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}

function readManifest(call: Call): Reply {
  importImage(call, cachedIn(call));
  const manifest = findManifest(repositoryOf(call), String(call.input['reference']));
  if (manifest === undefined) throw new ServiceError('MANIFEST_UNKNOWN', 'Requested image not found', 404);
  const { body, mediaType, digest } = manifest;
  const headers = { 'content-type': mediaType, 'docker-content-digest': digest, 'content-length': String(body.length) };
  return { status: 200, headers, body: call.http.method === 'HEAD' ? '' : body };
}

function readBlob(call: Call): Reply {
  const blob = repositoryOf(call).blobs.get(String(call.input['reference']));
  if (blob === undefined) throw new ServiceError('BLOB_UNKNOWN', 'blob unknown to registry', 404);
  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': String(call.input['reference']),
    'content-length': String(blob.length),
  };
  return { status: 200, headers, body: call.http.method === 'HEAD' ? '' : blob };
}

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const answers: Readonly<Record<string, (call: Call) => Reply>> = {
  Ping: () => json({}),
  ListRepositories: (call) =>
    json({
      repositories: [...call.world.registry.repositories.values()]
        .filter(({ account, region }) => account === accountOf(call) && region === call.region)
        .map(({ name }) => name),
    }),
  ListTags: (call) => json({ name: call.input['name'], tags: [...repositoryOf(call).tags.keys()] }),
  HeadManifest: readManifest,
  GetManifest: readManifest,
  PutManifest: (call) => {
    const repository = repositoryOf(call);
    const { body, headers } = call.http;
    const problem = manifestProblem(repository, body);
    if (problem !== undefined) throw new ServiceError('MANIFEST_BLOB_UNKNOWN', problem, 400);
    const digest = digestOf(body);
    const reference = String(call.input['reference']);
    if (reference.startsWith('sha256:')) {
      if (reference !== digest)
        throw new ServiceError('DIGEST_INVALID', 'provided digest did not match uploaded content', 400);
    } else {
      if (repository.immutableTags && repository.tags.has(reference) && repository.tags.get(reference) !== digest)
        throw new ServiceError(
          'TAG_INVALID',
          `The image tag '${reference}' already exists and cannot be overwritten because the repository is immutable.`,
          400,
        );
      repository.tags.set(reference, digest);
    }
    const mediaType = headers['content-type'] ?? 'application/vnd.docker.distribution.manifest.v2+json';
    repository.manifests.set(digest, { body, digest, mediaType, pushed: new Date() });
    return {
      status: 201,
      headers: { location: `/v2/${repository.name}/manifests/${digest}`, 'docker-content-digest': digest },
    };
  },
  DeleteManifest: (call) => {
    const repository = repositoryOf(call);
    const manifest = findManifest(repository, String(call.input['reference']));
    if (manifest === undefined) throw new ServiceError('MANIFEST_UNKNOWN', 'Requested image not found', 404);
    repository.manifests.delete(manifest.digest);
    for (const [tag, digest] of repository.tags) if (digest === manifest.digest) repository.tags.delete(tag);
    return { status: 202 };
  },
  HeadBlob: readBlob,
  GetBlob: readBlob,
  StartUpload: startUpload,
  MountBlob: (call) => {
    const from = call.http.query.get('from') ?? '';
    const digest = call.http.query.get('mount') ?? '';
    const blob = call.world.registry.find(accountOf(call), call.region, from)?.blobs.get(digest);
    const readable = call.allows({ action: 'ecr:GetDownloadUrlForLayer', resource: arn(call, from) });
    if (blob === undefined || !readable) return startUpload(call);
    const repository = repositoryOf(call);
    repository.blobs.set(digest, blob);
    repository.mounted.add(digest);
    return created(call, digest);
  },
  GetUpload: (call) => {
    const { id, chunks } = uploadOf(call);
    return uploadReply(call, 204, id, chunks);
  },
  UploadChunk: (call) => {
    const { id, chunks } = uploadOf(call);
    chunks.push(call.http.body);
    return uploadReply(call, 202, id, chunks);
  },
  FinishUpload: (call) => {
    const { id, repository, chunks } = uploadOf(call);
    const bytes = Buffer.concat([...chunks, call.http.body]);
    const digest = call.http.query.get('digest') ?? '';
    if (digestOf(bytes) !== digest)
      throw new ServiceError('DIGEST_INVALID', 'provided digest did not match uploaded content', 400);
    repository.blobs.set(digest, bytes);
    call.world.registry.uploads.delete(id);
    return created(call, digest);
  },
  CancelUpload: (call) => {
    call.world.registry.uploads.delete(String(call.input['reference']));
    return { status: 204 };
  },
};

function fail({ status, code, message }: Failure, http: HttpRequest): Reply {
  const challenge =
    status === 401 ? { 'www-authenticate': `Basic realm="https://${http.host}/",service="ecr.amazonaws.com"` } : {};
  const headers = {
    'content-type': 'application/json',
    'docker-distribution-api-version': 'registry/2.0',
    ...challenge,
  };
  return { status, headers, body: http.method === 'HEAD' ? '' : JSON.stringify({ errors: [{ code, message }] }) };
}

const operations: Readonly<Record<string, Operation>> = Object.fromEntries(
  Object.entries(answers).map(([name, answer]): [string, Operation] => [name, (call) => ({ raw: answer(call) })]),
);

/** Reads the password that GetAuthorizationToken gave, which names the principal. */
function signIn(http: HttpRequest, { principals, world }: ServerSetting): SignedIn | undefined {
  if (http.path !== '/v2' && !http.path.startsWith('/v2/')) return undefined;
  const authorization = http.headers['authorization'] ?? '';
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined && authorization.startsWith('AWS4-')) return undefined;
  const text = Buffer.from(basic ?? '', 'base64').toString('utf8');
  if (!text.startsWith('AWS:')) return { failure: { status: 401, code: 'UNAUTHORIZED', message: 'Not Authorized' } };
  const principal = principals.find(world.registry.passwords.get(text.slice('AWS:'.length)) ?? '');
  if (principal === undefined) {
    const message = 'Your authorization token has expired. Reauthenticate and try again.';
    return { failure: { status: 403, code: 'DENIED', message } };
  }
  return { principal, region: placeOf(http).region };
}

/** The container registry of ECR, which is HTTP of its own: its password names the principal. */
export const registry: Service = {
  name: 'registry',
  identify,
  rules,
  operations,
  reply: (_operation, output) => json(output),
  fail,
  denied: { status: 403, code: 'DENIED' },
  signIn,
};
