import { failQuery } from '../../protocols/query.js';
import { writeXml } from '../../protocols/xml.js';
import type { Failure, HttpRequest, Reply } from '../call.js';
import type { Protocol } from './identify.js';

/** An error in a protocol's own shape, so that the client shows the code and the message. */
export function failIn(protocol: Protocol, failure: Failure, http: HttpRequest): Reply {
  const { status, code, message } = failure;
  if (http.method === 'HEAD') return { status };
  switch (protocol) {
    case 'json':
      return {
        status,
        headers: {
          'content-type': http.headers['content-type'] ?? 'application/x-amz-json-1.1',
          'x-amzn-errortype': code,
          // Clients of services that were once of the query protocol read the code from here.
          ...('x-amzn-query-mode' in http.headers ? { 'x-amzn-query-error': `${code};Receiver` } : {}),
        },
        body: JSON.stringify({ __type: code, message }),
      };
    case 'cbor':
      return {
        status,
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body: cborOf({ __type: code, message }),
      };
    case 'query':
      return failQuery(failure);
    case 'ec2':
      return {
        status,
        headers: { 'content-type': 'text/xml' },
        body: writeXml({ Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: 'sandbox' } }),
      };
    case 'rest-xml':
      return http.headers['host']?.includes('s3.') === true ||
        /\/s3\/aws4_request/.test(http.headers['authorization'] ?? '')
        ? {
            status,
            headers: { 'content-type': 'application/xml' },
            body: writeXml({ Error: { Code: code, Message: message, RequestId: 'SANDBOX' } }),
          }
        : failQuery(failure);
    case 'rest-json':
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
        body: JSON.stringify({ message, Message: message, code }),
      };
  }
}

/** A map of texts in CBOR. @see https://www.rfc-editor.org/rfc/rfc8949 */
function cborOf(value: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(value);
  return Buffer.concat([Buffer.from([0xa0 | entries.length]), ...entries.flat().map(textOf)]);
}

function textOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(3);
  head.writeUInt8(0x79, 0);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
