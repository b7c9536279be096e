import { request as send } from 'node:http';
import type { Credentials } from './principals/principals.js';
import { operationIn } from './protocols/model.js';
import type { ReceivedReply, WrittenRequest } from './protocols/protocol.js';
import { queryText } from './protocols/rest.js';
import { services } from './services/services.js';

/** A service as the AWS SDK for JavaScript names its client, such as `CodeDeploy`. */
export type ServiceName = string;

/** Sends one call: `call('S3', 'PutObject', { Bucket, Key, Body })`. */
export type SendCall = (
  service: ServiceName,
  operation: string,
  input: object,
  place?: { readonly region?: string },
) => Promise<Record<string, unknown>>;

/** An error that a service answered with; it has the name of its code. */
class AwsError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(
    override readonly name: string,
    message: string,
    status: number,
  ) {
    super(message);
    this.$metadata = { httpStatusCode: status };
  }
}

/** Codes of answers without a body, as SDKs call them. */
const bare: Readonly<Record<string, string>> = { 403: 'Forbidden', 404: 'NotFound', 412: 'PreconditionFailed' };

/**
 * Calls of one caller to a sandbox, written and read by the models of its services. Signatures have the scope that a service
 * is told by, and are not computed: the sandbox checks none.
 */
export function createClients(endpoint: string, { accessKeyId, sessionToken }: Credentials, region: string) {
  const call: SendCall = async (name, operation, input, { region: where = region } = {}) => {
    const service = services.find(({ model }) => model?.id.replaceAll(' ', '') === name);
    const { model, protocol } = service ?? {};
    if (model === undefined || protocol === undefined || operationIn(model, operation)?.input === undefined)
      throw new Error(`the sandbox does not serve \`${name}:${operation}\`, which is to be replayed`);
    const written = protocol.write(model, operation, input);
    const scope = `${accessKeyId}/20260101/${where}/${model.signing}/aws4_request`;
    const reply = await exchange(endpoint, written, {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'user-agent': 'postern-replay',
      ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    });
    const answer = protocol.answer(model, operation, reply);
    if ('output' in answer) return answer.output;
    throw new AwsError(bare[answer.code] ?? answer.code, answer.message, answer.status);
  };

  return { call };
}

/** Sends a request and reads the whole answer. */
function exchange(
  endpoint: string,
  { method, path, query, headers, body }: WrittenRequest,
  signature: Readonly<Record<string, string>>,
): Promise<ReceivedReply> {
  const question = queryText(query);
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const sent = send(
      `${endpoint}${path}${question === '' ? '' : `?${question}`}`,
      { method, agent: false, headers: { ...headers, ...signature, 'content-length': length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 500,
            headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
