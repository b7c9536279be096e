import type { HttpRequest } from './call.js';

/** Who signed a request, and for which service and region: the scope of an AWS signature, or a registry's password. */
export type Signature =
  | { readonly kind: 'aws'; readonly accessKeyId: string; readonly region: string; readonly service: string }
  | { readonly kind: 'registry'; readonly password: string | undefined }
  | { readonly kind: 'none' };

const scope = /Credential=([^/,\s]+)\/[0-9]{8}\/(?:([a-z0-9-]+|\*)\/)?([a-z0-9-]+)\/aws4_request/;

/** Reads the signature, which is not checked: on loopback the access key alone names the principal. */
export function readSignature({ headers, query, path }: HttpRequest): Signature {
  const authorization = headers['authorization'] ?? '';
  if (path === '/v2' || path.startsWith('/v2/')) {
    const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
    if (basic !== undefined || !authorization.startsWith('AWS4-'))
      return { kind: 'registry', password: passwordOf(basic) };
  }
  const credential = query.get('X-Amz-Credential');
  const match = scope.exec(credential === null ? authorization : `Credential=${credential}`);
  if (match === null) return { kind: 'none' };
  // Signatures for several regions (SigV4A) name none.
  const [, accessKeyId = '', region = '*', service = ''] = match;
  return { kind: 'aws', accessKeyId, region, service };
}

/** The part behind `AWS:`. */
function passwordOf(basic: string | undefined): string | undefined {
  const text = Buffer.from(basic ?? '', 'base64').toString('utf8');
  return text.startsWith('AWS:') ? text.slice(4) : undefined;
}

/** Operations that are not signed, because what the caller shows is a token of somebody else. */
export function unsignedService({ headers, body, method, query }: HttpRequest): string | undefined {
  const form = method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const fields = form ? new URLSearchParams(body.toString('utf8')) : query;
  return fields.get('Action') === 'AssumeRoleWithWebIdentity' ? 'sts' : undefined;
}
