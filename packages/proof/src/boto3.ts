import { createInterface } from 'node:readline';
import { services, startGroup, type SendCall } from '@postern/sandbox';

/** One call a line, one answer a line: the caller, the service and the operation by its name in AWS's models. */
const program = `
import base64, json, sys
import boto3, botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

# The models of services as they are read: each session would read them anew.
loader = botocore.session.get_session().get_component('data_loader')
settings = Config(retries={'total_max_attempts': 1}, s3={'addressing_style': 'path'})

def read(value):
    if isinstance(value, dict):
        if set(value) == {'$bytes'}:
            return base64.b64decode(value['$bytes'])
        return {name: read(one) for name, one in value.items()}
    return [read(one) for one in value] if isinstance(value, list) else value

def send(asked):
    core = botocore.session.get_session()
    core.register_component('data_loader', loader)
    session = boto3.session.Session(botocore_session=core, **asked['caller'])
    client = session.client(asked['service'], endpoint_url=asked['endpoint'], config=settings)
    answer = getattr(client, xform_name(asked['operation']))(**read(asked['input']))
    answer.pop('ResponseMetadata', None)
    return {'answer': answer}

for line in sys.stdin:
    try:
        out = send(json.loads(line))
    except ClientError as error:
        out = {'refused': error.response['Error'].get('Code', ''), 'message': str(error)}
    except Exception as error:
        out = {'broken': type(error).__name__ + ': ' + str(error)}
    print(json.dumps(out, default=str), flush=True)
`;

/** Who sends, from where, and to which sandbox. */
export interface Boto3Caller {
  readonly environment: Readonly<Record<string, string>>;
  readonly sandbox: { readonly endpoint: string };
}

/** AWS's SDK for Python, in one process that sends for many callers. */
export interface Boto3 {
  callFor(caller: Boto3Caller): SendCall;
  close(): Promise<void>;
}

interface Boto3Answer {
  readonly answer?: Record<string, unknown>;
  readonly refused?: string;
  readonly message?: string;
  readonly broken?: string;
}

/**
 * Starts boto3 at the first call.
 * @param path of a Python that has it
 */
export function openBoto3(path: string): Boto3 {
  let running: ReturnType<typeof start> | undefined;

  function start() {
    const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', AWS_EC2_METADATA_DISABLED: 'true' };
    const group = startGroup(path, ['-c', program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const waiting: { resolve(answer: Boto3Answer): void }[] = [];
    createInterface({ input: group.child.stdout! }).on('line', (line) =>
      waiting.shift()?.resolve(JSON.parse(line) as Boto3Answer),
    );
    void group.exited.then(() => {
      for (const one of waiting.splice(0)) one.resolve({ broken: 'it ended before it answered' });
    });
    return {
      group,
      ask: (asked: object) =>
        new Promise<Boto3Answer>((resolve) => {
          waiting.push({ resolve });
          group.child.stdin!.write(`${JSON.stringify(asked)}\n`);
        }),
    };
  }

  return {
    callFor:
      ({ environment, sandbox }) =>
      async (service, operation, input, place) => {
        running ??= start();
        const { answer, refused, message, broken } = await running.ask({
          service: clientOf(service),
          operation,
          input: writable(input),
          endpoint: sandbox.endpoint,
          caller: {
            aws_access_key_id: environment['AWS_ACCESS_KEY_ID'],
            aws_secret_access_key: environment['AWS_SECRET_ACCESS_KEY'],
            aws_session_token: environment['AWS_SESSION_TOKEN'],
            region_name: place?.region ?? environment['AWS_REGION'],
          },
        });
        if (broken !== undefined) throw new Error(`boto3 did not send ${service} ${operation}: ${broken}`);
        // In the shape of the other SDK's errors, so that a caller need not know which one sent.
        if (refused !== undefined) throw Object.assign(new Error(message), { name: refused, $metadata: {} });
        return answer ?? {};
      },
    async close() {
      await running?.group.end('SIGTERM', 500);
      running?.group.forget();
    },
  };
}

/** The name of a service in boto3, which is its prefix in IAM for all that are served here. */
const clientOf = (name: string) =>
  services.find(({ model }) => model?.id.replaceAll(' ', '') === name)?.name ?? name.toLowerCase();

/** Bytes have no form of their own in JSON. */
function writable(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(writable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, writable(one)]));
}
