import { ServiceError, type HttpRequest, type Identified } from '../../server/call.js';
import { readAddress } from './address.js';
import { findUnknown } from './unknown.js';
import { subresources } from './subresources.js';

/**
 * Reads which S3 operation a request is, from its method, path, query and headers.
 * @throws {ServiceError} where it has anything that the operation is not known to have: it may be another one
 */
export function identifyS3(http: HttpRequest): Identified {
  const { bucket, key } = readAddress(http);
  const operation = nameOf(http, bucket, key);
  const odd = findUnknown(operation, http);
  if (odd !== undefined) unknown(http.method, `${key === undefined ? 'a bucket' : 'an object'} with ${odd}`);
  return { operation, input: { bucket, key } };
}

function nameOf({ method, query, headers }: HttpRequest, bucket: string | undefined, key: string | undefined): string {
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : unknown(method, 'the service');
  if (key === undefined) return bucketOperation(method, query);
  if (query.has('uploads') && method === 'POST') return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const operation = {
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
      GET: 'ListParts',
    }[method];
    if (operation !== undefined) return operation;
  }
  if (query.has('tagging')) {
    const operation = { GET: 'GetObjectTagging', PUT: 'PutObjectTagging', DELETE: 'DeleteObjectTagging' }[method];
    if (operation !== undefined) return operation;
  }
  if (query.has('acl')) {
    const operation = { GET: 'GetObjectAcl', PUT: 'PutObjectAcl' }[method];
    if (operation !== undefined) return operation;
  }
  if (method === 'PUT') return 'x-amz-copy-source' in headers ? 'CopyObject' : 'PutObject';
  return { GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? unknown(method, 'an object');
}

function bucketOperation(method: string, query: URLSearchParams): string {
  for (const [name, subresource] of Object.entries(subresources)) {
    if (!query.has(name)) continue;
    const operation = {
      GET: `Get${subresource.api}`,
      PUT: `Put${subresource.api}`,
      DELETE: `Delete${subresource.api}`,
    }[method];
    return operation ?? unknown(method, `a bucket's ${name}`);
  }
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  if (method === 'GET' && query.has('location')) return 'GetBucketLocation';
  if (method === 'GET' && query.has('versions')) return 'ListObjectVersions';
  if (method === 'GET' && query.has('uploads')) return 'ListMultipartUploads';
  if (method === 'GET') return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  return { HEAD: 'HeadBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket' }[method] ?? unknown(method, 'a bucket');
}

function unknown(method: string, what: string): never {
  throw new ServiceError('NotImplemented', `the sandbox does not know \`${method}\` on ${what}`, 501);
}
