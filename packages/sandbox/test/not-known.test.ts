import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../src/index.js';
import { account, json, query, region, send, type RawRequest } from './http.js';

let sandbox: Sandbox;
let key: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  key = sandbox.principals.add({ policies: 'everything' }).accessKeyId;
  sandbox.world.objects.create('state', account, region);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.log.clear());

const s3 = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): RawRequest => ({
  method,
  path,
  headers,
  ...(body === undefined ? {} : { body }),
});

const rows: readonly (readonly [what: string, service: string, request: RawRequest])[] = [
  ['PutBucketAbac', 's3', s3('PUT', '/new?abac', {}, '<AbacStatus/>')],
  ['GetBucketAbac', 's3', s3('GET', '/state?abac')],
  ['PutBucketAccelerateConfiguration', 's3', s3('PUT', '/new?accelerate')],
  ['PutBucketRequestPayment', 's3', s3('PUT', '/new?requestPayment')],
  ['CreateBucketMetadataConfiguration', 's3', s3('POST', '/state?metadataConfiguration')],
  ['a subresource of tomorrow', 's3', s3('PUT', '/new?tomorrow')],
  ['a subresource of tomorrow, read', 's3', s3('GET', '/state?tomorrow')],
  ['a subresource of tomorrow, deleted', 's3', s3('DELETE', '/state?tomorrow')],
  ['two subresources at once', 's3', s3('GET', '/state?policy&acl')],
  ['a bucket in a namespace', 's3', s3('PUT', '/new', { 'x-amz-bucket-namespace': 'account-regional' })],
  ['DeleteBucketAcl, which is none', 's3', s3('DELETE', '/state?acl')],
  ['RenameObject', 's3', s3('PUT', '/state/b?renameObject', { 'x-amz-rename-source': '/state/a' })],
  ['a rename by header', 's3', s3('PUT', '/state/b', { 'x-amz-rename-source': '/state/a' })],
  ['PutObjectRetention', 's3', s3('PUT', '/state/b?retention')],
  ['a write with a retention', 's3', s3('PUT', '/state/b', { 'x-amz-object-lock-mode': 'GOVERNANCE' })],
  ['a write with a legal hold', 's3', s3('PUT', '/state/b', { 'x-amz-object-lock-legal-hold': 'ON' })],
  ['an appending write', 's3', s3('PUT', '/state/b', { 'x-amz-write-offset-bytes': '1' })],
  ['a deletion around the retention', 's3', s3('DELETE', '/state/b', { 'x-amz-bypass-governance-retention': 'true' })],
  [
    'many deletions around it',
    's3',
    s3(
      'POST',
      '/state?delete',
      { 'x-amz-bypass-governance-retention': 'true' },
      '<Delete><Object><Key>b</Key></Object></Delete>',
    ),
  ],
  ['a deletion with a second factor', 's3', s3('DELETE', '/state/b?versionId=1', { 'x-amz-mfa': '1 2' })],
  ['GetObjectTorrent', 's3', s3('GET', '/state/b?torrent')],
  ['an upload id with HEAD', 's3', s3('HEAD', '/state/b?uploadId=x')],
  ['an annotation', 's3', s3('PUT', '/state/b?annotation')],
  ['a role of a service', 'ecs', json('CreateService', { cluster: 'a', serviceName: 'b', role: 'ecsServiceRole' })],
  [
    'a role of a load balancer',
    'ecs',
    json('UpdateService', {
      service: 'b',
      loadBalancers: [{ advancedConfiguration: { roleArn: 'arn:aws:iam::123456789012:role/a' } }],
    }),
  ],
  [
    'a role of a hook',
    'ecs',
    json('UpdateService', {
      service: 'b',
      deploymentConfiguration: { lifecycleHooks: [{ roleArn: 'arn:aws:iam::123456789012:role/a' }] },
    }),
  ],
  [
    'a role of a lattice',
    'ecs',
    json('UpdateService', {
      service: 'b',
      vpcLatticeConfigurations: [{ roleArn: 'arn:aws:iam::123456789012:role/a' }],
    }),
  ],
  ['a member of tomorrow', 'ecs', json('RunTask', { taskDefinition: 'a', tomorrow: true })],
  [
    'a repository with a key',
    'ecr',
    json('CreateRepository', { repositoryName: 'a', encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'a' } }),
  ],
  ['a repository of tomorrow', 'ecr', json('CreateRepository', { repositoryName: 'a', tomorrow: {} })],
  ['a table with a policy', 'dynamodb', json('CreateTable', { TableName: 'a', ResourcePolicy: '{}' })],
  [
    'a table with a key',
    'dynamodb',
    json('CreateTable', { TableName: 'a', SSESpecification: { Enabled: true, KMSMasterKeyId: 'a' } }),
  ],
  [
    'a table elsewhere',
    'dynamodb',
    json('UpdateTable', { TableName: 'a', ReplicaUpdates: [{ Create: { RegionName: 'us-east-1' } }] }),
  ],
  ['a grant of KMS', 'kms', json('Decrypt', { CiphertextBlob: 'YQ==', GrantTokens: ['a'] })],
  [
    'a session policy',
    'sts',
    query('AssumeRole', { RoleArn: 'arn:aws:iam::123456789012:role/a', RoleSessionName: 'ab', Policy: '{}' }),
  ],
  [
    'a session policy by ARN',
    'sts',
    query('AssumeRole', {
      RoleArn: 'arn:aws:iam::123456789012:role/a',
      RoleSessionName: 'ab',
      'PolicyArns.member.1.arn': 'a',
    }),
  ],
];

describe('what is not known is no other operation', () => {
  test.each(rows)('%s', async (_what, service, request) => {
    const response = await send(sandbox, key, service, request);
    expect(response.status).toBe(501);
    const [entry] = sandbox.log.entries;
    expect(entry?.understood).toBe(false);
    expect(entry?.checks).toEqual([]);
    expect([...sandbox.world.objects.buckets.keys()]).toEqual(['state']);
    expect([...sandbox.world.objects.buckets.get('state')!.objects.keys()]).toEqual([]);
  });
});

test('presigned addresses, checksums and metadata are no parameters of another operation', async () => {
  const headers = {
    'x-amz-meta-team': 'web',
    'x-amz-checksum-crc32': 'AAAAAA==',
    'x-amz-sdk-checksum-algorithm': 'CRC32',
  };
  expect((await send(sandbox, key, 's3', s3('PUT', '/state/own', headers, 'a'))).status).toBe(200);
  const credential = encodeURIComponent(`${key}/20260101/${region}/s3/aws4_request`);
  const signed = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0&x-id=GetObject`;
  expect((await fetch(`${sandbox.endpoint}/state/own?${signed}`)).status).toBe(200);
  sandbox.world.objects.buckets.get('state')!.objects.clear();
});
