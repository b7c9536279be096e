import { ServiceError, type Failure, type HttpRequest, type Reply } from '../server/call.js';
import { readStructure, writeStructure } from './json-shape.js';
import { membersOf, operationIn, valueOf } from './model.js';
import type { Protocol, ReceivedReply } from './protocol.js';

/** AWS's JSON protocols 1.0 and 1.1: the operation is in a header, the parameters are the body. */
export function jsonProtocol(version: '1.0' | '1.1'): Protocol {
  const type = `application/x-amz-json-${version}`;
  return {
    name: (_model, { headers }) => {
      const target = headers['x-amz-target'];
      if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
      const instead = headers['smithy-protocol'];
      throw new ServiceError(
        'UnknownOperationException',
        instead === undefined
          ? 'the sandbox found no operation in `x-amz-target`'
          : `the sandbox does not speak the protocol \`${instead}\``,
      );
    },
    read(model, operation, http) {
      const input = readJson(http.body);
      const members = membersOf(model, operationIn(model, operation)?.input);
      return { input, odd: Object.keys(input).find((name) => !members.some(([member]) => member === name)) };
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
