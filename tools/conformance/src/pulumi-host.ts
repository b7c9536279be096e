import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import grpc from '@grpc/grpc-js';

/** A resource that a program registered with the engine. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Messages = Record<string, new () => Record<string, (...values: never[]) => unknown>>;
interface HostCall {
  readonly request: {
    getType(): string;
    getName(): string;
    getTok(): string;
    getSeverity(): number;
    getMessage(): string;
    getObject(): { toJavaScript(): Record<string, unknown> };
  };
}
type Callback = (error: null, response: unknown) => void;

/**
 * Runs a Pulumi program with the real language host of `@pulumi/pulumi` against a small engine that registers whatever it
 * is told and answers for the provider's place.
 * @param folder holds `Pulumi.yaml`, the program and `node_modules`
 * @param program the Node that runs it
 */
export async function runPulumiProgram(
  folder: string,
  program = process.execPath,
): Promise<{ code: number | null; output: string; resources: Registered[] }> {
  const require = createRequire(pathToFileURL(join(folder, 'package.json')));
  const proto = (name: string): Messages => require(`@pulumi/pulumi/proto/${name}_pb.js`) as Messages;
  const services = (name: string) =>
    require(`@pulumi/pulumi/proto/${name}_grpc_pb.js`) as Record<string, grpc.ServiceDefinition>;
  const { Struct } = require('google-protobuf/google/protobuf/struct_pb.js') as {
    Struct: { fromJavaScript(value: unknown): unknown };
  };
  const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js') as { Empty: new () => unknown };
  const [resource, provider, engine] = [proto('resource'), proto('provider'), proto('engine')];
  const make = (messages: Messages, name: string, fields: Record<string, unknown>) => {
    const message = new messages[name]!();
    for (const [field, value] of Object.entries(fields)) message[`set${field}`]!(value as never);
    return message;
  };
  const resources: Registered[] = [];
  let errors = '';
  const place: Record<string, unknown> = {
    'aws:index/getCallerIdentity:getCallerIdentity': { accountId: '123456789012', id: 'x' },
    'aws:index/getRegion:getRegion': { region: 'eu-west-1', id: 'eu-west-1' },
    'aws:index/getPartition:getPartition': { partition: 'aws', id: 'aws' },
  };
  const server = new grpc.Server();
  const empty = (_: HostCall, callback: Callback) => callback(null, new Empty());
  server.addService(services('resource')['ResourceMonitorService']!, {
    supportsFeature: (_: HostCall, callback: Callback) =>
      callback(null, make(resource, 'SupportsFeatureResponse', { Hassupport: true })),
    registerResource: ({ request }: HostCall, callback: Callback) => {
      const inputs = request.getObject().toJavaScript();
      const [type, name] = [request.getType(), request.getName()];
      resources.push({ type, name, inputs });
      const state = { ...inputs, arn: `arn:aws:made:eu-west-1:123456789012:${name}` };
      const known =
        type === 'aws:dynamodb/table:Table'
          ? `arn:aws:dynamodb:eu-west-1:123456789012:table/${String(inputs['name'])}`
          : state.arn;
      const arn =
        type === 'aws:ecr/repository:Repository'
          ? `arn:aws:ecr:eu-west-1:123456789012:repository/${String(inputs['name'])}`
          : known;
      callback(
        null,
        make(resource, 'RegisterResourceResponse', {
          Urn: `urn:pulumi:dev::project::${type}::${name}`,
          Id: name,
          Object: Struct.fromJavaScript({ ...state, arn }),
        }),
      );
    },
    registerResourceOutputs: empty,
    signalAndWaitForShutdown: empty,
    registerPackage: (_: HostCall, callback: Callback) =>
      callback(null, make(resource, 'RegisterPackageResponse', { Ref: 'ref' })),
    invoke: ({ request }: HostCall, callback: Callback) =>
      callback(
        null,
        make(provider, 'InvokeResponse', { Return: Struct.fromJavaScript(place[request.getTok()] ?? {}) }),
      ),
  } as never);
  server.addService(services('engine')['EngineService']!, {
    // 2 is a warning, 3 an error: what stands here is what a user sees in red.
    log: (call: HostCall, callback: Callback) => {
      if (call.request.getSeverity() >= 2) errors += call.request.getMessage();
      empty(call, callback);
    },
    getRootResource: (_: HostCall, callback: Callback) =>
      callback(null, make(engine, 'GetRootResourceResponse', { Urn: '' })),
    setRootResource: (_: HostCall, callback: Callback) => callback(null, make(engine, 'SetRootResourceResponse', {})),
  } as never);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  try {
    const { code, output } = await runHost(
      existsSync(join(folder, 'index.ts')) && !existsSync(join(folder, 'index.js')),
      program,
      folder,
      require.resolve('@pulumi/pulumi/cmd/run/index.js'),
      port,
    );
    return { code, output: output + errors, resources };
  } finally {
    server.forceShutdown();
  }
}

function runHost(
  typescript: boolean,
  program: string,
  folder: string,
  host: string,
  port: number,
): Promise<{ code: number | null; output: string }> {
  const address = `127.0.0.1:${port}`;
  const args = [
    `--monitor=${address}`,
    `--engine=${address}`,
    '--project=project',
    '--stack=dev',
    '--organization=o',
    '--parallel=8',
    `--pwd=${folder}`,
    '.',
  ];
  const child = spawn(program, [host, ...args], {
    cwd: folder,
    // As the engine's own launcher of programs says it: TypeScript is compiled on the way.
    env: {
      ...process.env,
      PULUMI_CONFIG: '{}',
      PULUMI_NODEJS_TYPESCRIPT: String(typescript),
      PULUMI_NODEJS_TRANSPILE_ONLY: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
