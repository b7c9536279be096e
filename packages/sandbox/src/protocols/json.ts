import { ServiceError, type Failure, type HttpRequest, type Reply } from '../server/call.js';
import { findMistyped, readStructure, writeStructure } from './json-shape.js';
import { membersOf, operationIn, valueOf, type MemberModel, type ServiceModel } from './model.js';
import type { Protocol, ReadInput, ReceivedReply } from './protocol.js';

/** AWS's JSON protocols 1.0 and 1.1: the operation is in a header, the parameters are the body. */
export function jsonProtocol(version: '1.0' | '1.1'): Protocol {
  const type = `application/x-amz-json-${version}`;
  return {
    name: (model, { headers, method, path }) => {
      const target = headers['x-amz-target'];
      if (target === undefined)
        throw new ServiceError('UnknownOperationException', 'the sandbox found no operation in `x-amz-target`');
      const operation = target.slice(target.lastIndexOf('.') + 1);
      const prefix = target.slice(0, -operation.length - 1);
      // Services sign alike, and versions of one have operations of the same name: a prefix says which by its date.
      const dated = prefix === '' || /[0-9]{8}$/.test(prefix);
      const own = (prefix === model.target || !dated) && method === 'POST' && path === '/';
      if (!own && operationIn(model, operation) !== undefined)
        throw new ServiceError(
          'UnknownOperationException',
          `the sandbox does not know \`${method} ${path}\` with the target \`${target}\``,
        );
      return operation;
    },
    read(model, operation, http) {
      return readJsonInput(model, membersOf(model, operationIn(model, operation)?.input), http.body, (value) => value);
    },
    reply: (model, operation, output) => ({
      status: 200,
      headers: { 'content-type': type },
      body: JSON.stringify(writeStructure(model, operationIn(model, operation)?.output, output)),
    }),
    fail: (failure, http) => failJson(failure, http, type),
    denied: { status: 400, code: 'AccessDeniedException' },
    write: (model, operation, input) => ({
      method: 'POST',
      path: '/',
      query: {},
      headers: { 'content-type': type, 'x-amz-target': `${model.target}.${operation}` },
      body: JSON.stringify(writeStructure(model, operationIn(model, operation)?.input, input)),
    }),
    answer(model, operation, reply) {
      if (reply.status >= 400) return failureIn(reply, readJson(reply.body));
      const members = membersOf(model, operationIn(model, operation)?.output);
      // An answer without members may have any body, also none.
      return { output: members.length === 0 ? {} : readStructure(model, members, readJson(reply.body), true) };
    },
  };
}

/** Reads a body of parameters: the model says what each is, and null is as good as nothing. */
export function readJsonInput(
  model: ServiceModel,
  members: readonly (readonly [string, MemberModel])[],
  body: Buffer,
  read: (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): ReadInput {
  try {
    const value = Object.fromEntries(Object.entries(readJson(body)).filter(([, part]) => part !== null));
    const names = new Set(members.map(([name, member]) => member.name ?? name));
    const odd = Object.keys(value).find((name) => !names.has(name));
    const mistyped = findMistyped(model, members, value);
    if (mistyped === undefined) return { input: read(value), odd };
    throw new ServiceError('SerializationException', `\`${mistyped}\` has a value of another type`);
  } catch (failure) {
    if (!(failure instanceof ServiceError)) throw failure;
    return { input: {}, failure };
  }
}

/** @throws {ServiceError} where the body is no JSON object */
export function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw new ServiceError('SerializationException', 'the body is no JSON object');
}

/** An error as clients of JSON protocols read it, in the version of the protocol that they speak. */
export function failJson(
  { status, code, message }: Failure,
  { headers, method }: HttpRequest,
  type = 'application/x-amz-json-1.1',
): Reply {
  return {
    status,
    headers: {
      'content-type':
        headers['content-type']?.startsWith('application/x-amz-json') === true ? headers['content-type'] : type,
      'x-amzn-errortype': code,
      // Clients of services that were once of the query protocol read the code from here.
      ...('x-amzn-query-mode' in headers
        ? { 'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}` }
        : {}),
    },
    body: method === 'HEAD' ? '' : JSON.stringify({ __type: code, message }),
  };
}

/** The error in an answer whose body is JSON. */
export function failureIn({ status, headers }: ReceivedReply, value: unknown): Failure {
  const named = headers['x-amzn-errortype'] ?? valueOf(value, '__type') ?? valueOf(value, 'code') ?? `${status}`;
  const code = String(named).replace(/^.*#|:.*$/g, '');
  return { status, code, message: String(valueOf(value, 'message') ?? valueOf(value, 'Message') ?? code) };
}
