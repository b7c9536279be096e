import type { IncomingMessage } from 'node:http';
import { createHash } from 'node:crypto';
import { ServiceError } from './call.js';

/** Far more than a state file or a test image needs. */
const largestBody = 64 * 2 ** 20;

/**
 * Reads a request's body.
 * @throws {ServiceError} where it is too large, or its encoding or its MD5 is wrong
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too large is read to its end, so that the client reads the answer, but not kept.
    if (size <= largestBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > largestBody)
    throw new ServiceError('EntityTooLarge', `the sandbox takes bodies of up to ${largestBody / 2 ** 20} MiB`, 413);
  const sent = Buffer.concat(chunks);
  const body = isChunked(request) ? decodeChunks(sent) : sent;
  const md5 = request.headers['content-md5'];
  if (typeof md5 === 'string' && md5 !== createHash('md5').update(body).digest('base64'))
    throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  return body;
}

function isChunked({ headers }: IncomingMessage): boolean {
  const hash = headers['x-amz-content-sha256'];
  return typeof hash === 'string' && hash.startsWith('STREAMING-');
}

/**
 * Takes S3's own chunks apart: `SIZE;chunk-signature=...`, the bytes, and at the end trailers.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
function decodeChunks(sent: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = sent.indexOf('\r\n', at);
    const size = end < 0 ? NaN : parseInt(sent.subarray(at, Math.min(end, at + 16)).toString('latin1'), 16);
    if (!(size >= 0) || end + 2 + size > sent.length)
      throw new ServiceError('IncompleteBody', 'The request body is no sequence of signed chunks');
    if (size === 0) return Buffer.concat(parts);
    parts.push(sent.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
