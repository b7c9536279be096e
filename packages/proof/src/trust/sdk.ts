import { createInterface } from 'node:readline';
import { startGroup } from '@postern/sandbox';

/**
 * One question a line, one answer a line. Each is a session of its own, which knows nothing but its environment: so the SDK
 * finds role and token as it does in a job.
 */
const program = `
import json, os, sys
import boto3, botocore.session
from botocore.exceptions import ClientError

kept = {name: value for name, value in os.environ.items() if not name.startswith('AWS_')}
loader = botocore.session.get_session().get_component('data_loader')

def ask(asked):
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(asked['environment'])
    core = botocore.session.Session()
    core.register_component('data_loader', loader)
    session = boto3.session.Session(botocore_session=core)
    if 'assume' in asked:
        answer = session.client('sts').assume_role(**asked['assume'])
        return {'role': answer['AssumedRoleUser']['Arn']}
    found = session.get_credentials()
    if found is None:
        return {'broken': 'the SDK found no credentials'}
    found.get_frozen_credentials()
    out = {'method': found.method}
    if 'secret' in asked:
        out['secret'] = session.client('secretsmanager').get_secret_value(SecretId=asked['secret'])['SecretString']
    return out

for line in sys.stdin:
    try:
        out = ask(json.loads(line))
    except ClientError as error:
        out = {'refused': error.response['Error'].get('Code', ''), 'message': str(error)}
    except Exception as error:
        out = {'broken': type(error).__name__ + ': ' + str(error)}
    print(json.dumps(out, default=str), flush=True)
`;

/** A session that is asked for, in an environment. */
export interface SdkQuestion {
  readonly environment: Readonly<Record<string, string>>;
  /** The input of AssumeRole, where the caller has keys; else the environment names a role and a token. */
  readonly assume?: Readonly<Record<string, unknown>>;
  /** A secret to read with what was got. */
  readonly secret?: string;
}

/** What came of it. */
export interface SdkAnswer {
  /** The code of AWS's refusal. */
  readonly refused?: string;
  readonly message?: string;
  readonly secret?: string;
  /** How the SDK found its credentials. */
  readonly method?: string;
  /** What kept it from asking: nothing is shown by it. */
  readonly broken?: string;
}

/** AWS's SDK for Python, in one process. */
export interface Sdk {
  ask(question: SdkQuestion): Promise<SdkAnswer>;
  close(): Promise<void>;
}

/**
 * Starts boto3.
 * @param path of a Python that has it
 */
export function openSdk(path: string): Sdk {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const group = startGroup(path, ['-c', program], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: SdkAnswer) => void)[] = [];
  createInterface({ input: group.child.stdout! }).on('line', (line) =>
    waiting.shift()?.(JSON.parse(line) as SdkAnswer),
  );
  group.child.stdin!.on('error', () => undefined);
  void group.exited.then(() => {
    for (const answer of waiting.splice(0)) answer({ broken: 'it ended before it answered' });
  });
  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (group.child.exitCode !== null) return resolve({ broken: 'it has ended' });
        waiting.push(resolve);
        group.child.stdin!.write(`${JSON.stringify(question)}\n`);
      }),
    async close() {
      await group.end('SIGTERM', 500);
      group.forget();
    },
  };
}
