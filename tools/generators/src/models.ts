import { createRequire } from 'node:module';
import { NormalizedSchema } from '@smithy/core/schema';
import { readShape, type SmithySchema, type ShapeTable } from './model-shapes.js';

/** An operation as the sandbox needs it: how its request is told from others, and what stands where in it. */
interface WrittenOperation {
  readonly http?: string;
  readonly status?: number;
  readonly needs?: readonly string[];
  readonly input?: string;
  readonly output?: string;
}

/** What AWS publishes about a service, reduced. */
export interface WrittenModel {
  readonly source: string;
  readonly protocol: string;
  readonly id: string;
  readonly signing: string;
  readonly endpoint: string;
  readonly version: string;
  readonly target: string;
  readonly namespace?: string;
  readonly operations: Readonly<Record<string, WrittenOperation>>;
  readonly shapes: Readonly<ShapeTable>;
}

/** The part of a client of the AWS SDK that says what it speaks. */
interface ClientConfig {
  readonly serviceId: string;
  readonly defaultSigningName: string;
  readonly apiVersion: string;
  readonly protocol: { readonly constructor: { readonly name: string } };
  readonly protocolSettings: { readonly serviceTarget: string; readonly xmlNamespace?: string };
  endpointProvider(place: object): { readonly url: URL };
}

type OperationSchema = readonly [
  9,
  string,
  string,
  { readonly http?: readonly [string, string, number] },
  Thunk,
  Thunk,
];
type Thunk = () => SmithySchema;

const protocols: readonly (readonly [RegExp, string])[] = [
  [/^AwsJson1_0/, 'json-1.0'],
  [/^AwsJson1_1/, 'json-1.1'],
  [/^AwsQuery/, 'query'],
  [/^AwsEc2Query/, 'ec2'],
  [/RestXml/, 'rest-xml'],
  [/RestJson/, 'rest-json'],
];

/**
 * Reads the model of a service from the client of the AWS SDK for JavaScript that is made from it.
 * @param from the file of the package that depends on the client
 * @param served the operations whose requests and answers are described; of all others, only how they are told
 * @throws {Error} where the client has no such operation, or speaks what is not known
 */
export function readModel(from: URL, client: string, served: readonly string[]): WrittenModel {
  // The SDK warns of the Node versions it will support later.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const require = createRequire(from);
  const sdk = require(client) as Readonly<Record<string, unknown>>;
  const { version } = require(`${client}/package.json`) as { version: string };
  const config = configOf(sdk);
  const known = Object.values(sdk)
    .filter((one): one is OperationSchema => Array.isArray(one) && one[0] === 9)
    .sort(([, , a], [, , b]) => (a < b ? -1 : 1));
  const missing = served.filter((name) => !known.some(([, , other]) => other === name));
  if (missing.length > 0)
    throw new Error(`\`${client}\` has no operation ${missing.map((one) => `\`${one}\``).join(', ')}`);
  const protocol = protocols.find(([pattern]) => pattern.test(config.protocol.constructor.name))?.[1];
  if (protocol === undefined)
    throw new Error(`\`${client}\` speaks \`${config.protocol.constructor.name}\`, which is not known`);
  const shapes: ShapeTable = {};
  const { serviceTarget, xmlNamespace } = config.protocolSettings;
  return {
    source: `Reduced by \`npm run generate\` from ${client} ${version}, Apache-2.0, Copyright Amazon.com, Inc. or its affiliates`,
    protocol,
    id: config.serviceId,
    signing: config.defaultSigningName,
    endpoint: endpointOf(config),
    version: config.apiVersion,
    target: serviceTarget,
    ...(xmlNamespace === undefined ? {} : { namespace: xmlNamespace }),
    operations: Object.fromEntries(
      known.map((schema) => [schema[2], readOperation(schema, served.includes(schema[2]) ? shapes : undefined)]),
    ),
    shapes,
  };
}

function configOf(sdk: Readonly<Record<string, unknown>>): ClientConfig {
  const name = Object.keys(sdk).find((one) => /^[A-Za-z0-9]+Client$/.test(one))!;
  const Client = sdk[name] as new (settings: object) => { readonly config: ClientConfig };
  return new Client({ region: 'eu-west-1' }).config;
}

const endpointOf = (config: ClientConfig) =>
  config
    .endpointProvider({ Region: 'eu-west-1', UseFIPS: false, UseDualStack: false })
    .url.host.replace(/(?:\.eu-west-1)?\.amazonaws\.com$/, '');

function readOperation(
  [, , , traits, input, output]: OperationSchema,
  shapes: ShapeTable | undefined,
): WrittenOperation {
  const [method, uri, status] = traits.http ?? [];
  const needs = method === undefined ? [] : required(input(), uri!);
  return {
    // `x-id` tells a reader of logs what the request is, and may be left out.
    ...(method === undefined ? {} : { http: `${method} ${uri!.replace(/[?&]x-id=\w+$/, '')}` }),
    ...(status === undefined || status === 200 || shapes === undefined ? {} : { status }),
    ...(needs.length === 0 ? {} : { needs }),
    ...(shapes === undefined ? {} : { input: readShape(input(), shapes), output: readShape(output(), shapes) }),
  };
}

/** Without these a request is another one: `?uploadId`, `x-amz-copy-source`, and `{Bucket}` where the host has it. */
function required(schema: SmithySchema, uri: string): string[] {
  if (!Array.isArray(schema)) return [];
  const needed = (schema[6] as number | undefined) ?? 0;
  return [...NormalizedSchema.of(schema).structIterator()].flatMap(([name, member], index) => {
    const { httpQuery, httpHeader, httpLabel } = member.getMergedTraits();
    if (httpLabel) return uri.includes(`{${name}}`) || uri.includes(`{${name}+}`) ? [] : [`{${name}}`];
    if (index >= needed) return [];
    return [
      ...(httpQuery === undefined ? [] : [`?${httpQuery}`]),
      ...(httpHeader === undefined ? [] : [httpHeader.toLowerCase()]),
    ];
  });
}
