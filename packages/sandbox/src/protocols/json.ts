import { ServiceError, type Failure, type HttpRequest, type Identified, type Reply } from '../server/call.js';

/** Reads a request of AWS's JSON protocols: the operation is in a header, the parameters are the body. */
export function identifyJson(http: HttpRequest): Identified {
  const target = http.headers['x-amz-target'];
  if (target === undefined) {
    const instead = http.headers['smithy-protocol'];
    throw new ServiceError(
      'UnknownOperationException',
      instead === undefined
        ? 'the sandbox found no operation in `x-amz-target`'
        : `the sandbox does not speak the protocol \`${instead}\``,
    );
  }
  return { operation: target.slice(target.lastIndexOf('.') + 1), input: readBody(http.body) };
}

function readBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw new ServiceError('SerializationException', 'the body is no JSON object');
}

export function jsonReply(value: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(value) };
}

export function failJson({ status, code, message }: Failure): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
