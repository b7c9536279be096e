import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCertificateAuthority, populate, startSandbox, type CertificateAuthority } from '@postern/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findTools } from '../src/find-tools.js';
import { openStage } from '../src/stage.js';
import type { FoundTools } from '../src/tools.js';
import { openWarmClient, type WarmClient } from '../src/warm/warm-client.js';
import { openWarmClients } from '../src/warm/warm-clients.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-warm-'));
const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const required = (process.env['POSTERN_REQUIRE'] ?? '').split(',');
const tools: FoundTools = await findTools({}, process.env, ['aws', 'aws-1', 'sam']);
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (): string => {
  const made = join(folder, String((count += 1)));
  mkdirSync(made);
  return made;
};

test('what is required is there', () => {
  if (required.includes('aws')) expect(tools.aws).toBeDefined();
  expect(typeof python).toBe('boolean');
});

/** A client with every way to end. */
const client = `#!/usr/bin/env python3
import atexit, os, signal, sys, threading, time
import json as named

state = []

def main():
    words = sys.argv[1:]
    state.append(len(state))
    print('argv', words, 'state', state, 'cwd', os.getcwd(), 'given', os.environ.get('GIVEN'), 'name', __name__)
    if words == ['--version']:
        return 0
    if words[0] == 'exit':
        sys.exit(eval(words[1]))
    if words[0] == 'raise':
        raise ValueError('a reason')
    if words[0] == 'signal':
        sys.stdout.flush()
        os.kill(os.getpid(), getattr(signal, words[1]))
        time.sleep(5)
    if words[0] == 'interrupt':
        raise KeyboardInterrupt()
    if words[0] == 'much':
        sys.stdout.write('x' * 3000000)
        sys.stderr.write('y' * 3000000)
    if words[0] == 'thread':
        threading.Thread(target=lambda: (time.sleep(0.3), print('of a thread'))).start()
        atexit.register(lambda: print('at the end'))
    if words[0] == 'read':
        print('read', repr(sys.stdin.read()), sys.stdin.isatty(), sys.stdout.isatty())
    if words[0] == 'text':
        print('ü', sys.stdout.encoding, sys.stderr.encoding, sys.path[0] == os.path.dirname(os.path.realpath(sys.argv[0])))
        print('ü', file=sys.stderr)
    if words[0] == 'child':
        os.system('echo from a child; echo and its error >&2')
    if words[0] == 'leave':
        if os.fork() == 0:
            if words[1] == 'apart':
                os.setsid()
            os.execvp('sleep', ['sleep', words[2]])
        time.sleep(1)
    if words[0] == 'sleep':
        print('asleep', os.getpid(), flush=True)
        time.sleep(float(words[1]))

if __name__ == '__main__':
    sys.exit(main())
`;

function write(text: string, name = 'client'): string {
  const path = join(fresh(), name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, GIVEN: 'this' };
const open: WarmClient[] = [];
const warm = async (path: string) => {
  const opened = await openWarmClient(path, [['--version']], Object.keys(environment), join(fresh(), 'warm'));
  open.push(opened);
  return opened;
};
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const plainly = (path: string, args: readonly string[]): Ended => {
  const { status, signal, stdout, stderr } = spawnSync(path, args, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  return { code: status, signal, stdout, stderr };
};

async function forked(opened: WarmClient, args: readonly string[]): Promise<Ended> {
  const program = opened.start(args, { cwd: folder, env: environment })!;
  let [stdout, stderr] = ['', ''];
  program.stdout!.setEncoding('utf8').on('data', (text) => (stdout += text));
  program.stderr!.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ending = await program.exited;
  await Promise.race([program.drained, wait(10_000)]);
  return { code: ending.code, signal: ending.signal, stdout, stderr };
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

async function gone(pid: number): Promise<boolean> {
  for (let times = 0; times < 200 && isRunning(pid); times += 1) await wait(50);
  return !isRunning(pid);
}

describe.runIf(python)('a client that is loaded once and forked for each command', () => {
  test('ends and speaks as one that is started, and keeps nothing of other commands', async () => {
    const path = write(client);
    const opened = await warm(path);
    const commands = [
      ['exit', '0'],
      ['exit', '3'],
      ['exit', '255'],
      ['exit', '-1'],
      ['exit', '256 + 7'],
      ['exit', 'None'],
      ['exit', '"a text"'],
      ['raise'],
      ['interrupt'],
      ['signal', 'SIGTERM'],
      ['signal', 'SIGKILL'],
      ['thread'],
      ['read'],
      ['text'],
      ['child'],
      ['much'],
      ['a b', "c'd", '', '\n', 'ü'],
    ];
    for (const args of commands) expect(await forked(opened, args), args.join(' ')).toEqual(plainly(path, args));
    const together = await Promise.all(commands.map((args) => forked(opened, args)));
    expect(together.map(({ stdout }) => stdout)).toEqual(commands.map((args) => plainly(path, args).stdout));
  });

  test('what its modules keep of the environment is that of the command', async () => {
    const keeps = `state = []
named.path = os.path.join(os.environ['HOME'], '.kept')
named.listed = [{'home': os.environ['HOME']}]
class Keeps:
    path = os.path.expanduser('~/kept')
    def default(self, given=path, other=1):
        return given
def within(home):
    return lambda: home
named.Keeps, named.within = Keeps, within(os.environ['HOME'])
`;
    const said = 'named.path, named.listed, named.Keeps.path, named.Keeps().default(), named.within()';
    const path = write(client.replace('state = []\n', keeps).replace("'cwd', os.getcwd()", said));
    const opened = await warm(path);
    const ended = await forked(opened, ['exit', '0']);
    expect(ended).toEqual(plainly(path, ['exit', '0']));
    expect(ended.stdout.split(folder)).toHaveLength(6);
    const other = { ...environment, MORE: 'than it was loaded for' };
    expect(opened.start(['exit', '0'], { cwd: folder, env: other })).toBeUndefined();
  });

  test('is found behind what starts it', async () => {
    const path = write(client);
    const shim = write(`#!/bin/sh\nexec python3 ${path} "$@"\n`);
    expect(await forked(await warm(shim), ['exit', '4'])).toEqual(plainly(shim, ['exit', '4']));
  });

  test.each([
    ['no Python at all', '#!/bin/sh\necho client 1\n', /no program of Python/],
    [
      'a thread from its start',
      `${client.replace('state = []', 'state = []\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()')}`,
      /threads/,
    ],
    [
      'a variable that it keeps where no other can be put',
      client.replace('state = []', 'state = []\nnamed.kept = frozenset([os.environ.get("HOME")])'),
      /json\.kept keeps/,
    ],
    [
      'a script that fails to load',
      client.replace('state = []', 'if __name__ != "__main__": raise ValueError()'),
      /ended while/,
    ],
  ])('is refused with %s', async (_, text, why) => {
    await expect(warm(write(text))).rejects.toThrow(why);
  });

  test('is ended with everything that it started, and with what forks it', async () => {
    const path = write(client);
    const opened = await warm(path);
    const start = async () => {
      const program = opened.start(['sleep', '600'], { cwd: folder, env: environment })!;
      let text = '';
      for await (const chunk of program.stdout!) if ((text += String(chunk)).includes('asleep')) break;
      return { program, pid: Number(/asleep (\d+)/.exec(text)![1]) };
    };
    const first = await start();
    await first.program.end('SIGTERM', 2000);
    expect(await first.program.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(isRunning(first.pid)).toBe(false);
    const second = await start();
    await opened.close();
    expect((await second.program.exited).signal).toBe('SIGKILL');
    expect(await gone(second.pid)).toBe(true);
    expect(opened.start(['exit', '0'], { cwd: folder, env: environment })).toBeUndefined();
  });

  test.each(['together', 'apart'])('what a command leaves running %s is found and ended', async (how) => {
    const opened = await warm(write(client));
    const program = opened.start(['leave', how, '98765'], { cwd: folder, env: environment })!;
    program.stdout!.resume();
    program.stderr!.resume();
    expect(await program.exited).toEqual({ code: 0, signal: null });
    await program.end('SIGTERM', 2000);
    await Promise.race([program.drained, wait(10_000)]);
    expect(spawnSync('pgrep', ['-f', '^sleep 98765$'], { encoding: 'utf8' }).stdout).toBe('');
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('nothing is left where its owner ends by %s', async (signal) => {
    const place = fresh();
    const owner = join(place, 'owner.mts');
    const module = new URL('../src/warm/warm-client.ts', import.meta.url).href;
    writeFileSync(
      owner,
      `const { openWarmClient } = await import(${JSON.stringify(module)});
const opened = await openWarmClient(${JSON.stringify(write(client))}, [['--version']], ['PATH'], ${JSON.stringify(join(place, 'warm'))});
const program = opened.start(['sleep', '600'], { cwd: ${JSON.stringify(place)}, env: { PATH: process.env.PATH } });
program.stdout.on('data', (chunk) => process.stdout.write(chunk));
`,
    );
    const flags = ['--conditions=@postern/source', '--import', 'tsx', owner];
    const cwd = new URL('..', import.meta.url);
    const child = spawn(process.execPath, flags, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    for await (const chunk of child.stdout) if ((text += String(chunk)).includes('\n')) break;
    const pid = Number(/asleep (\d+)/.exec(text)![1]);
    expect(isRunning(pid)).toBe(true);
    child.kill(signal);
    expect(await gone(pid)).toBe(true);
  });
});

/** A client of many modules, which load one another, look at what they are given to write to, and put others there. */
const modules = {
  client: `#!/usr/bin/env python3
import sys
if __name__ == '__main__':
    command = __import__('command_' + sys.argv[1])
    print(command.inner.WORDS, command.outer.WORDS, 'made_up' in sys.modules)
`,
  'command_one.py': 'import outer, inner\n',
  'command_two.py': 'import outer, inner, later\n',
  'outer.py': "WORDS = ['outer']\nimport inner\nfrom inner import TAKEN\n",
  'inner.py': 'from outer import WORDS as TAKEN\nWORDS = TAKEN + ["inner"]\n',
  'later.py': `import sys, types
sys.modules['made_up'] = types.ModuleType('made_up')
def write(stream=sys.stderr.reconfigure(encoding='utf-8')):
    pass
`,
};

test.runIf(python)('a client whose modules load one another is loaded with those of each command', async () => {
  const place = fresh();
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(place, name), text, { mode: 0o755 });
  const path = join(place, 'client');
  const trials = [['one'], ['two']];
  const opened = await openWarmClient(path, trials, Object.keys(environment), join(fresh(), 'warm'));
  open.push(opened);
  for (const words of [['one'], ['two']]) {
    const plain = plainly(path, words);
    expect(plain.code).toBe(0);
    // What another command has loaded is there too.
    expect(await forked(opened, words)).toEqual({ ...plain, stdout: plain.stdout.replace('False', 'True') });
  }
  for (const name of Object.keys(modules).filter((one) => one.endsWith('.py'))) rmSync(join(place, name));
  expect((await forked(opened, ['two'])).code).toBe(0);
});

const awsCommands = [
  ['--version'],
  ['sts', 'get-caller-identity'],
  ['s3', 'cp', 'page.html', 's3://shop/page.html', '--no-progress'],
  ['s3', 'ls', 's3://shop'],
  ['s3', 'rm', 's3://shop/page.html'],
  ['ecr', 'get-authorization-token'],
  ['sts', 'get-nothing'],
  ['s3api', 'get-object'],
  ['s3', 'cp', 'missing', 's3://shop/missing'],
  ['s3', 'cp', 's3://shop/missing', 'missing'],
];

const sam = ['--region', 'eu-west-1', '--template-file', 'template.json', '--no-progressbar'];
const samCommands = [
  ['--version'],
  ['deploy', ...sam, '--stack-name', 'app', '--s3-bucket', 'shop'],
  ['deploy', ...sam, '--stack-name', 'app', '--s3-bucket', 'shop', '--no-fail-on-empty-changeset'],
  ['deploy', ...sam, '--stack-name', 'app-2', '--s3-bucket', 'shop', '--tags', 'team=web', '--no-execute-changeset'],
  ['deploy', '--help'],
  ['deploy', ...sam, '--stack-name', 'app', '--resolve-s3'],
  ['delete', '--no-prompts', '--stack-name', 'app', '--region', 'eu-west-1'],
  ['deploy', '--stack-name'],
];

/** What is run of each client, how the first commands end, and what the sixth may not do. */
const clientsAndCommands = [
  ['aws', awsCommands, [0, 0, 0, 0, 1], 'ecr:GetAuthorizationToken'],
  ['aws-1', awsCommands, [0, 0, 0, 0, 1], 'ecr:GetAuthorizationToken'],
  ['sam', samCommands, [0, 0, 0, 0, 0], 'cloudformation:CreateChangeSet'],
] as const;

describe.each(clientsAndCommands)('the client %s', (name, commands, codes, refused) => {
  const found = tools[name];
  let authority: CertificateAuthority;
  beforeAll(async () => {
    authority = await createCertificateAuthority();
  });

  /** What comes of commands, and what the sandbox was asked. */
  async function run(forks: boolean) {
    const place = fresh();
    const sandbox = await startSandbox({ place: { account: '123456789012', region: 'eu-west-1' }, authority });
    const Statement = [
      { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject', 's3:PutObject'], Resource: '*' },
      { Effect: 'Allow', Action: ['sts:GetCallerIdentity'], Resource: '*' },
      { Effect: 'Allow', Action: ['cloudformation:*'], Resource: ['*:stack/app*/*', '*:transform/*'] },
    ] as const;
    const credentials = sandbox.principals.add({
      policies: [{ Version: '2012-10-17', Statement }],
      kind: 'role',
      name: 'ci',
    });
    await populate(sandbox.world, { buckets: [{ name: 'shop' }] });
    const clients = forks ? openWarmClients(tools, place) : undefined;
    const stage = await openStage(sandbox, credentials, place, tools, 60_000, clients);
    stage.write('page.html', '<p>shop</p>');
    const Resources = { Code: { Type: 'AWS::Lambda::Function', Properties: { Code: 'code' } } };
    stage.write('template.json', JSON.stringify({ Resources }));
    stage.write('code/index.js', '');
    const env = { SAM_CLI_TELEMETRY: '0', SAM_CLI_POLL_DELAY: '0.1', NO_COLOR: '1' };
    try {
      const outcomes = [];
      for (const command of commands) outcomes.push(await stage.run(name, command, { env }));
      const asked = sandbox.log.entries.map(({ service, operation, status, checks }) =>
        JSON.stringify([service, operation, status, checks.map(({ action, resource }) => [action, resource])]),
      );
      const plain = (text: string) =>
        text
          .replaceAll(place, 'FOLDER')
          .replace(/[0-9A-F]{16}|[0-9a-f-]{36}/g, 'ID')
          .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|(?<=deploy)\d{10}/g, 'TIME');
      return {
        outcomes: outcomes.map(({ code, stdout, stderr }) => ({ code, stdout: plain(stdout), stderr: plain(stderr) })),
        // How often a client asks until something is done depends on the weather.
        asked: [...new Set(asked)],
        served: [...(clients?.served ?? [])],
        refused: [...(clients?.refused ?? [])],
        accidents: stage.accidents,
      };
    } finally {
      await stage.close();
      await clients?.close();
      await sandbox.close();
    }
  }

  test.runIf(found !== undefined)('asks and answers the same both ways', async () => {
    const [plain, forked] = [await run(false), await run(true)];
    expect(forked.refused).toEqual([]);
    expect(forked.served).toEqual([name]);
    expect({ ...forked, served: [] }).toEqual(plain);
    expect(plain.outcomes.map(({ code }) => code).slice(0, 5)).toEqual(codes);
    expect(plain.outcomes[5]!.stderr).toContain(`not authorized to perform: ${refused}`);
    expect(plain.asked.length).toBeGreaterThan(5);
  });

  test.runIf(found !== undefined)('is started as usual with what Python reads at its start', async () => {
    const clients = openWarmClients(tools, fresh());
    const env = { ...environment, PYTHONWARNINGS: 'ignore' };
    expect(await clients.start(name, ['--version'], { cwd: folder, env })).toBeUndefined();
    await clients.close();
  });
});

test('a client that cannot be loaded once is started as usual, and it is said why', async () => {
  const path = write('#!/bin/sh\necho "aws-cli/2.0.0"\n', 'aws');
  const clients = openWarmClients({ aws: { path, version: '2.0.0' } }, fresh());
  expect(await clients.start('aws', ['--version'], { cwd: folder, env: environment })).toBeUndefined();
  expect([...clients.refused]).toEqual([['aws', 'it is no program of Python 3.10 or later']]);
  expect(existsSync(path)).toBe(true);
  await clients.close();
});
