import type { Failure, Reply } from '../server/call.js';
import { readFields, writeFields, type Spelling } from './fields.js';
import { operationIn, valueOf } from './model.js';
import type { Protocol } from './protocol.js';
import { actionOf, failureInXml, fieldsOf } from './query.js';
import { readElements, writeElements } from './xml-shape.js';
import { readXml, writeXml } from './xml.js';

/** Names begin with a capital in a request, and every list is flat. */
const spelling: Spelling = {
  nameOf: (name, member) => {
    const wire = member.name ?? name;
    return wire.slice(0, 1).toUpperCase() + wire.slice(1);
  },
  itemOf: () => undefined,
  entryOf: () => undefined,
};

/** The protocol of EC2, a query protocol of its own. */
export const ec2Protocol: Protocol = {
  name: (_model, http) => actionOf(http),
  read: (model, operation, http) => readFields(model, operation, fieldsOf(http), spelling),
  reply(model, operation, output) {
    const namespace = model.namespace === undefined ? {} : { '@xmlns': model.namespace };
    const elements = writeElements(model, operationIn(model, operation)?.output ?? '', output);
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: writeXml({ [`${operation}Response`]: { ...namespace, requestId: 'sandbox', ...elements } }),
    };
  },
  fail: failEc2,
  denied: { status: 403, code: 'UnauthorizedOperation' },
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
    const result = valueOf(document, `${operation}Response`);
    return { output: readElements(model, operationIn(model, operation)?.output ?? '', result, true) };
  },
};

function failEc2({ status, code, message }: Failure): Reply {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: writeXml({ Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: 'sandbox' } }),
  };
}
