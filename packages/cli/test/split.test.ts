import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, compare, ecrDockerPush, parse, quotas, size, type PolicyDocument } from '@postern/core';
import { parseAllDocuments } from 'yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { place, postern } from './terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-split-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

const repositories = Array.from({ length: 120 }, (_, index) => `team/app-${index}`);
const push = ['generate', 'ecr-docker-push', '--repositories', ...repositories];
const whole = build(ecrDockerPush, { repositories, account: '123456789012', region: 'eu-west-1' });
const statement = (Action: unknown, Resource: unknown, others = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...others,
});
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const buckets = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:s3:::bucket-${index}/*`);

/** Runs a generated program with stand-ins for what it imports, and gives the documents that it makes. */
function documentsOf(program: string): unknown[] {
  const made: unknown[] = [];
  const code = program.replace(/^import .*$/gm, '').replace(/^export /gm, '');
  const place = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };
  class App {}
  class Stack {
    readonly account = place.account;
    readonly region = place.region;
    readonly partition = place.partition;
  }
  class CfnManagedPolicy {
    constructor(_stack: unknown, _id: string, props: { policyDocument: unknown }) {
      made.push(props.policyDocument);
    }
  }
  class Policy {
    constructor(_name: string, props: { policy: string }) {
      made.push(JSON.parse(props.policy));
    }
  }
  const aws = {
    iam: { Policy },
    getCallerIdentityOutput: () => ({ accountId: place.account }),
    getRegionOutput: () => ({ region: place.region }),
    getPartitionOutput: () => ({ partition: place.partition }),
  };
  const pulumi = { jsonStringify: JSON.stringify, interpolate: String.raw };
  new Function('App', 'Stack', 'CfnManagedPolicy', 'aws', 'pulumi', code)(App, Stack, CfnManagedPolicy, aws, pulumi);
  return made;
}

const readers: Readonly<Record<string, (text: string) => unknown[]>> = {
  json: (text) => JSON.parse(text) as unknown[],
  yaml: (text) => parseAllDocuments(text).map((one) => one.toJS() as unknown),
  'cloudformation-json': (text) =>
    Object.values(
      (JSON.parse(text) as { Resources: Record<string, { Properties: { PolicyDocument: unknown } }> }).Resources,
    ).map(({ Properties }) => Properties.PolicyDocument),
  cloudformation: (text) =>
    Object.values(
      (parseAllDocuments(text)[0]!.toJS() as { Resources: Record<string, { Properties: { PolicyDocument: unknown } }> })
        .Resources,
    ).map(({ Properties }) => Properties.PolicyDocument),
  'terraform-json': (text) =>
    Object.values(
      (JSON.parse(text) as { resource: { aws_iam_policy: Record<string, { policy: string }> } }).resource
        .aws_iam_policy,
    ).map(({ policy: document }) => JSON.parse(document) as unknown),
  'aws-cli': (text) =>
    [...text.matchAll(/--policy-document '(.*)'$/gm)].map((match) => JSON.parse(match[1]!) as unknown),
  cdk: documentsOf,
  pulumi: documentsOf,
};

describe('generate --split', () => {
  test.each(Object.entries(readers))(
    '%s prints policies within the quota, with the same access',
    async (format, read) => {
      const { code, stdout, stderr } = await postern([...push, ...place, '--split', '--format', format]);
      expect(code).toBe(0);
      const parts = read(stdout) as PolicyDocument[];
      expect(parts).toHaveLength(3);
      for (const part of parts)
        expect(size(parse(part).document!)).toBeLessThanOrEqual(quotas.managedPolicy.characters);
      expect(compare(whole, parts).relation).toBe('equal');
      expect(stderr).toMatch(/^3 policies of \d+, \d+, \d+ characters; .* the access is the same, compared/);
    },
  );

  test.each(['cdk', 'pulumi'])('%s leaves the place open, and fits in every region', async (format) => {
    const { stdout } = await postern([...push, '--split', '--format', format]);
    const parts = readers[format]!(stdout) as PolicyDocument[];
    expect(compare(whole, parts).relation).toBe('equal');
    const longest = JSON.stringify(parts)
      .replaceAll('eu-west-1', 'us-isof-south-1')
      .replaceAll('arn:aws:', 'arn:aws-us-gov:');
    for (const part of JSON.parse(longest) as PolicyDocument[]) expect(size(part)).toBeLessThanOrEqual(6144);
  });

  test('terraform prints a resource for each, the first named as the one would be', async () => {
    const { stdout } = await postern([...push, '--split', '--format', 'terraform', '--name', 'push']);
    expect(stdout.match(/^resource .*$/gm)!.slice(0, 2)).toEqual([
      'resource "aws_iam_policy" "ecr_docker_push" {',
      'resource "aws_iam_policy" "ecr_docker_push_2" {',
    ]);
    expect(stdout.match(/^ {2}name +=.*$/gm)!.slice(0, 2)).toEqual([
      '  name        = "push"',
      '  name        = "push-2"',
    ]);
  });

  test.each(['cloudformation', 'terraform', 'terraform-json', 'cdk', 'pulumi', 'aws-cli'])(
    '%s: names with a number behind them are names too',
    async (format) => {
      const named = (length: number) => [...push, '--split', '--format', format, '--name', 'n'.repeat(length)];
      expect((await postern([...named(126), ...place])).code).toBe(0);
      const { code, stdout, stderr } = await postern([...named(127), ...place]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('has 127 characters, and 3 policies number it: use up to 126');
    },
  );

  test('what fits is one policy, in a list in JSON and as without the flag elsewhere', async () => {
    const small = ['generate', 'ecr-docker-push', '--repositories', 'my-app', ...place];
    const { stdout } = await postern([...small, '--split']);
    expect(JSON.parse(stdout)).toEqual([JSON.parse((await postern(small)).stdout)]);
    for (const format of ['yaml', 'cloudformation', 'terraform', 'terraform-json', 'cdk', 'pulumi', 'aws-cli']) {
      const [one, other] = [
        await postern([...small, '--split', '--format', format]),
        await postern([...small, '--format', format]),
      ];
      expect(one.stdout).toBe(other.stdout);
    }
  });

  test('without it, a document over the quota says that it helps', async () => {
    expect((await postern([...push, ...place])).stderr).toContain(
      'too large for one, write `--split` for several policies',
    );
    const { code, stderr } = await postern([...push, '--format', 'terraform']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('write `--split` for several policies')]);
  });

  test('what it prints is read back: as previous of a split, and by diff', async () => {
    const { stdout } = await postern([...push, ...place, '--split']);
    const parts = file('parts.json', stdout);
    expect((await postern(['diff', parts, file('whole.json', whole), '--fail-on', 'different'])).code).toBe(0);
    const again = await postern(['split', file('whole.json', whole), '--previous', parts]);
    expect(again.stdout).toBe(stdout);
  });
});

describe('split', () => {
  test('divides long lists, into a file where asked', async () => {
    const path = file('long.json', policy(statement('s3:GetObject', buckets(400))));
    const { code, stdout, stderr } = await postern(['split', path]);
    expect(code).toBe(0);
    const parts = JSON.parse(stdout) as PolicyDocument[];
    expect(parts).toHaveLength(2);
    expect(compare(JSON.parse(readFileSync(path, 'utf8')) as PolicyDocument, parts).relation).toBe('equal');
    expect(stderr).toContain('2 policies of ');
    const output = join(folder, 'parts-of-long.json');
    expect((await postern(['split', path, '--output', output])).stdout).toBe('');
    expect(readFileSync(output, 'utf8')).toBe(stdout);
  });

  test('reads standard input, and says where more are needed than can be attached', async () => {
    const { code, stdout, stderr } = await postern(['split', '-', '--quota', 'session-policy'], {
      stdin: JSON.stringify(policy(statement('s3:GetObject', buckets(200)))),
    });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as unknown[]).length).toBeGreaterThan(1);
    expect(stderr).toMatch(/\nnote: there can be only one session policy: take permissions out/);
  });

  test.each<[string, string[], RegExp]>([
    ['no policy', ['split'], /^postern: `postern split` needs <policy>/],
    ['a file that is not there', ['split', 'none.json'], /^postern: `none.json` cannot be read/],
    [
      'an unknown quota',
      ['split', 'x', '--quota', 'managd-policy'],
      /--quota: `managd-policy` is none of .*did you mean `managed-policy`/,
    ],
    ['what is no policy', ['split', file('no.json', { a: 1 })], /holds no policy that can be told/],
    [
      'what cannot be divided',
      [
        'split',
        file(
          'not.json',
          policy({ Effect: 'Allow', NotAction: Array.from({ length: 900 }, (_, i) => `s3:Action${i}`), Resource: '*' }),
        ),
      ],
      /statement 0 alone makes \d+ characters .* cannot be divided far enough/,
    ],
    [
      'an unreadable statement',
      ['split', file('bad.json', policy({ Effect: 'Alow', Action: '*', Resource: '*' }))],
      /^postern: .*Effect/,
    ],
  ])('%s: exit 2, nothing printed', async (_, args, expected) => {
    const { code, stdout, stderr } = await postern(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/^(postern: .*\n)+$/);
  });
});

describe('combine', () => {
  test('puts policies together and says the sizes', async () => {
    const a = file('a.json', policy(statement('s3:GetObject', 'arn:aws:s3:::x/*')));
    const b = file('b.json', policy(statement('s3:PutObject', ['arn:aws:s3:::x/*'])));
    const { code, stdout, stderr } = await postern(['combine', a, b]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      Version: '2012-10-17',
      Statement: statement(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::x/*'),
    });
    expect(stderr).toMatch(/^size: \d+ characters of \d+, white space not counted\n$/);
    expect((await postern(['combine', a, b, '--compact'])).stdout).toBe(`${JSON.stringify(JSON.parse(stdout))}\n`);
  });

  test.each<[string, unknown[]]>([
    ['texts for lists', [policy(statement('s3:A', '*'))]],
    ['one statement without a list', [{ Version: '2012-10-17', Statement: statement('s3:A', '*') }]],
    [
      'numbers and booleans',
      [
        policy(
          statement('s3:A', '*', {
            Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 's3:max-keys': [1, 2, 3] } },
          }),
        ),
      ],
    ],
    ['two with nothing in common', [policy(statement('s3:A', 'arn:aws:s3:::x')), policy(statement('iam:B', '*'))]],
    ['no version', [{ Statement: statement('s3:A', '*') }, { Statement: statement('s3:B', '*') }]],
    [
      'a version and none',
      [{ Statement: statement('s3:A', '*') }, policy(statement('iam:B', 'arn:aws:iam::123456789012:role/x'))],
    ],
    [
      'numbers in several',
      [1, 2, 3].map((n) =>
        policy(
          statement(`s3:A${n}`, '*', {
            Condition: { NumericLessThan: { 's3:max-keys': [n, n + 10, n + 20, n + 30, n + 40] } },
          }),
        ),
      ),
    ],
    ['the same twice', [policy(statement('s3:A', '*', { Sid: 'X' })), policy(statement('s3:A', '*', { Sid: 'X' }))]],
  ])('never more characters than it got: %s', async (_, documents) => {
    const files = documents.map((document, index) => file(`c${index}.json`, document));
    const { code, stdout } = await postern(['combine', ...files, '--compact']);
    expect(code).toBe(0);
    expect(stdout.length - 1).toBeLessThanOrEqual(
      documents.reduce<number>((sum, one) => sum + JSON.stringify(one).length, 0),
    );
    expect(compare(documents as PolicyDocument[], JSON.parse(stdout) as PolicyDocument).relation).toBe('equal');
  });

  test('takes use cases, and refuses what it cannot read', async () => {
    const { stdout } = await postern(['combine', `ecr-docker-push --repositories my-app ${place.join(' ')}`]);
    expect(JSON.parse(stdout)).toMatchObject({ Version: '2012-10-17' });
    expect(await postern(['combine'])).toMatchObject({ code: 2, stdout: '' });
    expect(await postern(['combine', '-', '-'])).toMatchObject({
      code: 2,
      stderr: 'postern: standard input can be read once only\n',
    });
  });
});

describe('boundary', () => {
  const own = ['boundary', 'ecr-docker-push', '--repositories', 'my-app', ...place];

  test('of a use case, with a name and a path', async () => {
    const { code, stdout } = await postern([...own, '--name', 'ci', '--path', '/ci/']);
    expect(code).toBe(0);
    expect(stdout).toContain('"arn:aws:iam::123456789012:policy/ci/ci"');
    expect((await postern(own)).stdout).toContain('policy/ecr-docker-push-boundary"');
  });

  test('of files, where their ARNs tell the partition', async () => {
    const path = file('china.json', policy(statement('s3:GetObject', 'arn:aws-cn:s3:::x/*')));
    const { code, stdout } = await postern(['boundary', path, '--account', '123456789012', '--name', 'b']);
    expect(code).toBe(0);
    expect(stdout).toContain('"arn:aws-cn:iam::123456789012:policy/b"');
    const star = file('star.json', policy(statement('s3:*', '*')));
    expect((await postern(['boundary', star])).stderr).toContain(
      '--partition: missing, and no ARN in the policies tells it: for example `--partition aws`',
    );
    expect((await postern(['boundary', star, path.replace('china', 'star'), '--partition', 'aws'])).stdout).toContain(
      'arn:aws:iam::*:policy/boundary',
    );
  });

  test('every problem at once, exit 2', async () => {
    const { code, stdout, stderr } = await postern([
      'boundary',
      'ecr-docker-push',
      '--repositories',
      'A',
      '--name',
      'a b',
      '--path',
      'x',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    for (const part of [
      '--name: `a b`',
      '--path: `x`',
      '--repositories: `A`',
      '--account: missing',
      '--region: missing',
    ])
      expect(stderr).toContain(`postern: ${part}`);
    expect(await postern(['boundary'])).toMatchObject({ code: 2, stdout: '' });
    expect((await postern(['boundary', file('large.json', policy(statement('s3:A', buckets(400))))])).stderr).toContain(
      'a boundary is one policy',
    );
  });
});

test('completion knows the new commands', async () => {
  const complete = async (...words: string[]) => (await postern(['complete', '--', ...words])).stdout.split('\n');
  expect(await complete('')).toEqual(expect.arrayContaining(['split', 'combine', 'boundary']));
  expect(await complete('split', '--quota', 'm')).toContain('managed-policy');
  expect(await complete('boundary', 'ecr')).toContain('ecr-docker-push');
  expect(await complete('boundary', 'ecr-docker-push', '--rep')).toContain('--repositories');
  expect(await complete('split', '--previous', '')).toContain(':files');
  expect(await complete('generate', 'ecr-docker-push', '--sp')).toContain('--split');
});
