import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const program = new URL('../dist/postern.cjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'postern-questions-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program on a pseudo-terminal: waits for a text, types another one, and so on; prints what was shown and the exit code. */
const driver = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
steps, program = json.loads(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(program[0], program)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 200, 0, 0))
seen, at, end = b'', 0, time.time() + 20
def read():
    global seen
    if select.select([fd], [], [], 1)[0]:
        try: more = os.read(fd, 65536)
        except OSError: return False
        seen += more
        return more != b''
    return True
for wait, send in steps:
    while wait.encode() not in seen[at:] and time.time() < end and read(): pass
    at = len(seen)
    os.write(fd, send.encode())
while time.time() < end and read(): pass
if time.time() >= end: os.kill(pid, signal.SIGKILL)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({ 'code': code, 'shown': seen.decode('utf-8', 'replace') }))
`;

const ctrlC = '\u0003';
const ctrlU = '\u0015';

function onTerminal(steps: readonly (readonly [string, string])[], ...args: readonly string[]) {
  const words = ['-c', driver, JSON.stringify(steps), process.execPath, program, 'init', ...args];
  const result = JSON.parse(execFileSync('python3', words, { encoding: 'utf8', timeout: 60_000 })) as {
    code: number;
    shown: string;
  };
  return { ...result, shown: result.shown.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '') };
}

const workflow = `on: { push: { branches: [main] } }
permissions: { id-token: write }
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { role-to-assume: '\${{ secrets.ROLE }}', aws-region: '\${{ vars.REGION }}' }
      - run: aws ecs update-service --cluster main --service web --force-new-deployment
      - run: aws s3 cp a.tar s3://\${{ vars.BUCKET }}/x/a.tar
      - run: aws ssm get-parameters-by-path --path /a --recursive "$FLAGS"
`;

let count = 0;
function repository(): string {
  const root = join(folder, `repository ${(count += 1)}`);
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(join(root, '.github/workflows/a.yml'), workflow);
  return root;
}

const owner = ['owner of github-actions', 'acme\r'] as const;

describe('on a terminal', () => {
  test('what is open is asked, checked and written', () => {
    const root = repository();
    const { code, shown } = onTerminal(
      [
        owner,
        ['repository of github-actions', 'shop\r'],
        ['account, for ', '123\r'],
        ['use 12 digits', `${ctrlU}111122223333\r`],
        ['region, for ', 'eu-west-1\r'],
        ['bucket of s3-build-cache', '\r'],
      ],
      root,
    );
    expect(code).toBe(0);
    expect(shown).toContain('5 questions; Enter alone leaves one open.');
    expect(shown).toContain('It comes from vars.REGION.');
    const written = readFileSync(join(root, 'postern.yaml'), 'utf8');
    expect(written).toContain("account: '111122223333'\nregion: eu-west-1\n");
    expect(written).toContain('owner: acme\n        repository: shop\n');
    expect(written).toContain('# bucket: # required:');
    expect(shown).toContain('answer what stands in its comments, then run `postern build`.');
  });

  test('Ctrl-C in the middle writes nothing and says one sentence', () => {
    const root = repository();
    const { code, shown } = onTerminal([owner, ['repository of github-actions', `sho${ctrlC}`]], root);
    expect(code).toBe(2);
    expect(shown.split('\n').filter((line) => line.startsWith('postern: '))).toEqual([
      expect.stringContaining('postern: the questions were interrupted, and nothing was written: '),
    ]);
    expect(readdirSync(root)).toEqual(['.github']);
  });

  test('Ctrl-C before the first question is answered the same', () => {
    const root = repository();
    const { code, shown } = onTerminal([['Read 1 CI file', ctrlC]], root);
    expect(code).toBe(2);
    expect(shown).toContain('postern: the questions were interrupted, and nothing was written: ');
    expect(readdirSync(root)).toEqual(['.github']);
  });

  test.each([[['--no-input']], [['--json']], [['--check']]])('nothing is asked with %s', (flags) => {
    const { shown } = onTerminal([], repository(), ...flags);
    expect(shown).not.toContain('Enter alone');
  });

  const there = `version: 1
account: '111122223333'
region: eu-west-1
roles:
  a:
    trust: { github-actions: { owner: acme, repository: shop, branches: [main] } } # ours
    permissions:
      - ecs-service-deployment: { cluster: main, services: [api], client: aws-cli, newTaskDefinition: false }
`;
  function withFile(): string {
    const root = repository();
    writeFileSync(join(root, 'postern.yaml'), there);
    return root;
  }
  const afterwards = (root: string) => readFileSync(join(root, 'postern.yaml'), 'utf8');

  test('of a postern.yaml that is there each addition is asked, and then what is open of it', () => {
    const root = withFile();
    const { code, shown } = onTerminal(
      [
        ['(1 of 3)', 'y'],
        ['(2 of 3)', 'y'],
        ['(3 of 3)', 'n'],
        ['bucket of s3-build-cache', 'cache\r'],
      ],
      root,
    );
    expect(code).toBe(0);
    expect(shown).not.toContain('region, for');
    expect(afterwards(root)).toMatch(
      /services: \[api, web\], [^]*\n {6}- s3-build-cache:\n( {10}.*\n)*? {10}bucket: cache\n/,
    );
    expect(afterwards(root)).not.toContain('secrets-read');
    expect(shown).toContain('2 additions');
  });

  test('Enter alone adds nothing, and Ctrl-C neither', () => {
    const root = withFile();
    const { code, shown } = onTerminal(
      [1, 2, 3].map((place) => [`(${place} of 3)`, '\r'] as const),
      root,
    );
    expect([code, afterwards(root)]).toEqual([0, there]);
    expect(shown).toContain('postern.yaml stays as it is.');
    const ended = onTerminal(
      [
        ['(1 of 3)', 'y'],
        ['(2 of 3)', ctrlC],
      ],
      root,
    );
    expect([ended.code, afterwards(root)]).toEqual([2, there]);
    expect(ended.shown).toContain('postern: the questions were interrupted, and nothing was written: ');
  });

  test.each([['--no-input'], ['--write']])('nothing is asked of a postern.yaml that is there with %s', (flag) => {
    const root = withFile();
    const { code, shown } = onTerminal([], root, flag);
    expect(code).toBe(0);
    expect(shown).not.toContain('Add it to');
    expect(afterwards(root) === there).toBe(flag === '--no-input');
  });
});

test('without a terminal the questions stand in the file', () => {
  const root = repository();
  const shown = execFileSync(process.execPath, [program, 'init', root], { encoding: 'utf8', input: 'acme\n' });
  expect(shown).not.toContain('Enter alone');
  expect(existsSync(join(root, 'postern.yaml'))).toBe(true);
  expect(readFileSync(join(root, 'postern.yaml'), 'utf8')).toContain('# owner: # required:');
});
