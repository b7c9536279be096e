import type { Sandbox } from '../src/index.js';
import { region, type RawRequest } from '../src/services/row.js';

export { account, json, query, region, type RawRequest } from '../src/services/row.js';

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
