import { randomBytes } from 'node:crypto';
import { ServiceError, type Call, type Operation } from '../../server/call.js';
import { md5, storeObject, type Bucket, type Upload } from './state.js';
import { encryptionOf } from './encryption.js';
import { encryptionHeaders, headersToKeep, requireBucket, requireWriteCondition, xmlns, xmlReply } from './writing.js';

function requireUpload(call: Call): { readonly bucket: Bucket; readonly id: string; readonly upload: Upload } {
  const bucket = requireBucket(call);
  const id = call.http.query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(id);
  if (upload === undefined || upload.key !== call.input['Key'])
    throw new ServiceError('NoSuchUpload', 'The specified upload does not exist.', 404);
  return { bucket, id, upload };
}

/** The parts that a CompleteMultipartUpload names, in its order; undefined where its body is no such document. */
function namedParts(call: Call): number[] | undefined {
  const { Parts } = (call.input['MultipartUpload'] ?? {}) as {
    readonly Parts?: readonly { readonly PartNumber?: number }[];
  };
  return Parts?.map(({ PartNumber }) => Number(PartNumber));
}

/**
 * Keeps a part of an upload.
 * @returns its ETag, in quotes
 * @throws {ServiceError} where the upload does not exist, or the number is none of a part
 */
export function storePart(call: Call, body: Buffer): string {
  const { upload } = requireUpload(call);
  const number = Number(call.http.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new ServiceError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  const etag = md5(body);
  upload.parts.set(number, { body, etag });
  return `"${etag}"`;
}

export const multipartOperations: Readonly<Record<string, Operation>> = {
  ListMultipartUploads: (call) => {
    const bucket = requireBucket(call);
    return {
      Bucket: bucket.name,
      IsTruncated: false,
      Uploads: [...bucket.uploads].map(([id, { key }]) => ({ Key: key, UploadId: id })),
    };
  },
  CreateMultipartUpload: (call) => {
    const bucket = requireBucket(call);
    const id = randomBytes(16).toString('hex');
    const key = String(call.input['Key']);
    bucket.uploads.set(id, { key, headers: headersToKeep(call), parts: new Map() });
    return xmlReply(
      { InitiateMultipartUploadResult: { '@xmlns': xmlns, Bucket: bucket.name, Key: key, UploadId: id } },
      encryptionHeaders(call),
    );
  },
  UploadPart: (call) => ({ ETag: storePart(call, call.http.body) }),
  CompleteMultipartUpload: (call) => {
    const { bucket, id, upload } = requireUpload(call);
    const numbers = namedParts(call);
    if (numbers === undefined) throw new ServiceError('MalformedXML', 'The XML you provided was not well-formed');
    const parts = numbers.map((number) => upload.parts.get(number));
    if (parts.some((part) => part === undefined))
      throw new ServiceError('InvalidPart', 'One or more of the specified parts could not be found.');
    requireWriteCondition(call, bucket);
    const bodies = parts.map((part) => part!.body);
    const digests = Buffer.concat(parts.map((part) => Buffer.from(part!.etag, 'hex')));
    const object = storeObject(bucket, upload.key, Buffer.concat(bodies), {
      headers: upload.headers,
      kmsKey: encryptionOf(call, upload.headers),
      tags: upload.headers['x-amz-tagging'],
      etag: `${md5(digests)}-${parts.length}`,
    });
    bucket.uploads.delete(id);
    return { Bucket: bucket.name, Key: upload.key, ETag: `"${object.etag}"` };
  },
  AbortMultipartUpload: (call) => {
    const { bucket, id } = requireUpload(call);
    bucket.uploads.delete(id);
    return {};
  },
  ListParts: (call) => {
    const { bucket, id, upload } = requireUpload(call);
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: id,
      IsTruncated: false,
      Parts: [...upload.parts].map(([number, { body, etag }]) => ({
        PartNumber: number,
        ETag: `"${etag}"`,
        Size: body.length,
      })),
    };
  },
};
