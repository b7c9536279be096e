import type { Call, Check } from '../../server/call.js';
import type { Repository } from '../ecr/state.js';
import { findManifest } from '../ecr/repositories.js';

/** The repository of the cache, as far as it is there, and what is upstream of it. */
interface Cached {
  readonly account: string;
  readonly name: string;
  readonly resource: string;
  readonly reference: string;
}

/**
 * What is asked besides where an image is brought from upstream: the import itself, and the repository at the first pull.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export function importChecks(call: Call, cached: Cached): Check[] {
  const { upstream, repository } = find(call, cached);
  if (upstream === undefined) return [];
  const { resource } = cached;
  return [
    { action: 'ecr:BatchImportUpstreamImage', resource },
    ...(repository === undefined ? [{ action: 'ecr:CreateRepository', resource }] : []),
  ];
}

/** Fills the cache with what the manifest needs, once all of it is allowed. */
export function importImage(call: Call, cached: Cached): void {
  const { upstream, repository } = find(call, cached);
  if (upstream === undefined) return;
  const target = repository ?? call.world.registry.create(cached.account, call.region, cached.name);
  for (const [digest, blob] of upstream.blobs) target.blobs.set(digest, blob);
  for (const [digest, manifest] of upstream.manifests) target.manifests.set(digest, manifest);
  const digest = upstream.tags.get(cached.reference);
  if (digest !== undefined) target.tags.set(cached.reference, digest);
}

/** Upstream is undefined where nothing is cached under this name, or the cache has the image already. */
function find(call: Call, { account, name, reference }: Cached) {
  const { registry } = call.world;
  const repository: Repository | undefined = registry.find(account, call.region, name);
  const found = registry.upstreams.get(`${account}/${call.region}/${name}`);
  const isNew = found !== undefined && findManifest(found, reference) !== undefined;
  const upstream = isNew && (repository === undefined || findManifest(repository, reference) === undefined);
  return { repository, upstream: upstream ? found : undefined };
}
