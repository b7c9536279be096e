import type { HttpRequest } from '../../server/call.js';
import table from './parameters.json' with { type: 'json' };

/**
 * What each operation takes, read from the API model of botocore 1.43.11 (Apache-2.0). S3 tells operations apart by
 * parameters and headers, so that one which is not known here may well make another operation of a request.
 */
const known: Readonly<Record<string, { readonly query: readonly string[]; readonly headers: readonly string[] }>> =
  table;

/** Those of signatures, of checksums and of clients, which mean the same everywhere. */
const everywhere =
  /^(?:x-id|x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|decoded-content-length|trailer|te|sdk-.*|checksum-.*))$/;

/**
 * What the API has and the sandbox does not serve: each asks for another permission, or does something else.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
const notServed =
  /^x-amz-(?:object-lock-(?:mode|retain-until-date|legal-hold|event-hold.*)|bypass-governance-retention|mfa|write-offset-bytes|if-match-.*|bucket-namespace|object-annotation-directive)$/;

/** The first parameter or header of a request that its operation is not known to take, in words. */
export function findUnknown(operation: string, { query, headers }: HttpRequest): string | undefined {
  const about = Object.hasOwn(known, operation) ? known[operation] : undefined;
  if (about === undefined) return `\`${operation}\``;
  const parameter = [...query.keys()].find(
    (name) => !about.query.includes(name) && !everywhere.test(name.toLowerCase()),
  );
  if (parameter !== undefined) return `the parameter \`${parameter}\``;
  const header = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !isTaken(name, about.headers));
  return header === undefined ? undefined : `the header \`${header}\``;
}

function isTaken(name: string, taken: readonly string[]): boolean {
  if (everywhere.test(name)) return true;
  if (notServed.test(name)) return false;
  return taken.some((one) => one === name || (one === 'x-amz-meta-' && name.startsWith(one)));
}
