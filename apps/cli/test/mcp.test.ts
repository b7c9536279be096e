import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/postern.cjs', import.meta.url));
const parent = realpathSync(mkdtempSync(join(tmpdir(), 'postern-mcp-test-')));
const folder = join(parent, 'my wärehouse');
const temporary = join(parent, 'temporary');

function write(path: string, value: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof value === 'string' ? value : JSON.stringify(value));
}

const policyOf = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
        },
      },
    },
  ],
};
const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'sts.amazonaws.com',
  sub: 'repo:acme/shop:ref:refs/heads/main',
};
const options = { repositories: ['shop'], account: '111122223333', region: 'eu-west-1' };

let client: Client;
beforeAll(async () => {
  write('policies/wide.json', policyOf('s3:*'));
  write('policies/narrow.json', policyOf('s3:GetObject'));
  write('policies/wrong.json', policyOf('s3:Getobjct'));
  write('trust.json', trust);
  write(
    '.github/workflows/ship.yml',
    'on: push\njobs: { a: { runs-on: x, steps: [{ uses: aws-actions/configure-aws-credentials@v5, with: { aws-region: eu-west-1, role-to-assume: "arn:aws:iam::111122223333:role/ship" } }, { run: aws s3 sync dist s3://acme-site }] } }\n',
  );
  writeFileSync(join(parent, 'secret.json'), JSON.stringify(policyOf('s3:GetSecret')));
  symlinkSync('../secret.json', join(folder, 'link.json'));
  symlinkSync('..', join(folder, 'up'));
  symlinkSync('policies', join(folder, 'same'));
  mkdirSync(temporary);
  client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [program, 'mcp'],
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: temporary },
      stderr: 'inherit',
    }),
  );
});

afterAll(async () => {
  await client.close();
  rmSync(parent, { recursive: true });
});

async function call(name: string, given: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const texts = (content as { text: string }[]).map(({ text }) => text);
  return { isError: isError === true, text: texts[0]!, texts };
}

async function json(name: string, given: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { isError, text, texts } = await call(name, given);
  expect(isError, texts.join('\n')).toBe(false);
  return JSON.parse(text) as Record<string, unknown>;
}

/** What the command itself prints. */
const postern = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' }).stdout.trimEnd();

test('it says who it is, and names its tools, each with what it takes', async () => {
  expect(client.getServerVersion()).toEqual({ name: 'postern', version: '0.1.0' });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['init', 'list', 'show', 'generate', 'check', 'diff', 'why', 'assume', 'lint'],
  ]);
  for (const { description, inputSchema } of tools) {
    expect(description!.length).toBeGreaterThan(20);
    expect(inputSchema.type).toBe('object');
  }
});

describe('each answer is the JSON of the command', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['init', {}, ['init', '--json']],
    ['init', { path: '.github/workflows/ship.yml' }, ['init', '.github/workflows/ship.yml', '--json']],
    ['list', {}, ['list', '--json']],
    ['show', { id: 'terragrunt' }, ['show', 'terragrunt', '--json']],
    ['show', { id: 'gitlab' }, ['show', 'gitlab', '--json']],
    [
      'diff',
      { before: { path: 'policies/narrow.json' }, after: { path: 'policies/wide.json' } },
      ['diff', './policies/narrow.json', './policies/wide.json', '--json'],
    ],
    ['lint', { policies: [{ path: 'policies/wrong.json' }] }, ['lint', './policies/wrong.json', '--json']],
    ['assume', { policy: { path: './trust.json' }, claims }, []],
  ])('%s %j', async (name, given, args) => {
    const { isError, text } = await call(name, given);
    expect(isError).toBe(false);
    if (args.length > 0) expect(text).toBe(postern(...args));
    for (const line of name === 'lint' ? text.split('\n') : [text]) JSON.parse(line);
  });

  test('generate gives the policy and a reason for each line', async () => {
    const { explanation, notes, policy } = await json('generate', { useCase: 'ecr-docker-push', options });
    expect((policy as { Statement: object[] }).Statement).toHaveLength(3);
    expect(explanation).toHaveLength(3);
    expect(JSON.stringify(explanation)).toContain('trade AWS credentials for a registry password');
    expect(Array.isArray(notes)).toBe(true);
  });

  test('check says what is missing and what is extra, with options or without', async () => {
    const given = { policy: { path: 'policies/wide.json' }, useCase: 'ecr-docker-push' };
    const found = await json('check', { ...given, options });
    expect((found['missing'] as object[]).length).toBeGreaterThan(3);
    const guessed = await call('check', {
      policy: { text: JSON.stringify(policyOf('ecr:*')) },
      useCase: 'ecr-docker-push',
    });
    expect(guessed.text).not.toContain(temporary);
  });

  test('assume lets in, and does not', async () => {
    const policy = { text: JSON.stringify(trust) };
    expect(await json('assume', { policy, claims })).toMatchObject({ allowed: true });
    const other = { ...claims, sub: 'repo:mallory/shop:ref:refs/heads/main' };
    const text = JSON.stringify(
      await json('assume', { policy, claims: other, roleArn: 'arn:aws:iam::111122223333:role/ci' }),
    );
    expect(text).toContain('"allowed":false');
  });

  test('assume takes the issuer of claims that have none', async () => {
    const { iss, ...others } = claims;
    const given = { policy: { text: JSON.stringify(trust) }, claims: others, issuer: iss };
    expect(await json('assume', given)).toMatchObject({ allowed: true });
  });

  test('init compares with the file of the folder', async () => {
    write('postern.yaml', { version: 1, roles: { x: { permissions: ['s3-build-cache'] } } });
    const given = await call('init', { check: true });
    rmSync(join(folder, 'postern.yaml'));
    expect(given.isError).toBe(false);
    expect(JSON.parse(given.texts[0]!)).toMatchObject({ unneeded: [{ entry: 's3-build-cache' }] });
  });

  test('why reads a message', async () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/my-app because no identity-based policy allows the ecr:BatchGetImage action';
    expect((await call('why', { text: message })).text).toBe(postern('why', message, '--json'));
  });

  test('one of several policies is taken by its name', async () => {
    const Resources = {
      A: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf('s3:GetObject') } },
    };
    write('template.json', { Resources: { ...Resources, B: Resources.A } });
    const after = { path: 'template.json', name: 'A' };
    expect(await json('diff', { before: { path: 'policies/narrow.json' }, after })).toMatchObject({
      relation: 'equal',
    });
  });

  test('suppressions of the folder hold', async () => {
    write('.postern-lint.yaml', 'ignore:\n  - { rule: unknown-action, reason: it is a test }\n');
    const { text } = await call('lint', { policies: [{ path: 'policies/wrong.json' }] });
    rmSync(join(folder, '.postern-lint.yaml'));
    expect(text).not.toContain('unknown-action');
  });
});

describe('nothing outside the folder is read', () => {
  const outside = [
    join(parent, 'secret.json'),
    '../secret.json',
    'policies/../../secret.json',
    'link.json',
    'up/secret.json',
    '..',
    '/etc/passwd',
    'C:\\secret.json',
    '../none.json',
  ];
  const uses: [string, (path: string) => Record<string, unknown>][] = [
    ['init', (path) => ({ path })],
    ['check', (path) => ({ policy: { path }, useCase: 'ecr-docker-push' })],
    ['diff', (path) => ({ before: { path: 'policies/wide.json' }, after: { path } })],
    ['assume', (path) => ({ policy: { path }, claims })],
    ['lint', (path) => ({ policies: [{ path }] })],
  ];
  test.each(uses)('%s', async (name, given) => {
    for (const path of outside) {
      const { isError, text } = await call(name, given(path));
      expect(isError, path).toBe(true);
      expect(text, path).toMatch(/^postern: `.*` leads out of the folder that postern was started in: .*$/);
      expect(text).not.toContain('GetSecret');
    }
  });

  test('names in files and of parts lead nowhere', async () => {
    const properties = { templateFile: '../secret.json' };
    write('cdk.out/manifest.json', { artifacts: { S: { type: 'aws:cloudformation:stack', properties } } });
    for (const path of ['cdk.out/manifest.json', 'cdk.out']) {
      const { text } = await call('lint', { policies: [{ path }] });
      expect(text).not.toContain('GetSecret');
    }
    for (const name of ['/../../secret.json', '../secret.json', join(parent, 'secret.json')]) {
      const given = { before: { path: 'policies/wide.json' }, after: { path: 'policies/wide.json', name } };
      const { isError, text } = await call('diff', given);
      expect([isError, text.includes('GetSecret')]).toEqual([true, false]);
    }
  });

  test('a link in the folder that stays in it is followed, and suppressions that lead out are not', async () => {
    expect((await call('lint', { policies: [{ path: 'same/wrong.json' }] })).text).toContain('unknown-action');
    symlinkSync('../secret.json', join(folder, '.postern-lint.yaml'));
    const { isError, text } = await call('lint', { policies: [{ path: 'same/wrong.json' }] });
    rmSync(join(folder, '.postern-lint.yaml'));
    expect([isError, text]).toEqual([true, expect.stringContaining('`.postern-lint.yaml` leads out of the folder')]);
  });

  test('a remote that stands outside is not told', async () => {
    mkdirSync(join(parent, 'git'));
    writeFileSync(join(parent, 'git/config'), '[remote "origin"]\n\turl = git@github.com:secret/owner.git\n');
    symlinkSync('../git', join(folder, '.git'));
    const { text } = await call('init', {});
    rmSync(join(folder, '.git'));
    expect(text).not.toContain('secret');
  });
});

describe('bad input', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['generate', { useCase: 'ecr-docker-pusch' }, /did you mean `ecr-docker-push`/],
    ['generate', { useCase: '--help' }, /useCase/],
    ['generate', { useCase: 'ecr-docker-push', options: { repositories: 1 } }, /repositories/],
    ['show', { id: '--help' }, /\bid\b/],
    ['check', { policy: {}, useCase: 'ecr-docker-push' }, /give `path` or `text`/],
    ['check', { policy: { path: 'none.json' }, useCase: 'ecr-docker-push' }, /`none\.json` is not there/],
    ['check', { policy: { path: 'policies' }, useCase: 'ecr-docker-push' }, /`policies` is no file/],
    ['check', { policy: { text: 'nonsense' }, useCase: 'ecr-docker-push' }, /policy\.json/],
    ['lint', { policies: [] }, /policies/],
    ['why', { text: 'x'.repeat(1024 * 1024 + 1) }, /1048576/],
    ['diff', { before: { path: 'a', other: 1 }, after: { path: 'b' } }, /other/],
    ['assume', { policy: { path: 'trust.json' }, claims: { sub: 'x' } }, /give the issuer with `issuer`/],
    ['assume', { policy: { path: 'trust.json' }, claims, roleArn: 'x' }, /^postern: roleArn: `x` is no ARN/],
    ['check', { policy: { path: 'policies/narrow.json' }, useCase: 'ecr-docker-push' }, /or leave `useCase` out/],
    ['init', { check: true }, /has no `postern\.yaml` to check/],
  ])('%s %j is an error in words', async (name, given, said) => {
    const { isError, texts } = await call(name, given);
    expect(isError).toBe(true);
    expect(texts.join('\n')).toMatch(said);
    expect(texts.join('\n')).not.toContain(temporary);
    expect(texts.join('\n')).not.toMatch(/(^|[ `])--[a-z]/m);
  });

  test('a large file is refused, and the server goes on', async () => {
    write('large.json', ' '.repeat(8 * 1024 * 1024 + 1));
    expect((await call('lint', { policies: [{ path: 'large.json' }] })).text).toContain('larger than 8 MiB');
    expect((await call('lint', { policies: [{ text: 'x'.repeat(1024 * 1024 + 1) }] })).isError).toBe(true);
    expect((await call('list', {})).isError).toBe(false);
  });

  test('many questions at once are all answered, and nothing is left behind', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => call('list', {})));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('how it ends', () => {
  const hello = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  };
  const list = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'list', arguments: {} } };
  const lines = (...messages: object[]) => messages.map((message) => `${JSON.stringify(message)}\n`).join('');

  test('with standard input, once what was asked is answered', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [program, 'mcp'], {
      cwd: folder,
      encoding: 'utf8',
      input: lines(hello, list),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: number }).id),
    ).toEqual([1, 2]);
  });

  test('on Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, 'mcp'], { cwd: folder });
    child.stdin.write(lines(hello));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  test('with 2 where a message has no end', () => {
    const { status, stderr } = spawnSync(process.execPath, [program, 'mcp'], {
      cwd: folder,
      encoding: 'utf8',
      input: 'x'.repeat(11 * 1024 * 1024),
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'postern: a message is longer than 10 MiB: give the paths of files instead of texts\n',
    });
  });

  test('what is no message is passed over', () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'mcp'], {
      cwd: folder,
      encoding: 'utf8',
      input: `nonsense\n[]\n{"__proto__":{"x":1}}\n${lines(hello)}`,
    });
    expect(status).toBe(0);
    expect(stdout).toContain('"serverInfo"');
  });
});

test('the README shows how it is configured, with a command that is there', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, text = ''] = /```json\n(\{\n {2}"mcpServers".*?)```/s.exec(readme) ?? [];
  const { mcpServers } = JSON.parse(text) as { mcpServers: { postern: { command: string; args: string[] } } };
  expect(mcpServers.postern).toEqual({ command: 'npx', args: ['postern', 'mcp'] });
});
