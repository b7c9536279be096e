import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../index.js';

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

async function postern(this: Readonly<Record<string, string>> | void, ...args: string[]) {
  let stdout = '';
  let stderr = '';
  const io = {
    stdin: (async function* () {})(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { PATH: process.env['PATH'], ...this },
  };
  const code = await run(args, io as never, '1.2.3');
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
    ['cloudformation Action=DetectStackDrift', 'cloudformation DetectStackDrift'],
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

  test('says what it could not read, of what it serves', async () => {
    const { stderr, code } = await record('ecs X.ListClusters [');
    expect(code).toBe(1);
    expect(stderr).toContain(
      '  unknown  the sandbox could not read ecs ListClusters (SerializationException): nothing is known of what it needs',
    );
    expect(stderr).not.toContain('does not serve');
  });

  test('puts nothing in front of the address that a client is given', async () => {
    const code = `process.exitCode = process.env.AWS_DISABLE_HOST_PREFIX_INJECTION === 'true' ? 0 : 7`;
    const { stderr } = await postern('record', '--', process.execPath, '-e', code);
    expect(stderr).not.toContain('ended with 7');
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

describe('record, of what AWS alone resolves,', () => {
  const alias = JSON.stringify({
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'alias/s3-state',
  });
  const key = '1234abcd-12ab-34cd-56ef-1234567890ab';

  test('names the alias and not a key, and says how to look it up', async () => {
    const { code, stdout, stderr } = await record(`s3 PUT /state/app ${alias}`);
    expect(code).toBe(0);
    expect(stdout).not.toContain('key/s3-state');
    expect(JSON.parse(stdout)).toMatchObject({
      Statement: [
        { Action: ['s3:PutObject'] },
        {
          Action: ['kms:GenerateDataKey'],
          Resource: ['arn:aws:kms:eu-west-1:123456789012:key/*'],
          Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/s3-state'] } },
        },
      ],
    });
    expect(stderr).toContain('aws kms describe-key --key-id alias/s3-state');
    expect(stderr).toContain('--kms-key KEY');
  });

  test('names the key of an alias that it was told of', async () => {
    const args = ['--kms-alias', `alias/s3-state=${key}`, '--', process.execPath, client, `s3 PUT /state/app ${alias}`];
    const { stdout, stderr } = await postern('record', ...args);
    expect(stdout).toContain(`arn:aws:kms:eu-west-1:123456789012:key/${key}`);
    expect(stdout).not.toContain('ResourceAliases');
    expect(stderr).not.toContain('describe-key');
  });

  test('says what it took for granted of a service', async () => {
    const { stderr } = await record(
      'ecs X.DescribeServices {"cluster":"c","services":["web"]}',
      'ecs X.RegisterTaskDefinition {"family":"web","containerDefinitions":[]}',
    );
    expect(stderr).toContain('note: the service `web` is taken to run the task definition family `web`');
  });

  test('takes a forced deployment for --no-new-task-definition', async () => {
    const { stderr } = await record('ecs X.UpdateService {"cluster":"c","service":"s","forceNewDeployment":true}');
    expect(stderr).toContain('postern generate ecs-service-deployment --cluster c --services s');
    expect(stderr).toContain('--no-new-task-definition');
    expect(stderr).not.toContain('is taken to run');
  });

  test('suggests no fence that a request of the run would not pass', async () => {
    const list = 's3 GET /state?list-type=2&prefix=env:/';
    const { stderr } = await record(list, 's3 GET /state/app/x.tfstate', 's3 PUT /state/app/x.tfstate');
    expect(stderr).toContain('postern generate terraform-remote-state-s3 --bucket state --keys app/x.tfstate');
    // A state that is not there is looked up without a prefix: 404 becomes 403 where only the prefix may be listed.
    expect(stderr).not.toContain('--restrict-listing');
    expect((await record(list, 's3 PUT /state/app/x.tfstate')).stderr).toContain('--restrict-listing');
  });

  test('takes the region and account from the environment', async () => {
    const { stdout } = await postern.call(
      { AWS_REGION: 'ap-southeast-2', AWS_ACCOUNT_ID: '999988887777' },
      'record',
      '--',
      process.execPath,
      client,
      'ecr X.DescribeImages {"repositoryName":"a"}',
    );
    expect(stdout).toContain('arn:aws:ecr:ap-southeast-2:999988887777:repository/a');
  });

  test('suggests options for the region that the command chose', async () => {
    const code = `const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key } = process.env;
      await fetch(url, { method: 'POST', body: '{"repositoryName":"app"}', headers: { 'x-amz-target': 'X.DescribeImages',
        authorization: \`AWS4-HMAC-SHA256 Credential=\${key}/20260101/us-gov-west-1/ecr/aws4_request, SignedHeaders=host, Signature=0\` } });`;
    const { stdout, stderr } = await postern('record', '--', process.execPath, '--input-type=module', '-e', code);
    expect(stdout).toContain('arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/app');
    expect(stderr).toContain('--region us-gov-west-1');
  });

  test.each([
    [['--kms-alias', 'alias/a'], '--kms-alias: `alias/a` is no alias with its key: write `alias/NAME=KEY`'],
    [['--kms-alias', `a=${key}`, 'alias/b=c'], '`c` is no KMS key: write its id or its ARN'],
    [['--world', join(folder, 'none.yaml')], 'cannot be read: there is no such file'],
  ])('%j is answered with a sentence', async (args, message) => {
    const { code, stderr } = await postern('record', ...args, '--', 'true');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('tells every problem of a world', async () => {
    const world = join(folder, 'wrong.yaml');
    writeFileSync(world, 'services: [{ name: web, controller: X }]\nbucket: []\n');
    const { code, stderr } = await postern('record', '--world', world, '--', 'true');
    expect(code).toBe(2);
    expect(stderr).toContain('--world: bucket: `bucket` is not known');
    expect(stderr).toContain('--world: services[0].controller: `X` is not right here');
  });

  test.each(['record', 'sandbox'])('shows a world in the help of %s that is right', async (command) => {
    const { stdout } = await postern(command, '--help');
    const yaml = /left out:\n(.*?)\n\n/s.exec(stdout)![1]!;
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const world = join(folder, 'help.yaml');
    writeFileSync(world, yaml);
    const { code } = await postern('record', '--world', world, '--', process.execPath, client, identity);
    expect(code).toBe(0);
    const readme = readFileSync(new URL('../../../../sandbox/README.md', import.meta.url), 'utf8');
    const sections = /```yaml\n(.*?)```/s.exec(readme)![1]!.match(/^\w+(?=:)/gm)!;
    expect(
      yaml
        .match(/^ {2}\w+(?=:)/gm)!
        .map((name) => name.trim())
        .sort(),
    ).toEqual(sections.sort());
  });

  test('takes the world of the README', async () => {
    const readme = readFileSync(new URL('../../../../sandbox/README.md', import.meta.url), 'utf8');
    const world = join(folder, 'readme.yaml');
    writeFileSync(world, /```yaml\n(.*?)```/s.exec(readme)![1]!);
    const { code, stdout } = await postern(
      'record',
      '--world',
      world,
      '--',
      process.execPath,
      client,
      'codedeploy X.CreateDeployment {"applicationName":"web","deploymentGroupName":"web"}',
      'ssm X.GetParameter {"Name":"/web/version"}',
      's3 GET /my-state/app/terraform.tfstate',
      'ecr X.DescribeImages {"repositoryName":"web","imageIds":[{"imageTag":"1.2"}]}',
      'ecs X.RunTask {"cluster":"production","taskDefinition":"web"}',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('deploymentconfig:CodeDeployDefault.ECSCanary10Percent5Minutes');
    expect(stdout).toContain('parameter/web/version');
    expect(stdout).toContain('key/1234abcd-12ab-34cd-56ef-1234567890ab');
    expect(stdout).toContain('role/web-execution');
  });

  test('lets a blue/green deployment be tried in a world', async () => {
    const world = join(folder, 'world.yaml');
    writeFileSync(
      world,
      'services: [{ cluster: c, name: web, controller: CODE_DEPLOY }]\ndeploymentGroups: [{ application: a, name: g, cluster: c, service: web, config: Canary }]\n',
    );
    const deploy = 'codedeploy X.CreateDeployment {"applicationName":"a","deploymentGroupName":"g","revision":{}}';
    const update = 'ecs X.UpdateService {"cluster":"c","service":"web","taskDefinition":"web"}';
    const { stdout } = await postern('record', '--world', world, '--', process.execPath, client, update, deploy);
    expect(stdout).toContain('deploymentconfig:Canary');
    expect(stdout).toContain('codedeploy:RegisterApplicationRevision');
  });
});

describe('what record says of what it saw', () => {
  const program = (code: string) => postern('record', '--', process.execPath, '-e', code);

  test('a bucket with dots is found in front of the address, through the proxy', async () => {
    const { code, stdout, stderr } = await program(`
      const { AWS_ENDPOINT_URL: url, HTTP_PROXY: proxy, AWS_ACCESS_KEY_ID: key } = process.env;
      const { host, port } = new URL(url);
      const authorization = 'AWS4-HMAC-SHA256 Credential=' + key + '/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
      const headers = { host: 'my.tf-state.' + host, authorization };
      if (new URL(proxy).port !== port) throw new Error(proxy);
      require('node:http').get({ port, path: 'http://my.tf-state.' + host + '/?list-type=2&prefix=env%3A%2F', headers }, (response) => {
        process.exitCode = response.statusCode === 200 ? 0 : 9;
        response.resume();
      });`);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 permission')]);
    expect(stdout).toContain('"arn:aws:s3:::my.tf-state"');
  });

  test('a client that has not logged in leaves the policy unknown', async () => {
    const { code, stdout, stderr } = await program(`
      const { AWS_ENDPOINT_URL: url } = process.env;
      const headers = { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com' };
      for (const path of ['/v2/', '/v2/team/app/manifests/latest'])
        require('node:http').get({ port: new URL(url).port, path, headers }, (response) => response.resume());`);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('  login    the registry was asked without a password: log in first');
    expect(stderr).toContain('postern: the policy is not known: a registry answers nothing before');
    expect(stderr).not.toContain('no permission');
  });

  test('a command that failed is not said to need nothing', async () => {
    const { code, stderr } = await postern(
      'record',
      '--',
      'sh',
      '-c',
      `"${process.execPath}" "${client}" "${identity}" "${identity}"; exit 3`,
    );
    expect(code).toBe(3);
    expect(stderr).toContain('sts GetCallerIdentity asks for no permission, and no more was asked');
    expect(stderr).not.toContain('needs no policy');
  });

  test('an entry that is narrower than the record does not give more', async () => {
    const { stderr } = await record('s3 GET /my-state/?list-type=2', 's3 GET /my-state/app.tfstate');
    expect(stderr).toMatch(
      /`terraform-remote-state-s3` gives all that was asked for, .*--resource-account 123456789012/,
    );
    expect(stderr).not.toContain('and more: postern generate terraform-remote-state-s3');
    const images = await record('ecr X.DescribeImages {"repositoryName":"team/app"}');
    expect(images.stderr).toContain('`ecr-docker-push` gives all of it, and more: ');
  });

  test('what is authorized and not served is in the policy, and said to be', async () => {
    const { code, stdout, stderr } = await record(
      'ecr X.PutLifecyclePolicy {"repositoryName":"team/app","lifecyclePolicyText":"{}"}',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('ecr:PutLifecyclePolicy');
    expect(stderr).toContain('ecr PutLifecyclePolicy: it knows what that needs');
    expect(stderr).toContain('whether the policy is whole is not known: 1 request got no answer');
    expect(stderr).not.toContain('nothing is known');
  });
});

test('the place that sandbox is told is that of its policies', async () => {
  const template = join(folder, 'template.json');
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'ecs:DescribeServices',
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:service/c/s' },
      },
    ],
  };
  writeFileSync(
    template,
    JSON.stringify({ Resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy } } } }),
  );
  const ask = 'ecs AmazonEC2ContainerServiceV20141113.DescribeServices {"cluster":"c","services":["s"]}';
  for (const named of [
    template,
    'ecs-service-deployment --cluster c --services s --client aws-cli --no-new-task-definition',
  ]) {
    const { code, stderr } = await postern(
      'sandbox',
      '--account',
      '999988887777',
      '--region',
      'us-gov-west-1',
      '--policy',
      named,
      '--',
      process.execPath,
      client,
      ask,
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 request to AWS, nothing was denied')]);
    expect(stderr).not.toContain('is taken to be');
  }
  const { code, stderr } = await postern('sandbox', '--policy', 'ecr-docker-push --repositories my-app', '--', 'true');
  expect(code).toBe(2);
  expect(stderr).toContain('--account: missing');
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

test.each([
  ['', 'an empty name is no program'],
  [join(client, 'under-a-file'), 'there is no such program, check the name'],
  ['x/'.repeat(5000), 'the name is too long'],
  [folder, 'it is no file that may be executed'],
  ['no-such-program', 'there is no such program, check the name'],
])('a program that cannot be started is told: %.40s', async (program, why) => {
  const { code, stdout, stderr } = await postern('record', '--', program);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('cannot be run: ');
  expect(stderr).toContain(why);
});

test('more arguments than the system takes are told', async () => {
  const many = Array.from({ length: 40 }, () => 'x'.repeat(100_000));
  const { code, stderr } = await postern('record', '--', process.execPath, '-e', '0', ...many);
  expect([code, stderr.split('cannot be run: ')[1]]).toEqual([
    2,
    'its arguments and environment are larger than the system takes, give fewer\n',
  ]);
});

describe('a file that cannot be written is told before the work is done', () => {
  const marker = join(folder, 'ran');
  const touch = ['--', process.execPath, '-e', `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`];
  const places: [string, string, RegExp][] = [
    ['a folder that is not there', join(folder, 'none/p.json'), /its folder does not exist, create it first/],
    ['a file for a folder', join(client, 'p.json'), /its folder does not exist, create it first/],
    ['a folder', folder, /it is a directory, name a file in it/],
    ['an empty name', '', /an empty name is no file/],
  ];

  test.each(places)('%s', async (_, path, why) => {
    const lines = [
      ['record', '--output', path, ...touch],
      ['record', '--report', path, ...touch],
      [
        'sandbox',
        '--policy',
        'ecr-docker-push --repositories shop --account 123456789012 --region eu-west-1',
        '--report',
        path,
        ...touch,
      ],
      ['prove', 'terragrunt', '--evidence', path],
    ];
    for (const line of lines) {
      const { code, stderr } = await postern(...line);
      expect({ code, lines: stderr.trimEnd().split('\n').length, ran: existsSync(marker) }, line.join(' ')).toEqual({
        code: 2,
        lines: 1,
        ran: false,
      });
      expect(stderr).toMatch(why);
    }
  });
});
