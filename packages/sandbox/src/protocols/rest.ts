import { ServiceError, type HttpRequest, type Reply } from '../server/call.js';
import { encode, findByAddress, readLabels, writePath, addressOf, type RequestAddress } from './address.js';
import { membersOf, operationIn, valueOf, type MemberModel, type ServiceModel, type Type } from './model.js';
import type { OutputMessage, ReadInput, ReceivedReply, WrittenRequest } from './protocol.js';
import { readTime, timeForm, writeTime } from './times.js';

/** What differs between AWS's two protocols that tell operations by method and address: the body. */
export interface BodyFormat {
  readonly type: string;
  /** Reads the members in the body: those of a structure, or of the one that is the whole body. */
  readonly read: (model: ServiceModel, structure: string, body: Buffer, decode: boolean) => ReadInput;
  /** @param element what the body is called, where it is one member of the operation */
  readonly write: (model: ServiceModel, structure: string, value: object, element: string | undefined) => string;
}

/** Parameters and headers of signatures, of checksums and of clients, which mean the same everywhere. */
const everywhere =
  /^(?:x-id|x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|decoded-content-length|trailer|te|sdk-.*|checksum-.*))$/;

export const nameByAddress = (model: ServiceModel, http: HttpRequest, place: RequestAddress): string | undefined =>
  findByAddress(model.operations, http, place);

/**
 * Reads what stands in the address, the parameters, the headers and the body.
 * @throws {ServiceError} where it has a parameter or a header that the operation is not known to take
 */
export function readRequest(
  model: ServiceModel,
  name: string,
  http: HttpRequest,
  { path, given }: RequestAddress,
  format: BodyFormat,
): ReadInput {
  const operation = operationIn(model, name) ?? {};
  const members = membersOf(model, operation.input);
  const odd = oddIn(operation, members, http);
  // Parameters and headers tell operations apart: with one that is not known, it may be another one.
  if (odd !== undefined)
    throw new ServiceError('NotImplemented', `the sandbox does not know \`${http.method} ${path}\` with ${odd}`, 501);
  const labels: Readonly<Record<string, unknown>> = { ...given, ...readLabels(operation, path) };
  const input: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [member, about] of members) {
    const value = about.at === 'label' ? labels[member] : bound(about, http);
    if (value !== undefined) input[member] = value;
  }
  const body = readPayload(model, operation.input ?? '', members, http.body, format, false);
  Object.assign(input, body.input);
  return { input, odd: body.odd, failure: body.failure };
}

/** The value of a member that stands in a parameter or a header. */
function bound({ at, name = '', type }: MemberModel, { query, headers }: HttpRequest): unknown {
  switch (at) {
    case 'query': {
      if (!query.has(name)) return undefined;
      const list = typeof type === 'object' && 'list' in type;
      return list ? query.getAll(name).map((one) => simple(type.list, one)) : simple(type, query.get(name)!);
    }
    case 'queries':
      return Object.fromEntries(query);
    case 'header': {
      const value = headers[name];
      if (value === undefined) return undefined;
      return typeof type === 'object' && 'list' in type ? value.split(/\s*,\s*/) : simple(type, value);
    }
    case 'headers': {
      const found = Object.entries(headers).filter(([header]) => header.startsWith(name));
      return found.length === 0
        ? undefined
        : Object.fromEntries(found.map(([header, value]) => [header.slice(name.length), value]));
    }
    default:
      return undefined;
  }
}

function simple(type: Type, text: string): unknown {
  if (type === 'number') return Number(text);
  return type === 'flag' ? text === 'true' : text;
}

function readPayload(
  model: ServiceModel,
  structure: string,
  members: readonly (readonly [string, MemberModel])[],
  body: Buffer,
  format: BodyFormat,
  decode: boolean,
): ReadInput {
  const payload = members.find(([, { at }]) => at === 'payload');
  if (payload === undefined) {
    const inBody = members.some(([, { at }]) => at === undefined);
    return inBody && body.length > 0 ? format.read(model, structure, body, decode) : { input: {} };
  }
  const [name, { type }] = payload;
  if (body.length === 0) return { input: {} };
  if (typeof type === 'string') return { input: { [name]: type === 'blob' ? body : body.toString('utf8') } };
  if (!('is' in type)) return { input: {} };
  const { input, odd, failure } = format.read(model, type.is, body, decode);
  return { input: { [name]: input }, odd, failure };
}

/** A parameter or a header of AWS's that the operation is not known to take. */
function oddIn(
  operation: { readonly http?: string },
  members: readonly (readonly [string, MemberModel])[],
  { query, headers }: HttpRequest,
): string | undefined {
  const fixed = addressOf(operation).query.map(([name]) => name);
  const takes = (at: string, name: string) => members.some(([, one]) => one.at === at && one.name === name);
  const any = members.some(([, { at }]) => at === 'queries');
  const parameter = [...query.keys()].find(
    (name) => !any && !fixed.includes(name) && !takes('query', name) && !everywhere.test(name.toLowerCase()),
  );
  if (parameter !== undefined) return `the parameter \`${parameter}\``;
  const lists = members.flatMap(([, { at, name = '', type }]) =>
    at === 'query' && typeof type === 'object' && 'list' in type ? [name] : [],
  );
  const twice = [...query.keys()].find((name) => !lists.includes(name) && query.getAll(name).length > 1);
  if (twice !== undefined) return `the parameter \`${twice}\` twice`;
  const prefixes = members.flatMap(([, { at, name = '' }]) => (at === 'headers' ? [name] : []));
  const header = Object.keys(headers).find(
    (name) =>
      name.startsWith('x-amz-') &&
      !takes('header', name) &&
      !everywhere.test(name) &&
      !prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return header === undefined ? undefined : `the header \`${header}\``;
}

/** Puts an output into status, headers and body. */
export function writeReply(model: ServiceModel, name: string, output: object, format: BodyFormat): Reply {
  const operation = operationIn(model, name) ?? {};
  const members = membersOf(model, operation.output);
  const headers: Record<string, string> = writeHeaders(members, output);
  const body = writePayload(model, operation.output ?? '', members, output, format);
  const status = members.find(([, { at }]) => at === 'status')?.[0];
  return {
    status: Number(valueOf(output, status ?? '') ?? operation.status ?? 200),
    headers: { ...(body === undefined ? {} : { 'content-type': format.type }), ...headers },
    body: body ?? '',
  };
}

function writeHeaders(members: readonly (readonly [string, MemberModel])[], value: object): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, { at, name = '', type }] of members) {
    const part = valueOf(value, member);
    if (part === undefined || part === null) continue;
    if (at === 'header') headers[name] = [textOf(part, type, 'time-http')].flat().join(',');
    if (at === 'headers')
      for (const [key, one] of Object.entries(part)) headers[`${name}${key}`.toLowerCase()] = String(one);
  }
  return headers;
}

function textOf(value: unknown, type: Type, time: string): unknown {
  return typeof type === 'string' ? String(writeTime(value, timeForm(type, time))) : value;
}

function writePayload(
  model: ServiceModel,
  structure: string,
  members: readonly (readonly [string, MemberModel])[],
  value: object,
  format: BodyFormat,
): string | Buffer | undefined {
  const payload = members.find(([, { at }]) => at === 'payload');
  if (payload === undefined) {
    if (!members.some(([, { at }]) => at === undefined)) return undefined;
    const own = new Set(members.filter(([, { at }]) => at !== undefined).map(([name]) => name));
    const body = Object.fromEntries(Object.entries(value).filter(([name]) => !own.has(name)));
    return format.write(model, structure, body, undefined);
  }
  const [name, { type, name: element }] = payload;
  const part = valueOf(value, name);
  if (part === undefined || part === null) return undefined;
  if (part instanceof Uint8Array) return Buffer.from(part);
  return typeof type === 'object' && 'is' in type && typeof part === 'object'
    ? format.write(model, type.is, part, element)
    : String(part);
}

/** Writes the request of a client. */
export function writeRequest(model: ServiceModel, name: string, input: object, format: BodyFormat): WrittenRequest {
  const operation = operationIn(model, name) ?? {};
  const members = membersOf(model, operation.input);
  const query: Record<string, string> = Object.fromEntries(addressOf(operation).query);
  for (const [member, { at, name: parameter = '', type }] of members) {
    const part = valueOf(input, member);
    if (part === undefined || part === null) continue;
    if (at === 'query') query[parameter] = String(textOf(part, type, 'time-iso'));
    if (at === 'queries') Object.assign(query, part);
  }
  const body = writePayload(model, operation.input ?? '', members, input, format);
  return {
    method: addressOf(operation).method,
    path: writePath(operation, input as Readonly<Record<string, unknown>>),
    query,
    headers: {
      ...(body === undefined || body.length === 0 ? {} : { 'content-type': format.type }),
      ...writeHeaders(members, input),
    },
    body: body ?? '',
  };
}

/** Reads the answer to a client. */
export function readReply(model: ServiceModel, name: string, reply: ReceivedReply, format: BodyFormat): OutputMessage {
  const operation = operationIn(model, name) ?? {};
  const members = membersOf(model, operation.output);
  const http = { headers: reply.headers, query: new URLSearchParams() } as HttpRequest;
  const output: Record<string, unknown> = {};
  for (const [member, about] of members) {
    const value = about.at === 'status' ? reply.status : bound(about, http);
    if (value === undefined) continue;
    output[member] = typeof about.type === 'string' && about.type.startsWith('time') ? readTime(value) : value;
  }
  return {
    output: { ...output, ...readPayload(model, operation.output ?? '', members, reply.body, format, true).input },
  };
}

/** Parameters as the address of a request has them. */
export const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => (value === '' ? encode(name) : `${encode(name)}=${encode(value)}`))
    .join('&');
