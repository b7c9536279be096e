import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const program = new URL('../dist/postern.cjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'postern-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isThere = (name: string) => spawnSync(name, ['--version']).error === undefined;
const terraform = ['terraform', 'tofu'].find(isThere);
const python = isThere('python3');

const configuration = `terraform {
  backend "s3" {
    bucket       = "acme-state"
    key          = "app.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}

resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch started; sleep 120"
  }
}
`;

/** Runs a command at a terminal of its own, and types Ctrl-C there once the apply has begun; then it ends as the command. */
const atTerminal = `
import os, pty, select, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
typed = False
while True:
    if select.select([terminal], [], [], 0.05)[0]:
        try:
            if not os.read(terminal, 65536): break
        except OSError:
            break
    if not typed and os.path.exists('started'):
        typed = True
        os.write(terminal, b'\\x03')
status = os.waitpid(pid, 0)[1]
if os.WIFSIGNALED(status):
    os.kill(os.getpid(), os.WTERMSIG(status))
sys.exit(os.WEXITSTATUS(status))
`;

let count = 0;

async function applyAndInterrupt(command: 'record' | 'sandbox', how: 'signal' | 'terminal') {
  const place = join(folder, `run-${(count += 1)}`);
  mkdirSync(place);
  writeFileSync(join(place, 'main.tf'), configuration);
  const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  writeFileSync(join(place, 'policy.json'), JSON.stringify({ Version: '2012-10-17', Statement: all }));
  const script = `${terraform} init -input=false && exec ${terraform} apply -auto-approve -input=false`;
  const flags = command === 'sandbox' ? ['--policy', 'policy.json'] : [];
  const run = [process.execPath, program, command, ...flags, '--', 'sh', '-c', script];
  const [first, ...rest] = how === 'terminal' ? ['python3', '-c', atTerminal, ...run] : run;
  const env = { ...process.env, TMPDIR: place, TF_LOG: 'debug', TF_LOG_PATH: join(place, 'terraform.log') };
  const child = spawn(first!, rest, { cwd: place, env, stdio: 'ignore' });
  const ended = endOf(child);
  if (how === 'signal') {
    for (let tries = 0; !existsSync(join(place, 'started')) && child.exitCode === null && tries < 2400; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    child.kill('SIGINT');
  }
  return { ending: await ended, log: readFileSync(join(place, 'terraform.log'), 'utf8'), left: readdirSync(place) };
}

function endOf(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
}

test('terraform is there where it is required', () => {
  const required = (process.env['POSTERN_REQUIRE'] ?? '').split(',');
  if (required.includes('terraform')) expect({ terraform, python }).toEqual({ terraform: 'terraform', python: true });
  expect(['terraform', 'tofu', undefined]).toContain(terraform);
});

describe.skipIf(terraform === undefined).each([
  ['record', 'signal'],
  ['sandbox', 'signal'],
  ['record', 'terminal'],
  ['sandbox', 'terminal'],
] as const)('postern %s -- terraform apply, ended by a %s', (command, how) => {
  test.skipIf(how === 'terminal' && !python)(
    'terraform gives its lock back before it is ended',
    async () => {
      const { ending, log, left } = await applyAndInterrupt(command, how);
      expect(left).toContain('started');
      expect(ending).toBe('SIGINT');
      expect(log).toMatch(/app\.tfstate\.tflock rpc\.method=PutObject/);
      const deleted = log
        .split('\n')
        .filter((line) => line.includes('rpc.method=DeleteObject') && line.includes('.tflock'));
      expect(deleted.filter((line) => line.includes('HTTP Response Received'))).toHaveLength(1);
      expect(deleted.find((line) => line.includes('HTTP Response Received'))).toContain('http.status_code=204');
      expect(left.filter((name) => name.startsWith('postern-'))).toEqual([]);
    },
    120_000,
  );
});
