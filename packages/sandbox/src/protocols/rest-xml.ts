import { ServiceError, type HttpRequest } from '../server/call.js';
import { membersOf, valueOf, type ServiceModel } from './model.js';
import type { RequestAddress } from './address.js';
import type { Protocol } from './protocol.js';
import { failQuery, failureInXml } from './query.js';
import { nameByAddress, readReply, readRequest, writeReply, writeRequest, type BodyFormat } from './rest.js';
import { readElements, writeElements } from './xml-shape.js';
import { readXml, writeXml } from './xml.js';

const malformed = 'The XML you provided was not well-formed or did not validate against our published schema';

const format: BodyFormat = {
  type: 'application/xml',
  read(model, structure, body, decode) {
    const document = readXml(body.toString('utf8'));
    const root = Object.keys(document ?? {}).find((name) => !name.startsWith('?'));
    if (document === undefined || root === undefined)
      return decode ? { input: {} } : { input: {}, failure: new ServiceError('MalformedXML', malformed) };
    const names = new Set(membersOf(model, structure).map(([name, member]) => member.name ?? name));
    const content = document[root];
    const elements = typeof content === 'object' && content !== null ? Object.keys(content) : [];
    return {
      // What the body lacks, the operation misses: who may not ask for it is refused first.
      input: readElements(model, structure, content, decode),
      odd: elements.find((name) => name !== '#text' && !names.has(name)),
    };
  },
  write(model, structure, value, element) {
    const root = element ?? rootOf(model, structure);
    const namespace = model.namespace === undefined ? {} : { '@xmlns': model.namespace };
    const own = membersOf(model, structure).some(([name]) => valueOf(value, name) !== undefined);
    return writeXml({ [root]: { ...namespace, ...(own ? writeElements(model, structure, value) : {}) } });
  },
};

function rootOf(model: ServiceModel, structure: string): string {
  const named = model.shapes[structure]?.['@'];
  return typeof named === 'string' ? named : structure;
}

/** What of an address the operation sees, where the service has something before it, as S3 the bucket. */
export interface Placing {
  readonly read: (http: HttpRequest) => RequestAddress;
  readonly write: (path: string, input: object) => string;
}

const plain: Placing = { read: ({ path }) => ({ path, given: {} }), write: (path) => path };

/** AWS's REST-XML protocol: method and address tell the operation, the body is XML. */
export function restXmlProtocol(place: Placing = plain): Protocol {
  return {
    name: (model, http) => nameByAddress(model, http, place.read(http)),
    read: (model, operation, http) => readRequest(model, operation, http, place.read(http), format),
    reply: (model, operation, output) => writeReply(model, operation, output, format),
    fail: (failure, { method }) => (method === 'HEAD' ? { status: failure.status } : failQuery(failure)),
    denied: { status: 403, code: 'AccessDenied' },
    write(model, operation, input) {
      const request = writeRequest(model, operation, input, format);
      return { ...request, path: place.write(request.path, input) };
    },
    answer(model, operation, reply) {
      if (reply.status >= 400) return failureInXml(reply, readXml(reply.body.toString('utf8')) ?? {});
      return readReply(model, operation, reply, format);
    },
  };
}
