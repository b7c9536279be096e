/** CRC-32 as gzip has it, which frames of an event stream carry twice. */
function checksum(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A header whose value is a text: the length of its name in one byte, the type 7, the length of its value in two. */
function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

/**
 * One event of an event stream.
 * @param type as the model names it; `initial-response` is the first of the JSON protocols
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function frame(type: string, payload: object): Buffer {
  const headers = Buffer.concat([
    header(':message-type', 'event'),
    header(':event-type', type),
    header(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const lengths = Buffer.concat([number(headers.length + body.length + 16), number(headers.length)]);
  const message = Buffer.concat([lengths, number(checksum(lengths)), headers, body]);
  return Buffer.concat([message, number(checksum(message))]);
}
