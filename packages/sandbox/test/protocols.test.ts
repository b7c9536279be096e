import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { membersOf, type ServiceModel, type Type } from '../src/protocols/model.js';
import { queryText } from '../src/protocols/rest.js';
import type { Call, HttpRequest, Reply } from '../src/server/call.js';
import { services } from '../src/services/services.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// The generator has the clients that the models are read from.
const require = createRequire(new URL('../../../tools/generators/package.json', import.meta.url));

interface Sent {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface SdkClient {
  send(command: object): Promise<Record<string, unknown>>;
}

type SdkModule = Readonly<Record<string, new (settings: object) => SdkClient>>;

/** Members whose values the SDK reads itself: what it sends follows from them, and not the member. */
const read =
  /^(?:Checksum|ContentLength|ContentMD5|Expires|Grant|RequestToken|ClientToken|clientToken|.*SSECustomerKey|Events?$)/;

/** Members that the SDK of a service makes something else of. */
const odd = /^s3\.GetBucketLocation\.LocationConstraint$/;

/** Operations that answer with an event stream, which the service writes itself. */
const streamed = /^logs\.StartLiveTail$/;

/** A value of every member that a request may have; structures within each other end somewhere. */
function sample(model: ServiceModel, type: Type, name: string, depth = 0): unknown {
  if (typeof type === 'string') {
    if (type === 'text') return `${name.toLowerCase()}-a/b c`.slice(0, 40);
    return { number: 3, flag: true, blob: Buffer.from('bytes') }[type];
  }
  if ('list' in type) {
    const item = sample(model, type.list, name, depth + 1);
    return item === undefined ? undefined : [item];
  }
  if ('map' in type) {
    const value = sample(model, type.map, name, depth + 1);
    return value === undefined ? undefined : { key: value };
  }
  return depth > 3 ? undefined : sampleOf(model, type.is, depth + 1);
}

function sampleOf(model: ServiceModel, structure: string | undefined, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    membersOf(model, structure).flatMap(([name, { type, at }]) => {
      if (read.test(name)) return [];
      const value = sample(model, at === 'header' && typeof type === 'object' ? '' : type, name, depth);
      if (value === undefined) return [];
      // Buckets and labels are of their own form; header values have no spaces at their ends.
      return [
        [
          name,
          name === 'Bucket' && at === 'label' ? 'a-bucket' : at === 'label' && type === 'text' ? `${name}-a` : value,
        ],
      ];
    }),
  );
}

/** What the SDK sends for an input, and what it makes of an answer; without one, it is not asked. */
async function exchange(
  sdk: SdkModule,
  operation: string,
  input: object,
  answer?: Reply,
): Promise<{ sent: Sent; output: unknown }> {
  const Client = sdk[Object.keys(sdk).find((name) => /^[A-Za-z0-9]+Client$/.test(name))!]!;
  const Command = sdk[`${operation}Command`]! as unknown as new (value: object) => object;
  let sent: Sent | undefined;
  const client = new Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    forcePathStyle: true,
    maxAttempts: 1,
    requestHandler: {
      handle(request: Sent) {
        sent = request;
        if (answer === undefined) throw new Error('the request is all that is wanted');
        const body = Readable.from([Buffer.from(answer.body ?? '')]);
        return Promise.resolve({ response: { statusCode: answer.status, headers: answer.headers ?? {}, body } });
      },
    },
  });
  const output = await client.send(new Command(input)).catch((error: unknown) => error);
  if (sent === undefined || (answer !== undefined && output instanceof Error)) throw output;
  return { sent, output };
}

function httpOf({ method, hostname, path, query = {}, headers, body }: Sent): HttpRequest {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one): [string, string] => [name, String(one)]),
  );
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    host: hostname,
    path,
    query: new URLSearchParams(pairs),
    headers: flat,
    body: Buffer.from(body ?? ''),
  };
}

/** As both sides can be compared: bytes as base64, and no prototype. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_name, one: unknown) => {
      if (one instanceof Uint8Array) return Buffer.from(one).toString('base64');
      const bytes = one as { type?: string; data?: number[] } | null;
      return typeof one === 'object' && bytes?.type === 'Buffer' ? Buffer.from(bytes.data!).toString('base64') : one;
    }),
  );

const served = await Promise.all(
  services.flatMap(({ name, model, protocol, rules }) => {
    const file = new URL(`../src/services/${name}/names.ts`, import.meta.url);
    if (model === undefined || protocol === undefined || !existsSync(file)) return [];
    return [
      import(file.href).then(({ names }: { names: { client: string } }) => ({
        name,
        model,
        protocol,
        sdk: require(names.client) as SdkModule,
        operations: Object.keys(rules),
      })),
    ];
  }),
);

describe.each(served)('$name', ({ name, model, protocol, sdk, operations }) => {
  test.each(operations)('%s is read as the AWS SDK writes it', async (operation) => {
    const input = sampleOf(model, model.operations[operation]!.input);
    const http = httpOf((await exchange(sdk, operation, input)).sent);
    expect(protocol.name(model, http)).toBe(operation);
    const { input: found, odd: unknown } = protocol.read(model, operation, http);
    expect(unknown).toBeUndefined();
    expect(plain(found), name).toMatchObject(plain(input) as object);
  });

  const answered = operations.filter((operation) => !streamed.test(`${name}.${operation}`));
  test.each(answered)('%s is answered as the AWS SDK reads it', async (operation) => {
    const { input, output } = model.operations[operation]!;
    const elsewhere = membersOf(model, output).flatMap(([member, { at, type }]) =>
      at === 'status' || (at === 'payload' && type === 'blob') || odd.test(`${name}.${operation}.${member}`)
        ? [member]
        : [],
    );
    const given = Object.entries(sampleOf(model, output)).filter(([member]) => !elsewhere.includes(member));
    const reply = protocol.reply(model, operation, Object.fromEntries(given));
    const read = await exchange(sdk, operation, sampleOf(model, input), reply);
    expect(plain(read.output)).toMatchObject(plain(Object.fromEntries(given)) as object);
    // A replay reads the same.
    const body = Buffer.from(reply.body ?? '');
    const replayed = protocol.answer(model, operation, { status: reply.status, headers: reply.headers ?? {}, body });
    expect(plain('output' in replayed ? replayed.output : replayed)).toMatchObject(
      plain(Object.fromEntries(given)) as object,
    );
  });

  test.each(operations)('%s is read as a replay writes it', (operation) => {
    const input = sampleOf(model, model.operations[operation]!.input);
    const { method, path, query, headers, body } = protocol.write(model, operation, input);
    const http: HttpRequest = {
      method,
      host: 'localhost',
      path,
      query: new URLSearchParams(queryText(query)),
      headers,
      body: Buffer.from(body),
    };
    expect(protocol.name(model, http)).toBe(operation);
    expect(plain(protocol.read(model, operation, http).input)).toMatchObject(plain(input) as object);
  });
});

test('a live tail is answered in frames that the AWS SDK reads', async () => {
  const { sdk } = served.find(({ name }) => name === 'logs')!;
  const { operations } = services.find(({ name }) => name === 'logs')!;
  const answer = await operations['StartLiveTail']!({} as Call);
  const reply = 'raw' in answer ? (answer.raw as Reply) : undefined;
  const { output } = await exchange(sdk, 'StartLiveTail', { logGroupIdentifiers: ['arn'] }, reply);
  const events: unknown[] = [];
  for await (const event of (output as { responseStream: AsyncIterable<object> }).responseStream)
    events.push(...Object.keys(event));
  expect(events).toEqual(['sessionStart', 'sessionUpdate']);
});
