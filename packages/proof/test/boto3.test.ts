import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBoto3, type Boto3 } from '../src/boto3.js';

/** A Python that answers each line with what stands in the place of boto3: the asked line, or what a service is named for. */
const script = `#!/usr/bin/env node
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { service } = JSON.parse(line);
  if (service === 'gone') process.exit(1);
  const answers = {
    refusing: { refused: 'AccessDenied', message: 'not authorized' },
    unknown: { broken: 'UnknownServiceError: Unknown service' },
  };
  console.log(JSON.stringify(answers[service] ?? { answer: JSON.parse(line) }));
});
`;

let folder: string;
let boto3: Boto3;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-boto3-'));
  writeFileSync(join(folder, 'python3'), script);
  chmodSync(join(folder, 'python3'), 0o755);
});
afterEach(() => boto3.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  boto3 = openBoto3(join(folder, 'python3'));
  const environment = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1' };
  return boto3.callFor({ environment, sandbox: { endpoint: 'http://127.0.0.1:1' } });
}

test('a call names its caller, its region and its operation, and bytes come through', async () => {
  const call = open();
  const asked = await call('KMS', 'Decrypt', { CiphertextBlob: Buffer.from('ab'), List: [{ a: 1 }] });
  expect(asked).toEqual({
    service: 'kms',
    operation: 'Decrypt',
    input: { CiphertextBlob: { $bytes: 'YWI=' }, List: [{ a: 1 }] },
    endpoint: 'http://127.0.0.1:1',
    caller: { aws_access_key_id: 'AKIA', aws_secret_access_key: 'secret', region_name: 'eu-west-1' },
  });
  expect(await call('S3', 'GetObject', {}, { region: 'us-east-1' })).toMatchObject({
    caller: { region_name: 'us-east-1' },
  });
});

test('answers come to their own calls', async () => {
  const call = open();
  const names = ['A', 'B', 'C', 'D'];
  const answers = await Promise.all(names.map((name) => call('S3', name, {})));
  expect(answers.map(({ operation }) => operation)).toEqual(names);
});

test("a service's refusal is an error of that name, with which it is told from others", async () => {
  const error: unknown = await open()('Refusing', 'X', {}).catch((one: unknown) => one);
  expect(error).toMatchObject({ name: 'AccessDenied', message: 'not authorized', $metadata: {} });
});

test.each([
  ['Unknown', /boto3 did not send Unknown X: UnknownServiceError/],
  ['Gone', /it ended before it answered/],
])('what was not sent (%s) is no refusal', async (service, says) => {
  const error: unknown = await open()(service, 'X', {}).catch((one: unknown) => one);
  expect(String(error)).toMatch(says);
  expect(error).not.toHaveProperty('$metadata');
});
