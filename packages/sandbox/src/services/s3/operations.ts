import { ServiceError, type Call, type Operation, type Raw } from '../../server/call.js';
import { isVersioned, newVersion, storeObject, type Bucket, type StoredObject } from './state.js';
import { unsupported } from '../unsupported.js';
import { aclOfHeaders } from './access-control-list.js';
import { multipartOperations, storePart } from './multipart.js';
import { keyArn } from '../kms/key-names.js';
import { contextOf, encryptionOf } from './encryption.js';
import { list, listVersions } from './listing.js';
import { copySource, deletedKeys } from './parameters.js';
import { subresources, type Subresource } from './subresources.js';
import { encryptionHeaders, headersToKeep, requireBucket, requireWriteCondition, xmlns, xmlReply } from './writing.js';

/**
 * The object a read names. Where it is missing, only who may list the bucket is told so; others get 403.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, "Permissions"
 */
function requireObject(call: Call): StoredObject {
  const bucket = requireBucket(call);
  const key = String(call.input['Key']);
  const version = call.http.query.get('versionId');
  const found = version === null ? bucket.objects.get(key) : bucket.versions.get(version)?.object;
  if (found !== undefined && found !== null) return found;
  const resource = `arn:${call.world.partition}:s3:::${bucket.name}`;
  if (
    call.allows({ action: 's3:ListBucket', resource, context: contextOf({ ...call, input: { Bucket: bucket.name } }) })
  )
    throw new ServiceError(version === null ? 'NoSuchKey' : 'NoSuchVersion', 'The specified key does not exist.', 404);
  throw new ServiceError(
    'AccessDenied',
    `User: ${call.principal.arn} is not authorized to perform: s3:ListBucket on resource: "${resource}" because no identity-based policy allows the s3:ListBucket action`,
    403,
  );
}

/** @throws {ServiceError} where what is to be copied is not named, or does not exist */
function requireSource(call: Call): StoredObject {
  const from = copySource(call);
  if (from === undefined) throw new ServiceError('InvalidArgument', 'The copy source is no `/BUCKET/KEY`');
  return requireObject({ ...call, input: { Bucket: from.bucket, Key: from.key } });
}

function objectHeaders(object: StoredObject, call: Call): Record<string, string> {
  const checksums = call.http.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  const kept = Object.entries(object.headers).filter(([name]) => checksums || !name.startsWith('x-amz-checksum-'));
  return {
    ...Object.fromEntries(kept),
    etag: `"${object.etag}"`,
    'last-modified': object.modified.toUTCString(),
    'accept-ranges': 'bytes',
    ...(object.version === undefined ? {} : { 'x-amz-version-id': object.version }),
  };
}

/** Reads answer conditions first, then give the object or a part of it. */
function read(call: Call): Raw {
  const object = requireObject(call);
  const { headers, method } = call.http;
  const etag = `"${object.etag}"`;
  const matches = (header: string) =>
    header === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
  if (headers['if-match'] !== undefined && !matches(headers['if-match']))
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  if (headers['if-none-match'] !== undefined && matches(headers['if-none-match']))
    return { raw: { status: 304, headers: objectHeaders(object, call) } };
  const range = readRange(headers['range'], object.body.length);
  if (range === 'outside') throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416);
  const body = range === undefined ? object.body : object.body.subarray(range.first, range.last + 1);
  const shown = {
    ...objectHeaders(object, call),
    'content-length': String(body.length),
    ...(range === undefined ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${object.body.length}` }),
  };
  const status = range === undefined ? 200 : 206;
  return { raw: { status, headers: shown, body: method === 'HEAD' ? '' : body } };
}

/** One range of bytes; several, or another unit, are answered with the whole, as HTTP allows. */
function readRange(header: string | undefined, size: number): { first: number; last: number } | 'outside' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const [, from, to] = match as unknown as [string, string, string];
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first >= size || first > last ? 'outside' : { first, last };
}

function written(object: StoredObject): Record<string, string> {
  const shown = Object.entries(object.headers).filter(([name]) => /^x-amz-(server-side|checksum)/.test(name));
  return {
    ...Object.fromEntries(shown),
    etag: `"${object.etag}"`,
    ...(object.version === undefined ? {} : { 'x-amz-version-id': object.version }),
  };
}

/** Takes an object away; in a versioned bucket a delete marker takes its place. */
function remove(bucket: Bucket, key: string, version: string | null | undefined): Record<string, string> {
  if (version !== null && version !== undefined) {
    const found = bucket.versions.get(version);
    bucket.versions.delete(version);
    if (found !== undefined && bucket.objects.get(key)?.version === version) bucket.objects.delete(key);
    return { 'x-amz-version-id': version };
  }
  bucket.objects.delete(key);
  if (!isVersioned(bucket)) return {};
  const marker = newVersion();
  bucket.versions.set(marker, { key, object: null });
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker };
}

export const operations: Readonly<Record<string, Operation>> = {
  ListBuckets: ({ world, principal }) => ({
    Owner: { ID: 'sandbox', DisplayName: 'sandbox' },
    Buckets: [...world.objects.buckets.values()]
      .filter(({ account }) => account === principal.account)
      .map(({ name, created }) => ({ Name: name, CreationDate: created })),
  }),
  HeadBucket: (call) => ({ BucketRegion: requireBucket(call).region }),
  ListObjects: (call) => list(call, requireBucket(call)),
  ListObjectsV2: (call) => list(call, requireBucket(call)),
  ListObjectVersions: (call) => listVersions(call, requireBucket(call)),
  GetBucketLocation: (call) => {
    const { region } = requireBucket(call);
    return xmlReply({ LocationConstraint: { '@xmlns': xmlns, '#text': region === 'us-east-1' ? '' : region } });
  },
  CreateBucket: (call) => {
    const name = String(call.input['Bucket']);
    const { objects } = call.world;
    const found = objects.buckets.get(name);
    if (found !== undefined && found.account === call.principal.account)
      throw new ServiceError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
      );
    if (found !== undefined)
      throw new ServiceError('BucketAlreadyExists', 'The requested bucket name is not available.', 409);
    objects.create(name, call.principal.account, call.region);
    return { Location: `/${name}` };
  },
  DeleteBucket: (call) => {
    const bucket = requireBucket(call);
    if (bucket.objects.size > 0)
      throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    call.world.objects.buckets.delete(bucket.name);
    return {};
  },
  ...Object.fromEntries(Object.entries(subresources).flatMap(([name, subresource]) => configure(name, subresource))),
  GetObject: read,
  HeadObject: read,
  PutObject: (call) => {
    const bucket = requireBucket(call);
    requireWriteCondition(call, bucket);
    const object = storeObject(bucket, String(call.input['Key']), call.http.body, {
      headers: headersToKeep(call),
      kmsKey: encryptionOf(call),
      tags: call.http.headers['x-amz-tagging'],
    });
    return { raw: { status: 200, headers: written(object) } };
  },
  CopyObject: (call) => {
    const bucket = requireBucket(call);
    const found = requireSource(call);
    const replaced = call.http.headers['x-amz-metadata-directive'] === 'REPLACE';
    const object = storeObject(bucket, String(call.input['Key']), found.body, {
      headers: replaced ? headersToKeep(call) : { ...found.headers, ...encryptionHeaders(call) },
      kmsKey: encryptionOf(call),
      tags: call.http.headers['x-amz-tagging'] ?? found.tags,
    });
    return xmlReply(
      { CopyObjectResult: { ETag: `"${object.etag}"`, LastModified: object.modified.toISOString() } },
      written(object),
    );
  },
  UploadPartCopy: (call) => {
    const { body } = requireSource(call);
    const range = readRange(call.http.headers['x-amz-copy-source-range'], body.length);
    if (range === 'outside')
      throw new ServiceError('InvalidArgument', 'The range of the copy source is not satisfiable');
    const part = range === undefined ? body : body.subarray(range.first, range.last + 1);
    return xmlReply({ CopyPartResult: { ETag: storePart(call, part), LastModified: new Date().toISOString() } });
  },
  DeleteObject: (call) => {
    const bucket = requireBucket(call);
    const found = bucket.objects.get(String(call.input['Key']));
    const { 'if-match': match } = call.http.headers;
    if (match !== undefined && match !== '*' && match.replace(/"/g, '') !== found?.etag)
      throw new ServiceError(
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        412,
      );
    const headers = remove(bucket, String(call.input['Key']), call.http.query.get('versionId'));
    return { raw: { status: 204, headers } };
  },
  DeleteObjects: (call) => {
    const bucket = requireBucket(call);
    const named = deletedKeys(call);
    if (named === undefined) throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
    const deleted: object[] = [];
    const errors: object[] = [];
    for (const { key, version } of named) {
      const action = version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
      const resource = `arn:${call.world.partition}:s3:::${bucket.name}/${key}`;
      if (call.allows({ action, resource, context: contextOf(call) })) {
        remove(bucket, key, version);
        deleted.push({ Key: key });
      } else {
        const message = `User: ${call.principal.arn} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;
        errors.push({ Key: key, Code: 'AccessDenied', Message: message });
      }
    }
    return { Deleted: deleted, Errors: errors };
  },
  GetObjectTagging: (call) => {
    const tags = [...new URLSearchParams(requireObject(call).tags ?? '')];
    return { TagSet: tags.map(([name, value]) => ({ Key: name, Value: value })) };
  },
  PutObjectTagging: (call) => {
    const { TagSet = [] } = (call.input['Tagging'] ?? {}) as {
      readonly TagSet?: readonly { readonly Key?: unknown; readonly Value?: unknown }[];
    };
    setTags(
      call,
      new URLSearchParams(TagSet.map(({ Key, Value }): [string, string] => [String(Key), String(Value)])).toString(),
    );
    return {};
  },
  DeleteObjectTagging: (call) => {
    setTags(call, undefined);
    return {};
  },
  GetObjectAcl: (call) => {
    requireObject(call);
    const { absent } = subresources['acl'] as Subresource;
    return documentReply('document' in absent ? absent.document : '');
  },
  PutObjectAcl: unsupported,
  ...multipartOperations,
};

function setTags(call: Call, tags: string | undefined): void {
  const object = requireObject(call);
  requireBucket(call).objects.set(String(call.input['Key']), { ...object, tags });
}

/** A document as it was put. */
const documentReply = (body: string | Buffer, type = 'application/xml'): Raw => ({
  raw: { status: 200, headers: { 'content-type': type }, body },
});

/** Get, Put and Delete of one part of a bucket's configuration. */
function configure(name: string, { api, deleted = api, absent, stays }: Subresource): [string, Operation][] {
  return [
    [
      `Get${api}`,
      (call) => {
        const bucket = requireBucket(call);
        const found = bucket.configuration.get(name) ?? (name === 'encryption' ? keyOfBucket(bucket) : undefined);
        if (found !== undefined) return documentReply(found, name === 'policy' ? 'application/json' : undefined);
        if ('code' in absent) throw new ServiceError(absent.code, absent.message, 404);
        return documentReply(absent.document);
      },
    ],
    [
      `Put${api}`,
      (call) => {
        const bucket = requireBucket(call);
        const given = name === 'acl' ? aclOfHeaders(call) : undefined;
        if (given !== undefined) bucket.configuration.set(name, Buffer.from(given));
        else if (call.http.body.length > 0) bucket.configuration.set(name, call.http.body);
        if (name === 'encryption') setEncryption(call, bucket);
        return { raw: { status: name === 'policy' || name === 'tagging' ? 204 : 200 } };
      },
    ],
    ...(stays === true
      ? []
      : [
          [
            `Delete${deleted}`,
            (call) => {
              requireBucket(call).configuration.delete(name);
              return {};
            },
          ] satisfies [string, Operation],
        ]),
  ];
}

/** The default encryption of a bucket that was made with a key, as a client would have put it. */
function keyOfBucket({ kmsKey, bucketKey = false }: Bucket): Buffer | undefined {
  if (kmsKey === undefined) return undefined;
  const how = `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${kmsKey}</KMSMasterKeyID>`;
  const byDefault = `<ApplyServerSideEncryptionByDefault>${how}</ApplyServerSideEncryptionByDefault>`;
  const rule = `<Rule>${byDefault}<BucketKeyEnabled>${bucketKey}</BucketKeyEnabled></Rule>`;
  return Buffer.from(`<ServerSideEncryptionConfiguration xmlns="${xmlns}">${rule}</ServerSideEncryptionConfiguration>`);
}

function setEncryption(call: Call, bucket: Bucket): void {
  const document = call.http.body.toString('utf8');
  const key = /<KMSMasterKeyID>([^<]+)<\/KMSMasterKeyID>/.exec(document)?.[1];
  if (key === undefined) delete bucket.kmsKey;
  else bucket.kmsKey = keyArn(call, key);
  bucket.bucketKey = document.includes('<BucketKeyEnabled>true</BucketKeyEnabled>');
}
