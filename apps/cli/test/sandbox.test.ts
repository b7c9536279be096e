import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../dist/postern.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'postern-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs in a folder for temporary files of its own, so that what is left can be seen. */
function postern(...args: string[]) {
  const env = { ...process.env, TMPDIR: folder, AWS_PROFILE: 'mine' };
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
}

/** A program that sends requests to S3 as any client does, and ends with how many were refused. */
const client = join(folder, 'client.mjs');
writeFileSync(
  client,
  `const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, AWS_PROFILE } = process.env;
if (AWS_PROFILE !== undefined) throw new Error('the profile of the user is seen');
const authorization = \`AWS4-HMAC-SHA256 Credential=\${key}/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0\`;
let refused = 0;
for (const word of process.argv.slice(2)) {
  const [method, path] = word.split(':');
  const response = await fetch(endpoint + path, { method, headers: { authorization }, body: method === 'PUT' ? 'x' : undefined });
  if (response.status === 403) refused += 1;
}
process.exitCode = refused;
`,
);

const policy = join(folder, 'policy.json');
writeFileSync(
  policy,
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::logs/*' }],
  }),
);

const left = () => readdirSync(folder).filter((name) => name.startsWith('postern-'));

describe('postern sandbox', () => {
  test('runs a command under a policy, and ends as it does', () => {
    const { status, stderr } = postern('sandbox', '--policy', policy, '--', process.execPath, client, 'PUT:/logs/a');
    expect(stderr).toContain('1 request to AWS, nothing was denied');
    expect(status).toBe(0);
    expect(left()).toEqual([]);
  });

  test('says what was denied, which permission is missing, and gives the exit code', () => {
    const args = ['PUT:/logs/a', 'GET:/logs/a', 'DELETE:/logs/a'];
    const { status, stderr } = postern('sandbox', '--policy', policy, '--', process.execPath, client, ...args);
    expect(status).toBe(2);
    expect(stderr).toContain('3 requests to AWS, 2 permissions are missing');
    expect(stderr).toContain('denied   s3:GetObject on arn:aws:s3:::logs/a');
    expect(stderr).toContain('no statement allows it');
  });

  test('takes a use case for a policy, and writes a report', () => {
    const report = join(folder, 'report.json');
    const useCase = 'terraform-remote-state-s3 --bucket state --keys app --region eu-west-1';
    const { status } = postern(
      'sandbox',
      '--policy',
      useCase,
      '--report',
      report,
      '--',
      process.execPath,
      client,
      'PUT:/state/app',
    );
    expect(status).toBe(0);
    const { requests } = JSON.parse(readFileSync(report, 'utf8')) as {
      requests: { operation: string; checks: { action: string; decision: string }[] }[];
    };
    expect(requests).toMatchObject([
      { operation: 'PutObject', checks: [{ action: 's3:PutObject', decision: 'allowed' }] },
    ]);
  });

  test('starts from nothing where it is told to', () => {
    const { status, stderr } = postern(
      'sandbox',
      '--empty',
      '--policy',
      policy,
      '--',
      process.execPath,
      '-e',
      `
      const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key } = process.env;
      const authorization = 'AWS4-HMAC-SHA256 Credential=' + key + '/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
      fetch(endpoint + '/logs/a', { method: 'PUT', headers: { authorization }, body: 'x' }).then((r) => { process.exitCode = r.status === 404 ? 0 : 9; });`,
    );
    expect(stderr).toContain('nothing was denied');
    expect(status).toBe(0);
  });

  test.each([
    [['sandbox', '--', 'true'], '`--policy` is missing'],
    [['sandbox', '--policy', policy], 'the command is missing'],
    [['sandbox', '--policy', join(folder, 'none.json'), '--', 'true'], 'cannot be read'],
    [['sandbox', '--policy', policy, '--', 'no-such-program'], '`no-such-program` cannot be run'],
    [['sandbox', '--policy', policy, '--account', '12', '--', 'true'], '--account: `12` is no account id'],
    [['sandbox', '--policy', policy, '--region', 'EU', '--', 'true'], '--region: `EU` is no region'],
    [['record'], 'the command is missing'],
    [['prove'], 'needs a use case'],
    [['prove', 'ecr'], '`ecr` is no use case'],
    [['prove', 'terragrunt', '--scenario', 'none'], '--scenario: `none` is none of'],
    [['prove', 'terragrunt', '--tool', 'docker=/bin/sh'], '--tool: `docker=/bin/sh` is no NAME=PATH'],
    [['prove', 'terragrunt', '--bucket', 'x'], '--keys'],
    [['prove', 'terragrunt', '--check', policy], 'is no evidence'],
    [['why', 'all is well'], 'no refusal of AWS was found in the text'],
  ])('%j is answered with a sentence', (args, message) => {
    const { status, stderr, stdout } = postern(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(left()).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('leaves no process and no file behind when it is interrupted', async () => {
    const marker = join(folder, 'marker');
    const script = `require('fs').writeFileSync(${JSON.stringify(marker)}, String(process.pid)); setInterval(() => {}, 1000)`;
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(
      process.execPath,
      [program, 'sandbox', '--policy', policy, '--', process.execPath, '-e', script],
      { env },
    );
    while (!existsSync(marker) || readFileSync(marker, 'utf8') === '')
      await new Promise((resolve) => setTimeout(resolve, 20));
    const pid = Number(readFileSync(marker, 'utf8'));
    const ended = new Promise<string | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(() => process.kill(pid, 0)).toThrow();
    expect(left()).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a proof leaves nothing behind when it is interrupted', async () => {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [program, 'prove', 'terragrunt', '--scenario', 'create'], { env });
    while (left().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const ended = new Promise<string | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(left()).toEqual([]);
  });
});

describe('postern prove without the tools', () => {
  const evidence = join(folder, 'evidence.json');
  const prove = (...flags: string[]) =>
    spawnSync(process.execPath, [program, 'prove', 'terragrunt', ...flags], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: folder, PATH: '', XDG_CACHE_HOME: folder },
    });

  test('names what is missing and how to get it, and never writes evidence', () => {
    const { status, stdout, stderr } = prove('--evidence', evidence);
    expect(stderr).toMatch(
      /not run: scenario `lock` in \d+ cells, for lack of terragrunt \(built from the Go module .*\), terraform \(see https:/,
    );
    expect(stderr).toContain('the evidence is not written, since tools are missing');
    expect(stdout).toContain('not run: ');
    expect(stdout).not.toContain('unneeded');
    expect(existsSync(evidence)).toBe(false);
    expect(status).toBe(1);
  });

  test('takes a missing tool for a finding where it is required', () => {
    const { status, stderr } = prove('--require');
    expect(stderr).toContain('finding: not run: `lock` lacks a tool');
    expect(status).toBe(1);
  });
});

describe('postern record', () => {
  test('prints the least policy, and the entry that gives it', () => {
    const args = [
      'GET:/state/app/x.tfstate',
      'PUT:/state/app/x.tfstate',
      'PUT:/state/app/x.tfstate.tflock',
      'DELETE:/state/app/x.tfstate.tflock',
    ];
    const { status, stdout, stderr } = postern('record', '--', process.execPath, client, ...args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Recorded1', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::state/app/x.tfstate'] },
        { Sid: 'Recorded2', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::state'] },
        {
          Sid: 'Recorded3',
          Effect: 'Allow',
          Action: ['s3:PutObject'],
          Resource: ['arn:aws:s3:::state/app/x.tfstate', 'arn:aws:s3:::state/app/x.tfstate.tflock'],
        },
        {
          Sid: 'Recorded4',
          Effect: 'Allow',
          Action: ['s3:DeleteObject'],
          Resource: ['arn:aws:s3:::state/app/x.tfstate.tflock'],
        },
      ],
    });
    expect(stderr).toContain(
      '`terraform-remote-state-s3` gives all of it, and more, under conditions of its own: postern generate terraform-remote-state-s3 --bucket state --keys app/x.tfstate',
    );
  });

  test('says that no entry gives what none gives', () => {
    const { stderr } = postern('record', '--', process.execPath, client, 'GET:/state?website');
    expect(stderr).toContain('no use case of the catalog gives all of it');
  });

  test('has nothing to say of a command that asks for nothing', () => {
    const { status, stderr } = postern('record', '--', process.execPath, '-e', '0');
    expect(status).toBe(1);
    expect(stderr).toContain('no request to AWS came in');
  });
});
