import { decode, encode, type Place } from '../../protocols/address.js';
import type { HttpRequest } from '../../server/call.js';

/** `BUCKET.s3.REGION.SUFFIX`, the older `BUCKET.s3.SUFFIX` and `BUCKET.s3-REGION.SUFFIX`, `BUCKET.localhost` and `BUCKET.127.0.0.1`. */
const virtualHost =
  /^(?<bucket>[a-z0-9][a-z0-9.-]+)\.(?:s3(?:[.-](?:dualstack\.|fips\.)?[a-z0-9-]+)*(?:\.[a-z]+)+|localhost|127\.0\.0\.1)$/;

/** The address as an operation of S3 has it: the bucket stands in the host, or before the key. */
export function placeOf(http: HttpRequest): Place {
  const ofHost = /^s3[.-]/.test(http.host) ? undefined : virtualHost.exec(http.host)?.groups?.['bucket'];
  if (ofHost !== undefined) return { path: http.path, given: { Bucket: ofHost } };
  const path = http.path.replace(/^\//, '');
  const slash = path.indexOf('/');
  const bucket = decode(slash < 0 ? path : path.slice(0, slash));
  if (bucket === '') return { path: '/', given: {} };
  return { path: slash < 0 ? '/' : path.slice(slash), given: { Bucket: bucket } };
}

/** Path style: the bucket before what the address of the operation says. */
export function writePlace(path: string, input: object): string {
  const bucket = 'Bucket' in input ? `/${encode(String(input.Bucket))}` : '';
  return path === '/' && bucket !== '' ? bucket : `${bucket}${path}`;
}
