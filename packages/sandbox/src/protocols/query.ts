import { ServiceError, type Failure, type HttpRequest, type Reply } from '../server/call.js';
import { readFields, writeFields, type Spelling } from './fields.js';
import { operationIn, valueOf } from './model.js';
import type { Protocol, ReceivedReply } from './protocol.js';
import { readElements, writeElements } from './xml-shape.js';
import { readXml, writeXml } from './xml.js';

/** Items of a list are `NAME.member.1`, or `NAME.1` where the model has no element around them. */
const spelling: Spelling = {
  nameOf: (name, member) => member.name ?? name,
  itemOf: (type, flat) => (flat ? undefined : (type.item ?? 'member')),
  entryOf: (flat) => (flat ? undefined : 'entry'),
};

/** AWS's query protocol: operation and parameters are form fields, in the body or the address; the answer is XML. */
export const queryProtocol: Protocol = {
  name: (_model, http) => actionOf(http),
  read: (model, operation, http) => readFields(model, operation, fieldsOf(http), spelling),
  reply(model, operation, output) {
    const structure = operationIn(model, operation)?.output ?? '';
    const result = structure === '' ? {} : { [`${operation}Result`]: writeElements(model, structure, output) };
    const namespace = model.namespace === undefined ? {} : { '@xmlns': model.namespace };
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: writeXml({
        [`${operation}Response`]: { ...namespace, ...result, ResponseMetadata: { RequestId: 'sandbox' } },
      }),
    };
  },
  fail: failQuery,
  denied: { status: 403, code: 'AccessDenied' },
  write: (model, operation, input) => ({
    method: 'POST',
    path: '/',
    query: {},
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      Action: operation,
      Version: model.version,
      ...writeFields(model, operation, input, spelling),
    }).toString(),
  }),
  answer(model, operation, reply) {
    const document = readXml(reply.body.toString('utf8')) ?? {};
    if (reply.status >= 400) return failureInXml(reply, document);
    const result = valueOf(valueOf(document, `${operation}Response`), `${operation}Result`);
    return { output: readElements(model, operationIn(model, operation)?.output ?? '', result, true) };
  },
};

/** @throws {ServiceError} where the request names no operation, or several */
export function actionOf(http: HttpRequest): string {
  const [action, ...more] = new Set(fieldsOf(http).getAll('Action'));
  if (action === undefined) throw new ServiceError('MissingAction', 'the sandbox found no `Action` in the request');
  if (more.length > 0) throw new ServiceError('InvalidAction', 'the sandbox found several `Action`s in the request');
  return action;
}

/** The form fields of a request, in the address and in a body that is a form. */
export function fieldsOf({ headers, body, query }: HttpRequest): URLSearchParams {
  const fields = new URLSearchParams(query);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true)
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) fields.append(name, value);
  return fields;
}

export function failQuery({ status, code, message }: Failure): Reply {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: writeXml({
      ErrorResponse: {
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
        RequestId: 'sandbox',
      },
    }),
  };
}

/** The error in an answer whose body is XML, however deep it stands. */
export function failureInXml({ status }: ReceivedReply, document: unknown): Failure {
  const within = (value: unknown, name: string) => valueOf(value, name) ?? value;
  const error = within(within(within(within(document, 'ErrorResponse'), 'Response'), 'Errors'), 'Error');
  const code = String(valueOf(error, 'Code') ?? status);
  return { status, code, message: String(valueOf(error, 'Message') ?? code) };
}
