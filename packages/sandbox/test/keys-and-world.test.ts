import { readFileSync } from 'node:fs';
import { services } from '../src/services/services.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { PolicyDocument } from '@postern/core';
import { startSandbox, type Sandbox } from '../src/index.js';
import { createClients } from './sdk-clients.js';
import { addAlias } from '../src/services/kms/described.js';
import { populate, problemsOfWorld } from '../src/world/populate.js';
import { account, json, region, send } from './http.js';

const one = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const other = `arn:aws:kms:${region}:${account}:key/9999abcd-12ab-34cd-96ef-1234567890ab`;

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const allow = (key: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] },
    { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt'], Resource: [key] },
  ],
});

/** Writes an object with a key under a policy for another. */
async function put(named: string, policyFor: string, prepare?: (open: Sandbox) => void): Promise<number> {
  sandbox = await startSandbox({ assumeExisting: true });
  prepare?.(sandbox);
  const { accessKeyId } = sandbox.principals.add({ policies: [allow(policyFor)] });
  const headers = { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': named };
  const { status } = await send(sandbox, accessKeyId, 's3', { method: 'PUT', path: '/state/app', headers, body: 'x' });
  return status;
}

const checked = () => sandbox.log.entries.flatMap(({ checks }) => checks.map(({ resource }) => resource));

describe('the name of a key', () => {
  test.each([
    ['an id', '1234abcd-12ab-34cd-96ef-1234567890ab', one, 200],
    ['an id of another key', '9999abcd-12ab-34cd-96ef-1234567890ab', one, 403],
    ['an ARN', one, one, 200],
    ['an alias that may be any key of the policy', 'alias/state', one, 200],
    ['the ARN of an alias', `arn:aws:kms:${region}:${account}:alias/state`, one, 200],
    ['an alias, under a policy for every key', 'alias/state', '*', 200],
    ['an alias, under a policy without a key', 'alias/state', 'arn:aws:s3:::none', 403],
    ['the key that AWS manages for S3', 'alias/aws/s3', 'arn:aws:s3:::none', 200],
  ])('as %s', async (_title, named, policyFor, status) => {
    expect(await put(named, policyFor)).toBe(status);
    expect(checked().filter((resource) => resource.includes(':key/state'))).toEqual([]);
  });

  test.each([
    [one, 200],
    [other, 403],
  ])('as an alias that the sandbox was told of (policy for %s)', async (policyFor, status) => {
    expect(await put('alias/state', policyFor, ({ world }) => addAlias(world, 'alias/state', one))).toBe(status);
    expect(checked()).toContain(one);
  });

  test('as an alias in a multipart upload and in the encryption of a bucket', async () => {
    sandbox = await startSandbox();
    addAlias(sandbox.world, 'alias/state', one);
    const keys = sandbox.principals.add({ policies: 'everything' });
    const { call, close } = createClients(sandbox.endpoint, keys, region);
    await call('S3', 'CreateBucket', { Bucket: 'state' });
    await call('S3', 'PutBucketEncryption', {
      Bucket: 'state',
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/state' } }],
      },
    });
    await close();
    expect(sandbox.world.objects.buckets.get('state')?.kmsKey).toBe(one);
  });

  test('is told by the encryption of a bucket, and by the list of aliases', async () => {
    sandbox = await startSandbox();
    addAlias(sandbox.world, 'alias/state', one);
    sandbox.world.objects.create('state', account, region).kmsKey = one;
    const keys = sandbox.principals.add({ policies: 'everything' });
    const { call, close } = createClients(sandbox.endpoint, keys, region);
    expect(await call('S3', 'GetBucketEncryption', { Bucket: 'state' })).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: one } }],
      },
    });
    expect(await call('KMS', 'ListAliases', {})).toMatchObject({
      Aliases: [{ AliasName: 'alias/state', TargetKeyId: one.slice(one.lastIndexOf('/') + 1) }],
    });
    await close();
  });

  test('fills the condition keys of aliases', async () => {
    sandbox = await startSandbox();
    const { accessKeyId } = sandbox.principals.add({ policies: 'everything' });
    await send(sandbox, accessKeyId, 'kms', json('Encrypt', { KeyId: 'alias/state', Plaintext: 'eA==' }));
    expect(sandbox.log.entries[0]?.checks[0]).toMatchObject({
      resource: `arn:aws:kms:${region}:${account}:alias/state`,
      context: { 'kms:RequestAlias': 'alias/state', 'kms:ResourceAliases': ['alias/state'] },
    });
  });
});

test('a token is for the registries it is asked for', async () => {
  sandbox = await startSandbox();
  const { accessKeyId } = sandbox.principals.add({ policies: 'everything' });
  const endpoints = async (input: object) => {
    const response = await send(sandbox, accessKeyId, 'ecr', json('GetAuthorizationToken', input));
    const body = (await response.json()) as { authorizationData?: { proxyEndpoint: string }[]; __type?: string };
    return body.authorizationData?.map(({ proxyEndpoint }) => proxyEndpoint) ?? body.__type;
  };
  const url = (id: string) => `https://${id}.dkr.ecr.${region}.amazonaws.com`;
  expect(await endpoints({})).toEqual([url(account)]);
  expect(await endpoints({ registryIds: ['111122223333'] })).toEqual([url('111122223333')]);
  expect(await endpoints({ registryIds: ['111122223333', '444455556666'] })).toEqual(
    ['111122223333', '444455556666'].map(url),
  );
  expect(await endpoints({ registryIds: ['me'] })).toBe('InvalidParameterException');
});

test('a request to another partition is answered in its names', async () => {
  sandbox = await startSandbox({ assumeExisting: true });
  const { accessKeyId } = sandbox.principals.add({ policies: 'everything' });
  const request = { ...json('DescribeImages', { repositoryName: 'app' }), region: 'cn-north-1' };
  await send(sandbox, accessKeyId, 'ecr', request);
  expect(checked()).toEqual([`arn:aws-cn:ecr:cn-north-1:${account}:repository/app`]);
});

describe('a world', () => {
  const described = {
    kmsAliases: { 'alias/state': one },
    parameters: { '/web/version': '1.2' },
    buckets: [{ name: 'my-state', kmsKey: 'alias/state', versioning: true, objects: { 'a/b': '{}' } }],
    tables: [{ name: 'locks', partitionKey: 'LockID' }],
    repositories: [{ name: 'web', immutableTags: true, images: ['latest', '1.2'] }],
    taskDefinitions: [{ family: 'web', taskRoleArn: 'web-task' }],
    services: [{ name: 'web', cluster: 'production', controller: 'CODE_DEPLOY' }],
    deploymentGroups: [{ application: 'a', name: 'g', cluster: 'production', service: 'web', config: 'Canary' }],
  };

  test('is what its file says', async () => {
    expect(problemsOfWorld(described)).toEqual([]);
    sandbox = await startSandbox();
    await populate(sandbox.world, described);
    const keys = sandbox.principals.add({ policies: 'everything' });
    const { call, close } = createClients(sandbox.endpoint, keys, region);
    const services = await call('ECS', 'DescribeServices', { cluster: 'production', services: ['web'] });
    expect(services).toMatchObject({ services: [{ deploymentController: { type: 'CODE_DEPLOY' } }] });
    const images = await call('ECR', 'DescribeImages', { repositoryName: 'web', imageIds: [{ imageTag: '1.2' }] });
    expect(images).toMatchObject({ imageDetails: [{ imageTags: ['1.2'] }] });
    const group = await call('CodeDeploy', 'GetDeploymentGroup', { applicationName: 'a', deploymentGroupName: 'g' });
    expect(group).toMatchObject({
      deploymentGroupInfo: { deploymentConfigName: 'Canary', ecsServices: [{ serviceName: 'web' }] },
    });
    expect(await call('S3', 'HeadObject', { Bucket: 'my-state', Key: 'a/b' })).toMatchObject({ ContentLength: 2 });
    expect(await call('DynamoDB', 'DescribeTable', { TableName: 'locks' })).toMatchObject({
      Table: { TableName: 'locks' },
    });
    const parameter = await send(sandbox, keys.accessKeyId, 'ssm', json('GetParameter', { Name: '/web/version' }));
    expect(await parameter.json()).toMatchObject({ Parameter: { Value: '1.2' } });
    await expect(call('ECR', 'DescribeImages', { repositoryName: 'none' })).rejects.toThrow('does not exist');
    await close();
    expect(sandbox.log.entries.flatMap(({ checks }) => checks.map(({ resource }) => resource))).not.toContain('');
  });

  test('tells every problem at once, with its place', async () => {
    sandbox = await startSandbox();
    expect(
      problemsOfWorld({
        service: [],
        buckets: [{ kmsKey: 'x' }, 'state'],
        tables: {},
        services: [{ name: 'a b', controller: 'EXTERNAL', desiredCount: -1 }],
        parameters: { a: 1 },
        repositories: [{ name: 'web', images: [1], immutableTags: 'yes' }],
      }),
    ).toEqual([
      'service: `service` is not known, did you mean `services`?',
      expect.stringContaining('parameters: '),
      'buckets[0].name: missing',
      expect.stringContaining('buckets[0].kmsKey: `x` is not right here'),
      expect.stringContaining('buckets[1]: `state` is no map'),
      expect.stringContaining('tables: '),
      'repositories[0].immutableTags: `yes` is not right here: write true or false',
      expect.stringContaining('repositories[0].images: '),
      expect.stringContaining('services[0].name: '),
      'services[0].controller: `EXTERNAL` is not right here: write `ECS` or `CODE_DEPLOY`',
      expect.stringContaining('services[0].desiredCount: '),
    ]);
  });

  test.each([
    [{ services: [{ name: 'a' }, { name: 'a' }] }, 'services: `default/a` is there twice: leave one out'],
    [{ kmsAliases: { state: one } }, 'kmsAliases: `state` is no alias of a KMS key: write it as `alias/NAME`'],
    [{ kmsAliases: { 'alias/a': 'b' } }, 'kmsAliases: `b` is no KMS key: write its id or its ARN'],
    [[], 'the world: `[]` is no map: write names with values'],
    [JSON.parse('{"__proto__":1}') as object, '__proto__: `__proto__` is not known'],
  ])('%j is refused', async (world, problem) => {
    sandbox = await startSandbox();
    expect(problemsOfWorld(world)).toEqual([expect.stringContaining(problem)]);
  });
});

test('every section of a world file is told in the help of the command that reads it', () => {
  const help = readFileSync(new URL('../../cli/src/commands/sandbox/world-help.ts', import.meta.url), 'utf8');
  const sections = services.flatMap(({ described = {} }) => Object.keys(described));
  expect(sections.length).toBeGreaterThan(8);
  expect(sections.filter((name) => !help.includes(`\n  ${name}:\n`))).toEqual([]);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(sections.filter((name) => !readme.includes(`\n${name}:\n`))).toEqual([]);
});
