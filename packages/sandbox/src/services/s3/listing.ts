import { ServiceError, type Call, type OperationOutput } from '../../server/call.js';
import type { Bucket } from './state.js';

/** Lists keys in the order of their UTF-8 bytes, with prefix, delimiter and paging. */
export function list(call: Call, bucket: Bucket): OperationOutput {
  const { query } = call.http;
  const second = call.operation === 'ListObjectsV2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = readMost(query.get('max-keys'));
  const token = query.get('continuation-token');
  const after = second
    ? token === null
      ? (query.get('start-after') ?? '')
      : Buffer.from(token, 'base64url').toString('utf8')
    : (query.get('marker') ?? '');
  const keys = [...bucket.objects.keys()]
    .filter((key) => key.startsWith(prefix))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const contents: object[] = [];
  const groups = new Set<string>();
  let last = '';
  let truncated = false;
  for (const key of keys) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    const shown = group ?? key;
    if (Buffer.compare(Buffer.from(shown), Buffer.from(after)) <= 0 || (group !== undefined && groups.has(group)))
      continue;
    if (contents.length + groups.size >= most) {
      truncated = most > 0;
      break;
    }
    last = shown;
    if (group !== undefined) {
      groups.add(group);
      continue;
    }
    const object = bucket.objects.get(key)!;
    contents.push({
      Key: encode(key, query),
      LastModified: object.modified,
      ETag: `"${object.etag}"`,
      Size: object.body.length,
      StorageClass: 'STANDARD',
    });
  }
  return {
    Name: bucket.name,
    Prefix: encode(prefix, query),
    ...(delimiter === '' ? {} : { Delimiter: encode(delimiter, query) }),
    ...(query.get('encoding-type') === 'url' ? { EncodingType: 'url' } : {}),
    MaxKeys: most,
    IsTruncated: truncated,
    ...(second ? { KeyCount: contents.length + groups.size } : { Marker: encode(after, query) }),
    ...(truncated && second ? { NextContinuationToken: Buffer.from(last).toString('base64url') } : {}),
    ...(truncated && !second ? { NextMarker: encode(last, query) } : {}),
    Contents: contents,
    CommonPrefixes: [...groups].map((group) => ({ Prefix: encode(group, query) })),
  };
}

export function listVersions(call: Call, bucket: Bucket): OperationOutput {
  const prefix = call.http.query.get('prefix') ?? '';
  const versions = [...bucket.versions].filter(([, { key }]) => key.startsWith(prefix));
  const entries = (marker: boolean) =>
    versions
      .filter(([, { object }]) => (object === null) === marker)
      .map(([id, { key, object }]) => ({
        Key: encode(key, call.http.query),
        VersionId: id,
        IsLatest: bucket.objects.get(key)?.version === id,
        ...(object === null
          ? {}
          : { LastModified: object.modified, ETag: `"${object.etag}"`, Size: object.body.length }),
      }));
  return {
    Name: bucket.name,
    Prefix: encode(prefix, call.http.query),
    IsTruncated: false,
    Versions: entries(false),
    DeleteMarkers: entries(true),
  };
}

function readMost(text: string | null): number {
  if (text === null) return 1000;
  const most = Number(text);
  if (!Number.isInteger(most) || most < 0)
    throw new ServiceError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  return Math.min(most, 1000);
}

function encode(text: string, query: URLSearchParams): string {
  return query.get('encoding-type') === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text;
}
