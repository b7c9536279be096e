import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../src/index.js';
import { createClients } from './sdk-clients.js';
import { region } from './http.js';

const everything = {
  Version: '2012-10-17' as const,
  Statement: [{ Sid: 'All', Effect: 'Allow' as const, Action: ['*'], Resource: ['*'] }],
};

let sandbox: Sandbox;
let clients: ReturnType<typeof createClients>;
beforeAll(async () => {
  sandbox = await startSandbox();
  clients = createClients(sandbox.endpoint, sandbox.principals.add({ policies: [everything] }), region);
});
afterAll(async () => {
  await clients.close();
  await sandbox.close();
});

interface Grant {
  readonly Grantee: { readonly URI?: string };
  readonly Permission: string;
}

async function grantsOf(Bucket: string): Promise<string[]> {
  const { Grants } = await clients.call('S3', 'GetBucketAcl', { Bucket });
  return (Grants as Grant[]).map(
    ({ Grantee, Permission }) => `${Grantee.URI?.split('/').at(-1) ?? 'owner'} ${Permission}`,
  );
}

describe('what clients wait for, or fail without', () => {
  test('an ACL that headers describe is the one that is read (terragrunt polls it)', async () => {
    const Bucket = 'logs-of-somebody';
    const uri = 'uri=http://acs.amazonaws.com/groups/s3/LogDelivery';
    await clients.call('S3', 'CreateBucket', { Bucket });
    expect(await grantsOf(Bucket)).toEqual(['owner FULL_CONTROL']);
    await clients.call('S3', 'PutBucketAcl', { Bucket, GrantWrite: uri, GrantReadACP: uri });
    expect(await grantsOf(Bucket)).toEqual(['owner FULL_CONTROL', 'LogDelivery WRITE', 'LogDelivery READ_ACP']);
    await clients.call('S3', 'PutBucketAcl', { Bucket, ACL: 'public-read' });
    expect(await grantsOf(Bucket)).toEqual(['owner FULL_CONTROL', 'AllUsers READ']);
    await clients.call('S3', 'PutBucketAcl', { Bucket, ACL: 'private' });
    expect(await grantsOf(Bucket)).toEqual(['owner FULL_CONTROL']);
  });

  test('a table can be used once it is created (terragrunt sleeps for ten seconds otherwise)', async () => {
    const TableName = 'made-at-once';
    await clients.call('DynamoDB', 'CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
    });
    const { Table } = await clients.call('DynamoDB', 'DescribeTable', { TableName });
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE' });
  });

  test('a task definition has its lists also where they are empty (fabfuel reads `volumes`)', async () => {
    await clients.call('ECS', 'RegisterTaskDefinition', { family: 'web', containerDefinitions: [] });
    const { taskDefinition } = await clients.call('ECS', 'DescribeTaskDefinition', { taskDefinition: 'web' });
    expect(taskDefinition).toMatchObject({ volumes: [], placementConstraints: [], requiresAttributes: [] });
  });
});
