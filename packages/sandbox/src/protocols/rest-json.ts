import type { Failure, HttpRequest, Reply } from '../server/call.js';
import { readStructure, writeStructure } from './json-shape.js';
import { failureIn, readJson, readJsonInput } from './json.js';
import { membersOf } from './model.js';
import type { Protocol } from './protocol.js';
import { nameByAddress, readReply, readRequest, writeReply, writeRequest, type BodyFormat } from './rest.js';

const format: BodyFormat = {
  type: 'application/json',
  read(model, structure, body, decode) {
    const inBody = membersOf(model, structure).filter(([, { at }]) => at === undefined);
    const read = (value: object) => readStructure(model, inBody, value, decode);
    return decode ? { input: read(readJson(body)) } : readJsonInput(model, inBody, body, read);
  },
  write: (model, structure, value) => JSON.stringify(writeStructure(model, structure, value)),
};

const placeOf = ({ path }: HttpRequest) => ({ path, given: {} });

/** AWS's REST-JSON protocol: method and address tell the operation, the body is JSON. */
export const restJsonProtocol: Protocol = {
  name: (model, http) => nameByAddress(model, http, placeOf(http)),
  read: (model, operation, http) => readRequest(model, operation, http, placeOf(http), format),
  reply: (model, operation, output) => writeReply(model, operation, output, format),
  fail: failRestJson,
  denied: { status: 403, code: 'AccessDeniedException' },
  write: (model, operation, input) => writeRequest(model, operation, input, format),
  answer(model, operation, reply) {
    if (reply.status >= 400) return failureIn(reply, reply.body.length === 0 ? {} : readJson(reply.body));
    return readReply(model, operation, reply, format);
  },
};

function failRestJson({ status, code, message }: Failure, { method }: HttpRequest): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: method === 'HEAD' ? '' : JSON.stringify({ message, Message: message, code }),
  };
}
