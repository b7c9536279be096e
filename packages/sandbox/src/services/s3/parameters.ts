import type { Call } from '../../server/call.js';
import type { Bucket } from './state.js';

/** The bucket a call names; where the world takes what is named for existing, it is made. */
export function bucketOf(call: Call): Bucket | undefined {
  const name = call.input['Bucket'];
  if (typeof name !== 'string') return undefined;
  const { objects, assumeExisting } = call.world;
  const found = objects.buckets.get(name);
  if (found !== undefined || !assumeExisting || call.operation === 'CreateBucket') return found;
  return objects.create(name, call.world.account, call.region);
}

/** Where a copy comes from: `x-amz-copy-source` is `/BUCKET/KEY?versionId=ID`, percent-encoded. */
export function copySource(call: Call): { bucket: string; key: string; version: string | undefined } | undefined {
  const header = call.http.headers['x-amz-copy-source'] ?? '';
  const match = /^\/?([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(header);
  if (match === null) return undefined;
  try {
    return { bucket: decodeURIComponent(match[1]!), key: decodeURIComponent(match[2]!), version: match[3] };
  } catch {
    return undefined;
  }
}

/** The keys that a DeleteObjects request names; undefined where its body is no such document. */
export function deletedKeys(call: Call): { key: string; version: string | undefined }[] | undefined {
  const { Objects } = (call.input['Delete'] ?? {}) as {
    readonly Objects?: readonly Readonly<Record<string, unknown>>[];
  };
  return Objects?.flatMap(({ Key, VersionId }) =>
    typeof Key === 'string' ? [{ key: Key, version: typeof VersionId === 'string' ? VersionId : undefined }] : [],
  );
}
