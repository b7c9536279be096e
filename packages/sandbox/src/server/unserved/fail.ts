import { failJson } from '../../protocols/json.js';
import { protocols } from '../../protocols/protocols.js';
import type { Failure, HttpRequest, Reply } from '../call.js';

/** An error in a protocol's own shape, so that the client shows the code and the message. */
export function failIn(protocol: string, failure: Failure, http: HttpRequest): Reply {
  if (http.method === 'HEAD') return { status: failure.status };
  if (protocol === 'cbor')
    return {
      status: failure.status,
      headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
      body: cborOf({ __type: failure.code, message: failure.message }),
    };
  return (protocols[protocol]?.fail ?? failJson)(failure, http);
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
