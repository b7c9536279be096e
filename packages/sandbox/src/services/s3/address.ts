import type { HttpRequest } from '../../server/call.js';

/** The bucket and key of a request, path style or virtual-host style; both undefined for the service itself. */
export interface Address {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** `BUCKET.s3.REGION.SUFFIX`, the older `BUCKET.s3.SUFFIX` and `BUCKET.s3-REGION.SUFFIX`, `BUCKET.localhost` and `BUCKET.127.0.0.1`. */
const virtualHost =
  /^(?<bucket>[a-z0-9][a-z0-9.-]+)\.(?:s3(?:[.-](?:dualstack\.|fips\.)?[a-z0-9-]+)*(?:\.[a-z]+)+|localhost|127\.0\.0\.1)$/;

/** Reads the address; a path that is no valid percent-encoding is read as it stands. */
export function readAddress(http: HttpRequest): Address {
  const path = http.path.replace(/^\//, '');
  const ofHost = /^s3[.-]/.test(http.host) ? undefined : virtualHost.exec(http.host)?.groups?.['bucket'];
  if (ofHost !== undefined) return { bucket: ofHost, key: path === '' ? undefined : decode(path) };
  const slash = path.indexOf('/');
  const bucket = decode(slash < 0 ? path : path.slice(0, slash));
  const key = slash < 0 ? '' : decode(path.slice(slash + 1));
  return { bucket: bucket === '' ? undefined : bucket, key: key === '' ? undefined : key };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
