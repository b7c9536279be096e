import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '@postern/cli';
import { sandboxCommands } from '../src/commands/commands.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Sends requests, each written `SERVICE TARGET BODY` or `SERVICE METHOD PATH`, as clients of AWS do. */
const client = join(folder, 'client.mjs');
writeFileSync(
  client,
  `const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, AWS_REGION: region } = process.env;
for (const word of process.argv.slice(2)) {
  const [service, what, ...rest] = word.split(' ');
  const authorization = \`AWS4-HMAC-SHA256 Credential=\${key}/20260101/\${region}/\${service}/aws4_request, SignedHeaders=host, Signature=0\`;
  const form = what.includes('=');
  const json = !form && what.includes('.');
  const response = json
    ? await fetch(endpoint, { method: 'POST', headers: { authorization, 'x-amz-target': what }, body: rest.join(' ') || '{}' })
    : form
      ? await fetch(endpoint, { method: 'POST', headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' }, body: what })
      : await fetch(endpoint + rest[0], { method: what, headers: { authorization, ...JSON.parse(rest.slice(1).join(' ') || '{}') }, ...(what === 'GET' || what === 'HEAD' ? {} : { body: 'x' }) });
  console.log(response.status, await response.text());
}
`,
);

async function postern(...args: string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    stdin: (async function* () {})(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { PATH: process.env['PATH'] },
  };
  const code = await run(args, io as never, '1.2.3', sandboxCommands);
  return { code, stdout, stderr };
}

const record = (...requests: string[]) => postern('record', '--', process.execPath, client, ...requests);
const identity = 'sts Action=GetCallerIdentity&Version=2011-06-15';

describe('record', () => {
  test('of a command that needs no permission ends with 0 and no policy', async () => {
    const { code, stdout, stderr } = await record(identity);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('this command needs no policy: sts GetCallerIdentity asks for no permission');
  });

  test.each([
    ['lambda GET /2015-03-31/functions', 'lambda ListFunctions'],
    ['ssm AmazonSSM.GetParameter', 'ssm GetParameter'],
    ['ecs AmazonEC2ContainerServiceV20141113.ListServiceDeployments', 'ecs ListServiceDeployments'],
    ['cloudformation Action=DescribeStacks', 'cloudformation DescribeStacks'],
  ])('of %s says that the policy is not known', async (request, name) => {
    const { code, stdout, stderr } = await record(request);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`the sandbox does not serve ${name}: nothing is known of what it needs`);
    expect(stderr).toContain('the policy is not known: 1 request was not understood');
    expect(stderr).not.toContain('needs no policy');
    expect(stderr).not.toContain('unsigned');
  });

  test('of some requests that are not understood gives the rest, and says so', async () => {
    const { code, stdout, stderr } = await record(
      's3 GET /b/k',
      'lambda GET /2015-03-31/functions',
      'ssm AmazonSSM.GetParameter',
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      Statement: [{ Action: ['s3:GetObject'] }, { Action: ['s3:ListBucket'] }],
    });
    expect(stderr).toContain(
      'the policy is not known: 2 requests were not understood, and what they need is not in it',
    );
  });

  test('of a request with keys of somebody else says that the policy is not known', async () => {
    const code = `const { AWS_ENDPOINT_URL } = process.env; await fetch(AWS_ENDPOINT_URL + '/b/k')`;
    const result = await postern('record', '--', process.execPath, '--input-type=module', '-e', code);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('1 request carried no key of the sandbox');
    expect(result.stderr).toContain('the policy is not known');
  });

  test('writes the policy alone to standard output', async () => {
    const { stdout } = await record('s3 PUT /b/k');
    expect(JSON.parse(stdout)).toMatchObject({ Statement: [{ Action: ['s3:PutObject'] }] });
  });

  test('works in the region and account that flags or the environment name', async () => {
    const output = join(folder, 'policy.json');
    const args = ['--account', '999988887777', '--region', 'cn-north-1', '--output', output];
    await postern('record', ...args, '--', process.execPath, client, 'ecr X.DescribeImages {"repositoryName":"a"}');
    expect(readFileSync(output, 'utf8')).toContain('arn:aws-cn:ecr:cn-north-1:999988887777:repository/a');
  });
});

describe('sandbox', () => {
  const policy = join(folder, 'policy-of-ecr.json');
  writeFileSync(
    policy,
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] }),
  );
  const sandbox = (...requests: string[]) =>
    postern('sandbox', '--policy', policy, '--', process.execPath, client, ...requests);

  test('does not say that a policy is enough where it has not understood all', async () => {
    const { code, stderr } = await sandbox(
      'ecr X.DescribeImages {"repositoryName":"a"}',
      'lambda GET /2015-03-31/functions',
    );
    expect(code).toBe(1);
    expect(stderr).toContain('2 requests to AWS, 1 of them not understood');
    expect(stderr).toContain('whether the policy is enough is not known: 1 request was not understood');
  });

  test('ends with 0 where all is understood and allowed', async () => {
    const { code, stderr } = await sandbox('ecr X.DescribeImages {"repositoryName":"a"}', identity);
    expect(code).toBe(0);
    expect(stderr).toContain('2 requests to AWS, nothing was denied');
  });
});
