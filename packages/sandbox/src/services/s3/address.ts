import { decode, encode, type RequestAddress } from '../../protocols/address.js';
import { ServiceError, type HttpRequest } from '../../server/call.js';

/** `BUCKET.s3.REGION.SUFFIX`, the older `BUCKET.s3.SUFFIX` and `BUCKET.s3-REGION.SUFFIX`, `BUCKET.localhost` and `BUCKET.127.0.0.1`. */
const virtualHost =
  /^(?<bucket>[a-z0-9][a-z0-9.-]+)\.(?:s3(?:[.-](?:dualstack\.|fips\.)?[a-z0-9-]+)*(?:\.[a-z]+)+|localhost|127\.0\.0\.1)$/;

/** Hosts of access points and of the other services that sign as S3 does, whose permissions are asked for on no bucket. */
const otherHost = /(?:^|\.)(?:s3-(?:accesspoint|control|outposts|object-lambda)(?:-fips)?|accesspoint\.s3-global)\./;

/**
 * Names that no general purpose bucket can have: aliases of access points, directory and table buckets.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const reserved = /(?:-s3alias|--ol-s3|\.mrap|--(?:x|table)-s3)$/;

/** @throws {ServiceError} where it is no bucket, or cannot be its name */
function requireBucket(name: string, host: string): string {
  if (otherHost.test(host) || reserved.test(name))
    throw new ServiceError('NotImplemented', `the sandbox serves buckets, and \`${name}\` is none`, 501);
  if (!/^[A-Za-z0-9._-]{1,255}$/.test(name))
    throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
  return name;
}

/**
 * The address as an operation of S3 has it: the bucket stands in the host, or before the key.
 * @throws {ServiceError} where there is no name of a bucket
 */
export function placeOf(http: HttpRequest): RequestAddress {
  const ofHost = /^s3[.-]/.test(http.host) ? undefined : virtualHost.exec(http.host)?.groups?.['bucket'];
  if (ofHost !== undefined) return { path: http.path, given: { Bucket: requireBucket(ofHost, http.host) } };
  const path = http.path.replace(/^\//, '');
  const slash = path.indexOf('/');
  const bucket = decode(slash < 0 ? path : path.slice(0, slash));
  if (bucket === '') return { path: '/', given: {} };
  return { path: slash < 0 ? '/' : path.slice(slash), given: { Bucket: requireBucket(bucket, http.host) } };
}

/** Path style: the bucket before what the address of the operation says. */
export function writePlace(path: string, input: object): string {
  const bucket = 'Bucket' in input ? `/${encode(String(input.Bucket))}` : '';
  return path === '/' && bucket !== '' ? bucket : `${bucket}${path}`;
}
