import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const program = new URL('../dist/postern.cjs', import.meta.url).pathname;
const root = new URL('../../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'postern-'));
afterAll(() => rmSync(folder, { recursive: true }));

const wide = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
const pushMyApp = 'generate ecr-docker-push --repositories my-app --account 123456789012 --region eu-west-1'.split(' ');

function postern(args: readonly string[], input = '') {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', input, cwd: folder });
}

function shell(script: string) {
  return spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, POSTERN: program, NODE: process.execPath },
  });
}

test('the executable prints a policy', () => {
  const { status, stdout } = postern(pushMyApp);
  expect(status).toBe(0);
  expect((JSON.parse(stdout) as { Statement: unknown[] }).Statement).toHaveLength(3);
});

/** Each has a file of its own beside the program. */
function useCaseIds(): string[] {
  const names = readdirSync(new URL('../dist/catalog/', import.meta.url)).filter((name) => name.endsWith('.json'));
  return names.map((name) => name.slice(0, -'.json'.length));
}

/** A copy of the program, to be changed. */
function copyAs(name: string): string {
  const copy = join(folder, name);
  cpSync(new URL('../dist/', import.meta.url), copy, { recursive: true });
  return copy;
}

const linesOfParts = [pushMyApp, ['lint', '--rules'], ['combine', 'wide.json']];

test('the program works without its code caches, and with ones that are not its own', () => {
  const copy = copyAs('copy');
  const caches = readdirSync(copy).filter((name) => name.endsWith('.cache'));
  expect(caches.length).toBeGreaterThan(2);
  writeFileSync(join(folder, 'wide.json'), wide);
  const run = (at: string) =>
    linesOfParts.map((words) => {
      const { status, stdout } = spawnSync(process.execPath, [at, ...words], { encoding: 'utf8', cwd: folder });
      return { status, stdout };
    });
  const expected = run(program);
  expect(expected.map(({ status }) => status)).toEqual([0, 0, 0]);
  for (const name of caches) writeFileSync(join(copy, name), 'not a cache');
  expect(run(join(copy, 'postern.cjs'))).toEqual(expected);
  for (const name of caches) rmSync(join(copy, name));
  expect(run(join(copy, 'postern.cjs'))).toEqual(expected);
});

test('a command reads the entry that it is asked for, and listing and completing read none', () => {
  const copy = join(folder, 'alone');
  cpSync(new URL('../dist/', import.meta.url), copy, { recursive: true });
  const [id, ...others] = useCaseIds();
  for (const other of others) for (const kind of ['catalog', 'proofs']) rmSync(join(copy, kind, `${other}.json`));
  const outcome = (at: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [at, ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const reading = (...args: string[]) => {
    const found = outcome(join(copy, 'postern.cjs'), ...args);
    expect(found, args.join(' ')).toEqual(outcome(program, ...args));
    return found;
  };
  expect(reading('show', id!)).toMatchObject({ status: 0 });
  expect(reading('generate', id!, '--help')).toMatchObject({ status: 0 });
  expect(reading('generate', id!)).toMatchObject({ status: 2 });
  expect(outcome(join(copy, 'postern.cjs'), 'show', others[0]!).status).not.toBe(0);
  rmSync(join(copy, 'catalog'), { recursive: true });
  expect(reading('list', '--json')).toMatchObject({ status: 0 });
  expect(reading('completion', 'bash')).toMatchObject({ status: 0 });
  expect(reading('complete', '--', 'generate', '').stdout).toBe(`${[id, ...others].join('\n')}\n`);
});

test('the program is small: what one command alone needs stands in files beside it', () => {
  expect(statSync(new URL('../dist/main.cjs', import.meta.url)).size).toBeLessThan(220_000);
});

test.each([
  ['main', 'list', 'ecr-docker-push', 'ecr-docker-pusH'],
  ['lint', 'lint --rules', 'IAM refuses the document', 'IAM refuseS the document'],
])('the program is what runs: a code cache of another %s of the same length is not used', (name, line, old, other) => {
  const copy = copyAs(`changed-${name}`);
  const file = join(copy, `${name}.cjs`);
  const run = () => spawnSync(process.execPath, [join(copy, 'postern.cjs'), ...line.split(' ')], { encoding: 'utf8' });
  expect(run().stdout).toContain(old);
  const before = readFileSync(file, 'latin1');
  const after = before.replaceAll(old, other);
  expect(after.length).toBe(before.length);
  writeFileSync(file, after, 'latin1');
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining(other) as string });
});

test('what is run most needs the program alone, and no file beside it', () => {
  const copy = copyAs('program-alone');
  for (const name of readdirSync(copy).filter((file) => file.endsWith('.cjs')))
    if (name !== 'main.cjs' && name !== 'postern.cjs') rmSync(join(copy, name));
  for (const words of [pushMyApp, ['show', 'ecr-docker-push'], ['complete', '--', 'generate', '']]) {
    const found = spawnSync(process.execPath, [join(copy, 'postern.cjs'), ...words], { encoding: 'utf8' });
    expect(found).toMatchObject({ status: 0, stdout: postern(words).stdout });
  }
});

test('show has the answers of the build to how what vendors publish compares', () => {
  const answers = useCaseIds().flatMap((id) => {
    const { vendors } = JSON.parse(postern(['show', id, '--json']).stdout) as {
      vendors: { title: string; comparison?: { relation?: string } }[];
    };
    return vendors.map(({ title, comparison }) => [id, title, comparison?.relation]);
  });
  expect(answers.length).toBeGreaterThan(0);
  const words = /^(equal|wider|narrower|incomparable|unknown)$/;
  for (const answer of answers) expect(answer).toEqual([answer[0], answer[1], expect.stringMatching(words)]);
});

test('a build is the same byte for byte, wherever and whenever it is made', () => {
  const build = (to: string, cwd: string, env: Record<string, string>) => {
    const made = spawnSync(process.execPath, [new URL('../build.mjs', import.meta.url).pathname, to], {
      encoding: 'utf8',
      cwd,
      env: { ...process.env, ...env },
    });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[^/]+$/.test(name));
    return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(to, name))]));
  };
  const first = build(join(folder, 'first'), '/', { TZ: 'Asia/Tokyo' });
  const second = build(join(folder, 'second/far/away'), folder, { LANG: 'de_DE.UTF-8', HOME: folder });
  expect(Object.keys(second)).toEqual(Object.keys(first));
  expect(Object.keys(first)).toContain('main.cache');
  for (const [name, content] of Object.entries(first)) {
    expect([name, content.equals(second[name]!)]).toEqual([name, true]);
    expect([name, content.includes(folder), content.includes(root)]).toEqual([name, false, false]);
  }
}, 120_000);

describe('--output', () => {
  test('writes the policy whole, and leaves nothing else behind', () => {
    const { status, stdout } = postern([...pushMyApp, '--output', 'policy.json']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(readFileSync(join(folder, 'policy.json'), 'utf8')).toBe(postern(pushMyApp).stdout);
    expect(readdirSync(folder).filter((name) => name.startsWith('policy'))).toEqual(['policy.json']);
  });

  test('bad options leave the file that was there', () => {
    writeFileSync(join(folder, 'kept.json'), 'before');
    expect(postern(['generate', 'ecr-docker-push', '--output', 'kept.json']).status).toBe(2);
    expect(readFileSync(join(folder, 'kept.json'), 'utf8')).toBe('before');
  });

  test.each([
    ['a directory', '.', /^postern: `\.` cannot be written: it is a directory, name a file in it\n$/],
    [
      'a folder that is not there',
      'none/policy.json',
      /^postern: `none\/policy.json` cannot be written: its folder does not exist/,
    ],
    ['a read-only place', '/proc/policy.json', /^postern: `\/proc\/policy.json` cannot be written: /],
  ])('%s is refused', (_, path, expected) => {
    const { status, stdout, stderr } = postern([...pushMyApp, '--output', path]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });

  test('a device is written to, not replaced', () => {
    const { stdout } = shell(
      '"$NODE" "$POSTERN" list >/dev/null; "$NODE" "$POSTERN" ' +
        pushMyApp.join(' ') +
        ' --output /dev/stdout 2>/dev/null | cat',
    );
    expect(stdout).toBe(postern(pushMyApp).stdout);
    expect(existsSync('/dev/stdout')).toBe(true);
  });
});

describe('--options', () => {
  test('reads a file', () => {
    writeFileSync(join(folder, 'options.yaml'), 'repositories: [my-app]\naccount: "123456789012"\nregion: eu-west-1\n');
    expect(postern(['generate', 'ecr-docker-push', '--options', 'options.yaml']).stdout).toBe(
      postern(pushMyApp).stdout,
    );
  });

  test.each([
    ['a directory', '.', /`\.` cannot be read: it is a directory/],
    ['a missing file', 'none.json', /`none.json` cannot be read: there is no such file/],
    ['an endless file', '/dev/zero', /`\/dev\/zero` is larger than 1 MiB/],
  ])('%s is refused', (_, path, expected) => {
    const { status, stdout, stderr } = postern(['generate', 'ecr-docker-push', '--options', path]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(expected);
  });

  test('closed standard input is empty', () => {
    const { status, stderr } = shell('"$NODE" "$POSTERN" generate ecr-docker-push --options - <&-');
    expect(status).toBe(2);
    expect(stderr).toBe('postern: standard input is empty: write the options as JSON or YAML\n');
  });
});

describe('what is loaded on use only', () => {
  const wide = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Getobjct', Resource: '*' } };
  const finding = { file: 'fleet/team/a.json', rule: 'unknown-action' };

  test('what a template leaves open is no text to a rule', () => {
    const action = { Effect: 'Allow', Action: { Ref: 'Actions' }, Resource: 'arn:aws:s3:::b' };
    const PolicyDocument = { Version: '2012-10-17', Statement: action };
    const Resources = { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } };
    const Parameters = { Actions: { Type: 'CommaDelimitedList' } };
    writeFileSync(join(folder, 'open.json'), JSON.stringify({ Parameters, Resources }));
    const { status, stderr } = postern(['lint', 'open.json']);
    expect(status).toBe(0);
    expect(stderr).toContain('`Actions` is known only after deployment');
  });

  test.each([
    ['a folder', 'fleet'],
    ['a pattern', 'fleet/**/*.json'],
  ])('lint reads %s', (_, input) => {
    mkdirSync(join(folder, 'fleet/team'), { recursive: true });
    writeFileSync(join(folder, 'fleet/team/a.json'), JSON.stringify(wide, null, 2));
    const { status, stdout, stderr } = postern(['lint', input, '--json']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('service reference of') as string,
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toContainEqual(expect.objectContaining(finding));
  });

  test('lint names lines for code scanning', () => {
    writeFileSync(join(folder, 'lines.json'), JSON.stringify(wide, null, 2));
    const { status, stdout } = postern(['lint', 'lines.json', '--sarif']);
    expect(status).toBe(1);
    expect(stdout).toContain('"startLine": 5\n');
  });

  test('the explanation is drawn as a table', () => {
    const { status, stdout, stderr } = postern([...pushMyApp, '--explain']);
    expect(status).toBe(0);
    expect(stdout + stderr).toMatch(/│ .*ecr:PutImage/);
  });
});

describe('files that are hard to write', () => {
  const written = () => postern(pushMyApp).stdout;
  const generate = (output: string) => postern([...pushMyApp, '--output', output]);

  test('a name of 250 characters is written', () => {
    const name = `${'n'.repeat(245)}.json`;
    expect(generate(name).status).toBe(0);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(written());
  });

  test('a name that no folder takes is refused in one sentence', () => {
    const { status, stderr } = generate('n'.repeat(300));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^postern: `n+.*` cannot be written: the name is too long[^\n]*\n$/) as string,
    });
  });

  test('a full device is said, on standard output and as a file; a full standard error changes nothing', () => {
    const full = generate('/dev/full');
    expect(full.status).toBe(2);
    expect(full.stderr).toContain('postern: `/dev/full` cannot be written: the device is full');
    const command = `"$NODE" "$POSTERN" ${pushMyApp.join(' ')}`;
    const { stdout, stderr } = shell(`${command} > /dev/full; echo $?; ${command} 2> /dev/full | wc -c`);
    expect(stderr).toBe(
      'postern: standard output cannot be written: the device is full, make room or choose another place\n',
    );
    expect(stdout).toBe(`2\n${written().length}\n`);
    writeFileSync(join(folder, 'wide.json'), wide);
    expect(shell('"$NODE" "$POSTERN" lint wide.json 2> /dev/full > /dev/null; echo $?').stdout).toBe('1\n');
    writeFileSync(join(folder, 'fine.json'), written());
    expect(shell('"$NODE" "$POSTERN" lint fine.json 2> /dev/full > /dev/null; echo $?').stdout).toBe('0\n');
  });

  test('a link whose file is not there yet makes the file, and stays a link', () => {
    symlinkSync('behind.json', join(folder, 'link.json'));
    expect(generate('link.json').status).toBe(0);
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'behind.json'), 'utf8')).toBe(written());
  });

  test('links that lead to themselves are refused', () => {
    symlinkSync('turn.json', join(folder, 'round.json'));
    symlinkSync('round.json', join(folder, 'turn.json'));
    expect(generate('round.json')).toMatchObject({ status: 2, stdout: '' });
  });

  test('`-` is standard output, and an empty name is none', () => {
    expect(generate('-')).toMatchObject({ status: 0, stdout: written() });
    expect(existsSync(join(folder, '-'))).toBe(false);
    expect(generate('')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'postern: an empty name is no file: name one, or write `-` for standard output\n',
    });
  });

  const namespaces = spawnSync('unshare', ['-m', 'true']).status === 0;
  /** Runs a script that may mount, where nobody else sees it. */
  const mounting = (script: string) =>
    spawnSync('unshare', ['-m', 'bash', '-ec', script], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, POSTERN: program, NODE: process.execPath },
    });
  const command = `"$NODE" "$POSTERN" ${pushMyApp.join(' ')} --output`;

  // Root of a machine without namespaces can make no folder that is closed to it.
  test.skipIf(!namespaces && process.getuid?.() === 0)('a writable file in a folder that is not is written', () => {
    const place = join(folder, 'closed');
    mkdirSync(place);
    writeFileSync(join(place, 'p.json'), `before ${'long '.repeat(1000)}`);
    if (namespaces) {
      const { status, stdout, stderr } = mounting(
        `cp closed/p.json open.json; mount --bind closed closed; mount -o remount,bind,ro closed
         mount --bind open.json closed/p.json; ! touch closed/other; ${command} closed/p.json; cat closed/p.json; ls -A closed`,
      );
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${written()}p.json\n` });
      expect(stderr).not.toContain('postern:');
      const refused = mounting(
        `mount --bind closed closed; mount -o remount,bind,ro closed; ${command} closed/p.json || echo $?; ${command} closed/new.json || echo $?`,
      );
      expect(refused.stdout).toBe('2\n2\n');
      expect(refused.stderr).toMatch(
        /^postern: `closed\/p.json` cannot be written: .*\npostern: `closed\/new.json` cannot be written: .*\n$/,
      );
    } else {
      chmodSync(place, 0o555);
      expect(generate('closed/p.json').status).toBe(0);
      expect(readFileSync(join(place, 'p.json'), 'utf8')).toBe(written());
      expect(readdirSync(place)).toEqual(['p.json']);
      expect(generate('closed/new.json').status).toBe(2);
      chmodSync(place, 0o755);
    }
  });

  test.skipIf(!namespaces)('a file that is mounted is written where it is, and stays mounted', () => {
    writeFileSync(join(folder, 'elsewhere.json'), `before ${'long '.repeat(1000)}`);
    writeFileSync(join(folder, 'mounted.json'), 'hidden');
    const { status, stdout } = mounting(
      `mount --bind elsewhere.json mounted.json; ${command} mounted.json 2>/dev/null; cat mounted.json`,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: written() });
    expect(readFileSync(join(folder, 'elsewhere.json'), 'utf8')).toBe(written());
    expect(readFileSync(join(folder, 'mounted.json'), 'utf8')).toBe('hidden');
    expect(readdirSync(folder).filter((name) => name.startsWith('.postern'))).toEqual([]);
  });

  test('a file keeps its rights, and nothing is left beside it', () => {
    const place = join(folder, 'rights');
    mkdirSync(place);
    writeFileSync(join(place, 'own.json'), '', { mode: 0o640 });
    expect(generate('rights/own.json').status).toBe(0);
    expect(lstatSync(join(place, 'own.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(place)).toEqual(['own.json']);
  });
});

describe('pipes and shells', () => {
  test('a reader that goes away ends it as it ends other programs, without a word', () => {
    const { stdout, stderr } = shell(
      '"$NODE" "$POSTERN" show terragrunt --json | (read line; echo "$line"; exec 0<&-; sleep 1); echo "${PIPESTATUS[0]}"',
    );
    expect({ stdout, stderr }).toEqual({ stdout: '{\n141\n', stderr: '' });
  });

  test('a reader that goes away turns no finding into success', () => {
    writeFileSync(join(folder, 'wide.json'), wide);
    const { stdout } = shell(
      '"$NODE" "$POSTERN" lint wide.json wide.json | (exec 0<&-; sleep 1); echo "${PIPESTATUS[0]}"',
    );
    expect(stdout).toBe('141\n');
    expect(postern(['lint', 'wide.json']).status).toBe(1);
  });

  test('a proof whose reader goes away is ended, and leaves no folder', () => {
    const place = join(folder, 'temporary');
    mkdirSync(place);
    const { stdout } = shell(
      `TMPDIR=${place} "$NODE" "$POSTERN" prove terragrunt 2>&1 | (exec 0<&-; sleep 1); echo "\${PIPESTATUS[0]}"`,
    );
    expect(stdout).toBe('141\n');
    expect(readdirSync(place)).toEqual([]);
  });

  test('a slow reader gets everything', () => {
    const { stdout } = shell('"$NODE" "$POSTERN" show terragrunt --json | (sleep 0.3; wc -c)');
    expect(Number(stdout)).toBe(postern(['show', 'terragrunt', '--json']).stdout.length);
  });

  test.each([
    ['postern generate terraf', 'terraform-remote-state-s3'],
    ['postern generate terragrunt --format = y', 'yaml'],
    ['postern check role.json --use-case = terrag', 'terragrunt'],
    ['postern check role.json --fail-on m', 'missing'],
    ['postern show --action ecr : BatchGet', 'BatchGetImage'],
  ])('bash completes with the script that completion prints: %s', (words, expected) => {
    const { stdout } = shell(`
      postern() { "$NODE" "$POSTERN" "$@"; }
      source <(postern completion bash)
      COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _postern
      echo "\${COMPREPLY[@]}"`);
    expect(stdout).toBe(`${expected}\n`);
  });
});
