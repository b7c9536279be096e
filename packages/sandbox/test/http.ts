import type { Sandbox } from '../src/index.js';

export const region = 'eu-west-1';
export const account = '123456789012';

/** A request as a client of AWS would send it; the signature itself is not checked on loopback. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly region?: string;
}

export function authorization(accessKeyId: string, service: string, where = region): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${where}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** Sends a request signed for a service. */
export function send(sandbox: Sandbox, accessKeyId: string, service: string, request: RawRequest): Promise<Response> {
  const { method = 'GET', path = '/', headers = {}, body } = request;
  return fetch(`${sandbox.endpoint}${path}`, {
    method,
    headers: { authorization: authorization(accessKeyId, service, request.region), ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
}

/** A request of a JSON protocol. */
export const json = (operation: string, input: object): RawRequest => ({
  method: 'POST',
  headers: { 'x-amz-target': `Service.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(input),
});

/** A request of the query protocol. */
export const query = (operation: string, fields: Readonly<Record<string, string>> = {}): RawRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ Action: operation, ...fields }).toString(),
});
