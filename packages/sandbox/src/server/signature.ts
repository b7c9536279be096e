import type { HttpRequest } from './call.js';

/** Who signed a request, and for which service and region: the scope of an AWS signature. */
export interface Signature {
  readonly accessKeyId: string;
  /** `*` where it is for several regions (SigV4A). */
  readonly region: string;
  readonly service: string;
}

const scope = /Credential=([^/,\s]+)\/[0-9]{8}\/(?:([a-z0-9-]+|\*)\/)?([a-z0-9-]+)\/aws4_request/;

/** Reads the signature, which is not checked: on loopback the access key alone names the principal. */
export function readSignature({ headers, query }: HttpRequest): Signature | undefined {
  const credential = query.get('X-Amz-Credential');
  const match = scope.exec(credential === null ? (headers['authorization'] ?? '') : `Credential=${credential}`);
  if (match === null) return undefined;
  const [, accessKeyId = '', region = '*', service = ''] = match;
  return { accessKeyId, region, service };
}
