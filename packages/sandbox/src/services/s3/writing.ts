import { ServiceError, type Call, type Raw, type Reply } from '../../server/call.js';
import type { Bucket } from './state.js';
import { writeXml } from '../../protocols/xml.js';
import { encryptionOf } from './encryption.js';
import { bucketOf } from './parameters.js';

export const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlReply(document: object, headers: Reply['headers'] = {}): Raw {
  return { raw: { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: writeXml(document) } };
}

/** @throws {ServiceError} where the bucket does not exist */
export function requireBucket(call: Call): Bucket {
  const bucket = bucketOf(call);
  if (bucket === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return bucket;
}

/** Headers that S3 keeps with an object. */
const keptHeaders =
  /^(content-type|content-encoding|content-language|content-disposition|cache-control|expires|x-amz-meta-.*|x-amz-checksum-.*|x-amz-storage-class|x-amz-website-redirect-location)$/;

export function headersToKeep(call: Call): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const [name, value] of Object.entries(call.http.headers)) {
    if (keptHeaders.test(name) && name !== 'x-amz-checksum-algorithm') kept[name] = value;
  }
  // How the request itself was sent is no property of the object.
  const encoding = kept['content-encoding']?.replace(/(^|,)\s*aws-chunked\s*(,|$)/, '');
  delete kept['content-encoding'];
  return { ...kept, ...(encoding ? { 'content-encoding': encoding } : {}), ...encryptionHeaders(call) };
}

export function encryptionHeaders(call: Call): Record<string, string> {
  const key = encryptionOf(call);
  if (key === undefined) return { 'x-amz-server-side-encryption': 'AES256' };
  const bucketKey =
    bucketOf(call)?.bucketKey === true ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {};
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': key,
    ...bucketKey,
  };
}

/** A write may ask that the object is not there, or that it is a certain one. */
export function requireWriteCondition(call: Call, bucket: Bucket): void {
  const { headers } = call.http;
  const found = bucket.objects.get(String(call.input['Key']));
  const failed =
    (headers['if-none-match'] === '*' && found !== undefined) ||
    (headers['if-match'] !== undefined && headers['if-match'].replace(/"/g, '') !== found?.etag);
  if (failed)
    throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}
