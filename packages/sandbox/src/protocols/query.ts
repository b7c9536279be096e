import { ServiceError, type Failure, type HttpRequest, type Identified, type Reply } from '../server/call.js';
import { writeXml } from './xml.js';

/** Reads a request of AWS's query protocol: operation and parameters are form fields, in the body or the URL. */
export function identifyQuery(http: HttpRequest): Identified {
  const fields = new URLSearchParams(http.query);
  for (const [name, value] of new URLSearchParams(http.body.toString('utf8'))) fields.set(name, value);
  const operation = fields.get('Action');
  if (operation === null) throw new ServiceError('MissingAction', 'the sandbox found no `Action` in the request');
  return { operation, input: Object.assign(Object.create(null), Object.fromEntries(fields)) as Identified['input'] };
}

/** The members of a list parameter, such as `Tags.member.1.Key`. */
export function listMembers(input: Identified['input'], name: string, field: string): string[] {
  const found: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = input[`${name}.member.${index}${field === '' ? '' : `.${field}`}`];
    if (typeof value !== 'string') return found;
    found.push(value);
  }
}

/** An answer of the query protocol. */
export function queryReply(namespace: string, operation: string, result: object): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: writeXml({
      [`${operation}Response`]: {
        '@xmlns': namespace,
        [`${operation}Result`]: result,
        ResponseMetadata: { RequestId: 'sandbox' },
      },
    }),
  };
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
