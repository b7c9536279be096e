import { terragrunt } from '@postern/core';
import { storeObject, type World } from '@postern/sandbox';
import type { CellOptions, HostileRequest, ProofPlan, Unshown } from '../../scenario.js';
import { keyArn } from '../terraform-remote-state-s3/configuration.js';
import { cells } from './cells.js';
import { scenarios } from './scenarios.js';

const bucket = (options: CellOptions) => options.name('bucket')!;
const key = (options: CellOptions) => options.names('keys')[0]!;
const dependency = (options: CellOptions) => options.names('dependencyKeys')[0]!;
const table = (options: CellOptions) => options.name('lockTable')!;
const foreign = 'other/secret.tfstate';
const item = (id: string) => ({ LockID: { S: id } });
const notAll = (options: CellOptions) => options.is('scope', 'exact', 'pattern');
const resource = 'resource';
const elsewhere = { Bucket: 'somebody-elses' };

async function shared(world: World, options: CellOptions): Promise<void> {
  const made = world.objects.create(bucket(options), options.account, options.region);
  world.objects.create(elsewhere.Bucket, options.account, options.region);
  const kmsKey = options.name('kmsKey') === undefined ? undefined : keyArn(options);
  for (const name of [foreign, `${foreign}.tflock`, `${key(options)}.tflock`, dependency(options)])
    if (name !== undefined) storeObject(made, name, Buffer.from('{}'), { kmsKey });
  for (const name of [table(options), 'other-table']) if (name !== undefined) await world.tables.create(name, 'LockID');
}

/** A key fenced by service, encryption context and its own ARN. */
function ofKey(sid: string, own: (options: CellOptions) => string): HostileRequest[] {
  const readsAll = (options: CellOptions) => [
    {
      Effect: 'Allow' as const,
      Action: ['s3:GetObject'],
      Resource: [`arn:${options.partition}:s3:::${bucket(options)}/*`],
    },
  ];
  return [
    {
      name: `decrypt with another key (${sid})`,
      sid,
      fence: resource,
      prepare: async (world, options) => {
        await shared(world, options);
        const kmsKey = keyArn(options).replace(/[^/]+$/, '99999999-12ab-34cd-96ef-1234567890ab');
        storeObject(world.objects.buckets.get(bucket(options))!, own(options), Buffer.from('{}'), { kmsKey });
      },
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: own(options) }),
    },
    {
      name: `use the key directly, without S3 (${sid})`,
      sid,
      fence: 'StringEquals kms:ViaService',
      send: (call, options) =>
        call('KMS', 'Decrypt', {
          CiphertextBlob: Buffer.from(`${keyArn(options)}\nc2VjcmV0`),
          EncryptionContext: { 'aws:s3:arn': `arn:${options.partition}:s3:::${bucket(options)}/${own(options)}` },
        }),
    },
    {
      name: `decrypt another object, where S3 lets it be read (${sid})`,
      sid,
      fence: 'StringEquals kms:EncryptionContext:aws:s3:arn',
      applies: notAll,
      prepare: shared,
      besides: readsAll,
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: foreign }),
    },
  ];
}

/** Items fenced by their table and their keys. */
function ofItems(
  sid: string,
  operation: string,
  own: (options: CellOptions) => string,
  suffix: string,
  where = bucket,
): HostileRequest[] {
  return [
    {
      name: `reach the same item in another table (${sid})`,
      sid,
      fence: resource,
      prepare: shared,
      send: (call, options) =>
        call('DynamoDB', operation, {
          TableName: 'other-table',
          Key: item(`${where(options)}/${own(options)}${suffix}`),
        }),
    },
    {
      name: `reach another unit's item (${sid})`,
      sid,
      fence: 'ForAllValues:StringEquals dynamodb:LeadingKeys',
      applies: notAll,
      prepare: shared,
      send: (call, options) =>
        call('DynamoDB', operation, { TableName: table(options), Key: item(`${bucket(options)}/${foreign}${suffix}`) }),
    },
  ];
}

const movedBucket = (options: CellOptions) => options.name('migrateToBucket') ?? bucket(options);
const movedKey = (options: CellOptions) => options.names('migrateToKeys')[0]!;
const otherKey = (options: CellOptions) => keyArn(options).replace(/[^/]+$/, '99999999-12ab-34cd-96ef-1234567890ab');
/** Whoever may write every object of the bucket, so that nothing but KMS can refuse a write. */
const writesAll = (options: CellOptions) => [
  {
    Effect: 'Allow' as const,
    Action: ['s3:PutObject'],
    Resource: [`arn:${options.partition}:s3:::${movedBucket(options)}/*`],
  },
];
const encryptedWith = (SSEKMSKeyId: string) => ({ Body: '{}', ServerSideEncryption: 'aws:kms', SSEKMSKeyId });

/** The key with which a copy is encrypted: fenced as the others are, and asked for by writes. */
const ofCopyKey: HostileRequest[] = [
  {
    name: 'encrypt with another key (MovedCopyKey)',
    sid: 'MovedCopyKey',
    fence: resource,
    prepare: makeMoved,
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: movedBucket(options),
        Key: movedKey(options),
        ...encryptedWith(otherKey(options)),
      }),
  },
  {
    name: 'make a data key directly, without S3 (MovedCopyKey)',
    sid: 'MovedCopyKey',
    fence: 'StringEquals kms:ViaService',
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: {
          'aws:s3:arn': `arn:${options.partition}:s3:::${movedBucket(options)}/${movedKey(options)}`,
        },
      }),
  },
  {
    name: 'encrypt another object, where S3 lets it be written (MovedCopyKey)',
    sid: 'MovedCopyKey',
    fence: 'StringEquals kms:EncryptionContext:aws:s3:arn',
    applies: notAll,
    prepare: makeMoved,
    besides: writesAll,
    send: (call, options) =>
      call('S3', 'PutObject', { Bucket: movedBucket(options), Key: foreign, ...encryptedWith(keyArn(options)) }),
  },
];

async function makeMoved(world: World, options: CellOptions): Promise<void> {
  await shared(world, options);
  if (movedBucket(options) !== bucket(options))
    world.objects.create(movedBucket(options), options.account, options.region);
}

const bucketFence = (sid: string, name: string, operation: string, input: object = {}): HostileRequest => ({
  name,
  sid,
  fence: resource,
  prepare: shared,
  send: (call) => call('S3', operation, { ...elsewhere, ...input }),
});

const hostile: HostileRequest[] = [
  {
    name: "break another unit's lock",
    sid: 'LockObjects',
    fence: resource,
    applies: notAll,
    prepare: shared,
    send: (call, options) => call('S3', 'DeleteObject', { Bucket: bucket(options), Key: `${foreign}.tflock` }),
  },
  {
    name: 'write something else than a lock',
    sid: 'LockObjects',
    fence: resource,
    applies: (options) => options.name('kmsKey') === undefined,
    prepare: shared,
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucket(options), Key: key(options), Body: '{}' }),
  },
  ...ofItems('LockItems', 'DeleteItem', key, ''),
  ...ofItems('DigestItems', 'GetItem', key, '-md5'),
  ...ofItems('DependencyDigests', 'GetItem', dependency, '-md5'),
  ...ofKey('LockKey', (options) => `${key(options)}.tflock`),
  ...ofKey('DependencyKey', dependency),
  {
    name: "delete another unit's state",
    sid: 'RemoveStates',
    fence: resource,
    applies: notAll,
    prepare: shared,
    send: (call, options) => call('S3', 'DeleteObject', { Bucket: bucket(options), Key: foreign }),
  },
  bucketFence('ListMigrateBucket', 'list another bucket than the one it moves to', 'ListObjectsV2'),
  {
    name: 'overwrite a state beside the moved one',
    sid: 'MovedStates',
    fence: resource,
    applies: (options) => options.name('kmsKey') === undefined,
    prepare: shared,
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucket(options), Key: foreign, Body: '{}' }),
  },
  ...ofItems('MovedDigests', 'GetItem', movedKey, '-md5', movedBucket),
  ...ofKey('MovedStateKey', key),
  ...ofCopyKey,
  bucketFence('ListBucket', 'list another bucket', 'ListObjectsV2'),
  {
    name: 'read a state that is no dependency',
    sid: 'DependencyStates',
    fence: resource,
    applies: (options) => options.name('kmsKey') === undefined,
    prepare: shared,
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: foreign }),
  },
  {
    name: 'read another user',
    sid: 'ReadOwnUser',
    fence: resource,
    send: (call) => call('IAM', 'GetUser', { UserName: 'admin' }),
  },
  {
    ...bucketFence('CheckBucket', 'read the configuration of another bucket', 'GetBucketVersioning'),
    applies: (options) => !options.is('skipBucketVersioning', true),
  },
  {
    name: 'describe another table',
    sid: 'CheckLockTable',
    fence: resource,
    prepare: shared,
    send: (call) => call('DynamoDB', 'DescribeTable', { TableName: 'other-table' }),
  },
  {
    ...bucketFence('CreateBucket', 'open another bucket to the world', 'PutBucketPolicy', { Policy: '{}' }),
    applies: (options) => !options.is('skipBucketRootAccess', true) || !options.is('skipBucketEnforcedTls', true),
  },
  {
    name: 'create another bucket',
    sid: 'CreateBucket',
    fence: resource,
    send: (call) => call('S3', 'CreateBucket', { Bucket: 'another-bucket' }),
  },
  bucketFence('CreateLogsBucket', 'list another bucket than that of the logs', 'HeadBucket'),
  {
    name: 'create another table',
    sid: 'CreateLockTable',
    fence: resource,
    send: (call) =>
      call('DynamoDB', 'CreateTable', {
        TableName: 'another-table',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
      }),
  },
  {
    name: 'assume another role',
    sid: 'AssumeRoles',
    fence: resource,
    send: (call, options) =>
      call('STS', 'AssumeRole', {
        RoleArn: `arn:${options.partition}:iam::${options.account}:role/admin`,
        RoleSessionName: 'hostile',
      }),
  },
];

const keyless = ['LockItems', 'DigestItems', 'DependencyDigests', 'MovedDigests'].map(
  (sid): Unshown => ({
    atom: `${sid}: condition Null dynamodb:LeadingKeys`,
    outcome: 'claimed',
    why: 'GetItem, PutItem and DeleteItem always name a key, so no request of these actions comes without one: the condition guards against an action that is added later',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
  }),
);

/** Where the backend is looked at, it is replayed. */
const lists: Unshown = {
  atom: 'ListBucket',
  outcome: 'tolerated',
  why: 'terraform from 1.7.2 on goes on where it may not list workspaces, if the state of the dependency is there; 1.6.0 to 1.7.1 and OpenTofu 1.6 stop',
  source: 'hashicorp/terraform at 883c7221: internal/backend/remote-state/s3/backend_state.go, Workspaces',
};

export const terragruntProof: ProofPlan = {
  useCase: terragrunt,
  principal: (options) => (options.is('identity', 'iam-user') ? 'user' : 'role'),
  cells,
  scenarios,
  hostile,
  unshown: [...keyless, lists],
  idle: ['LockItems', 'DigestItems', 'LockObjects', 'LockKey'].map((atom) => ({
    atom,
    cells: (options) =>
      !options.is('bootstrap', 'off') || options.is('deleteStates', true) || options.names('migrateToKeys').length > 0,
    why: 'the lock is the same whatever is done to the backend: the cells in which nothing is done to it take it',
  })),
};
