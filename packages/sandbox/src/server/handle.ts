import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './body.js';
import { ServiceError, type HttpRequest, type Reply } from './call.js';
import { isAwsHost } from './proxy.js';
import { refuseBroken, serve } from './serve.js';
import type { ServerSetting } from './setting.js';

/**
 * Answers one request, whatever is wrong with it.
 * @param trusted whether it came through a tunnel, which is opened with the password of the run
 */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  setting: ServerSetting,
  trusted = false,
): Promise<void> {
  try {
    const reply = await answer(request, setting, trusted);
    if (response.destroyed) return;
    // HEAD says how long the body would be, and has none.
    const body = reply.body ?? '';
    const length = Buffer.byteLength(body);
    const headers = {
      'x-amzn-requestid': 'sandbox',
      'x-amz-request-id': 'SANDBOX',
      'content-length': String(length),
      ...reply.headers,
    };
    response.writeHead(
      reply.status,
      reply.status === 204 || reply.status === 304 ? without(headers, 'content-length') : headers,
    );
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch {
    // The connection was dropped while the body was read: there is nobody to answer.
    response.destroy();
  }
}

async function answer(request: IncomingMessage, setting: ServerSetting, trusted: boolean): Promise<Reply> {
  const foreign = foreignHost(request);
  if (foreign !== undefined) {
    setting.onRefused(foreign);
    return { status: 403, body: `postern sandbox: \`${foreign}\` is not AWS, and nothing else is reached from here\n` };
  }
  const http = readHead(request, setting.secret, trusted);
  if (http === undefined) return { status: 400, body: 'the sandbox cannot read the request line\n' };
  try {
    return await serve({ ...http, body: await readBody(request) }, setting);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return refuseBroken({ ...http, body: Buffer.alloc(0) }, error, setting);
  }
}

/**
 * The host of a request, where it is neither the sandbox nor AWS: a request to a plain proxy, or one that a page in a
 * browser sends to a name that somebody points here.
 */
function foreignHost({ url, headers }: IncomingMessage): string | undefined {
  const asked = /^https?:\/\/([^/]*)/.exec(url ?? '')?.[1];
  return [asked, headers.host].map(hostOf).find((host) => host !== undefined && !isServed(host));
}

const hostOf = (text: string | undefined) =>
  text
    ?.toLowerCase()
    .replace(/^.*@/, '')
    .replace(/:[0-9]*$/, '');

const isServed = (host: string) => host === '' || /(?:^|\.)(?:127\.0\.0\.1|localhost)$/.test(host) || isAwsHost(host);

function readHead(
  { url, method, headers }: IncomingMessage,
  secret: string,
  inTunnel: boolean,
): Omit<HttpRequest, 'body'> | undefined {
  const target = url ?? '';
  const absolute = /^https?:\/\/[^/]+(\/.*)?$/.exec(target);
  const path = absolute === null ? target : (absolute[1] ?? '/');
  if (!path.startsWith('/')) return undefined;
  const question = path.indexOf('?');
  const whole = question < 0 ? path : path.slice(0, question);
  const opened = whole === `/${secret}` || whole.startsWith(`/${secret}/`);
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: method ?? 'GET',
    host: (headers.host ?? '').toLowerCase().replace(/:[0-9]+$/, ''),
    path: opened ? whole.slice(secret.length + 1) || '/' : whole,
    trusted: inTunnel || opened,
    query: new URLSearchParams(question < 0 ? '' : path.slice(question + 1)),
    headers: flat,
  };
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}
