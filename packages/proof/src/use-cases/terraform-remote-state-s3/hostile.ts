import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { storeObject, type World } from '@postern/sandbox';
import { makeBackend } from './state.js';
import { keyArn } from './configuration.js';

const stranger = '999999999999';

const bucket = (options: CellOptions) => options.name('bucket')!;
const key = (options: CellOptions) => options.names('keys')[0]!;
const table = (options: CellOptions) => options.name('lockTable')!;
const workspaceKey = (options: CellOptions) =>
  `${options.name('workspaceKeyPrefix') ?? 'env:'}/${options.names('workspaces')[0]}/${key(options)}`;
/** The state that the policy is for: that of the first workspace the job uses. */
const ownKey = (options: CellOptions) => (options.is('defaultWorkspace', true) ? key(options) : workspaceKey(options));

/** The prefix that a restricted listing asks for, so that nothing but the fence in question can refuse it. */
const listed = (options: CellOptions) =>
  options.is('restrictListing', true) ? { Prefix: `${options.name('workspaceKeyPrefix') ?? 'env:'}/` } : {};

const foreign = 'other/secret.tfstate';
/** Where every key of the bucket is the job's own, what is foreign lies in another bucket. */
const foreignBucket = (options: CellOptions) => (options.is('scope', 'account') ? 'other-bucket' : bucket(options));
const item = (id: string) => ({ LockID: { S: id } });

/** The bucket of the options, but in the hands of a stranger. */
function takenOver(world: World, options: CellOptions): void {
  const taken = world.objects.create(bucket(options), stranger, options.region);
  storeObject(taken, key(options), Buffer.from('{}'));
  if (options.names('workspaces').length > 0) storeObject(taken, workspaceKey(options), Buffer.from('{}'));
}

/** The backend with another stack's state in it, encrypted with the same key. */
async function shared(world: World, options: CellOptions): Promise<void> {
  await makeBackend(world, options);
  const kmsKey = options.name('kmsKey') === undefined ? undefined : keyArn(options);
  const own = world.objects.buckets.get(bucket(options))!;
  for (const name of [ownKey(options), foreign]) storeObject(own, name, Buffer.from('{}'), { kmsKey });
  const other = world.objects.create('other-bucket', options.account, options.region);
  storeObject(other, foreign, Buffer.from('{}'), { kmsKey });
}

const resource = 'resource';
const sameAccount = 'StringEquals aws:ResourceAccount';
const leadingKeys = 'ForAllValues:StringEquals dynamodb:LeadingKeys';
const context = 'StringEquals kms:EncryptionContext:aws:s3:arn';

export const hostile: ProofPlan['hostile'] = [
  {
    name: 'list another bucket',
    sid: 'ListBucket',
    fence: resource,
    prepare: (world, options) => void world.objects.create('other-bucket', options.account, options.region),
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: 'other-bucket', ...listed(options) }),
  },
  {
    name: 'list the whole bucket',
    sid: 'ListBucket',
    fence: 'StringEquals s3:prefix',
    applies: (options) => options.is('restrictListing', true),
    prepare: makeBackend,
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: bucket(options), Prefix: '' }),
  },
  {
    name: 'list a bucket of the same name in the hands of a stranger',
    sid: 'ListBucket',
    fence: sameAccount,
    applies: (options) => options.name('resourceAccount') !== undefined,
    prepare: takenOver,
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: bucket(options), ...listed(options) }),
  },
  {
    name: "read another stack's state",
    sid: 'StateObjects',
    fence: resource,
    prepare: shared,
    applies: (options) => options.is('scope', 'exact', 'pattern'),
    send: (call, options) => call('S3', 'HeadObject', { Bucket: bucket(options), Key: foreign }),
  },
  {
    name: 'read the state of a stack whose key only begins alike',
    sid: 'StateObjects',
    fence: resource,
    applies: (options) => options.is('scope', 'exact', 'pattern'),
    prepare: async (world, options) => {
      await makeBackend(world, options);
      storeObject(world.objects.buckets.get(bucket(options))!, `${ownKey(options)}-old`, Buffer.from('{}'));
    },
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: `${ownKey(options)}-old` }),
  },
  {
    name: 'read a state in a bucket of the same name in the hands of a stranger',
    sid: 'StateObjects',
    fence: sameAccount,
    applies: (options) => options.name('resourceAccount') !== undefined,
    prepare: takenOver,
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: ownKey(options) }),
  },
  {
    name: "delete another stack's state",
    sid: 'DeleteWorkspaceStates',
    fence: resource,
    prepare: shared,
    send: (call, options) => call('S3', 'DeleteObject', { Bucket: bucket(options), Key: foreign }),
  },
  {
    name: 'delete a workspace in a bucket of the same name in the hands of a stranger',
    sid: 'DeleteWorkspaceStates',
    fence: sameAccount,
    applies: (options) => options.name('resourceAccount') !== undefined,
    prepare: takenOver,
    send: (call, options) => call('S3', 'DeleteObject', { Bucket: bucket(options), Key: workspaceKey(options) }),
  },
  {
    name: "take another stack's lock",
    sid: 'LockObjects',
    fence: resource,
    prepare: shared,
    applies: (options) => options.is('scope', 'exact', 'pattern') && options.name('kmsKey') === undefined,
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucket(options), Key: `${foreign}.tflock`, Body: '{}' }),
  },
  {
    name: "break another stack's lock",
    sid: 'LockObjects',
    fence: resource,
    prepare: shared,
    applies: (options) => options.is('scope', 'exact', 'pattern'),
    send: (call, options) => call('S3', 'DeleteObject', { Bucket: bucket(options), Key: `${foreign}.tflock` }),
  },
  {
    name: 'write a lock into a bucket of the same name in the hands of a stranger',
    sid: 'LockObjects',
    fence: sameAccount,
    applies: (options) => options.name('resourceAccount') !== undefined,
    prepare: takenOver,
    send: (call, options) =>
      call('S3', 'PutObject', { Bucket: bucket(options), Key: `${ownKey(options)}.tflock`, Body: '{}' }),
  },
  ...['LockItems', 'DigestItems', 'DeleteWorkspaceDigests'].flatMap((sid): HostileRequest[] => {
    const suffix = sid === 'LockItems' ? '' : '-md5';
    const operation = sid === 'DigestItems' ? 'GetItem' : 'DeleteItem';
    return [
      {
        name: `reach the same item in another table (${sid})`,
        sid,
        fence: resource,
        prepare: async (world, options) => {
          await makeBackend(world, options);
          await world.tables.create('other-table', 'LockID');
        },
        send: (call, options) => {
          const own = sid === 'DeleteWorkspaceDigests' ? workspaceKey(options) : ownKey(options);
          return call('DynamoDB', operation, {
            TableName: 'other-table',
            Key: item(`${bucket(options)}/${own}${suffix}`),
          });
        },
      },
      {
        name: `reach another stack's item (${sid})`,
        sid,
        fence: leadingKeys,
        prepare: makeBackend,
        send: (call, options) =>
          call('DynamoDB', operation, {
            TableName: table(options),
            Key: item(`${foreignBucket(options)}/${foreign}${suffix}`),
          }),
      },
    ];
  }),
  {
    name: 'decrypt with another key',
    sid: 'StateKey',
    fence: resource,
    prepare: async (world, options) => {
      await makeBackend(world, options);
      const other = keyArn(options).replace(/[^/]+$/, '99999999-12ab-34cd-96ef-1234567890ab');
      storeObject(world.objects.buckets.get(bucket(options))!, ownKey(options), Buffer.from('{}'), { kmsKey: other });
    },
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucket(options), Key: ownKey(options) }),
  },
  {
    name: 'use the key directly, without S3',
    sid: 'StateKey',
    fence: 'StringEquals kms:ViaService',
    send: (call, options) =>
      call('KMS', 'Decrypt', {
        CiphertextBlob: Buffer.from(`${keyArn(options)}\nc2VjcmV0`),
        EncryptionContext: { 'aws:s3:arn': `arn:${options.partition}:s3:::${bucket(options)}/${ownKey(options)}` },
      }),
  },
  {
    name: "decrypt another stack's state, where S3 lets it be read",
    sid: 'StateKey',
    fence: context,
    prepare: shared,
    besides: (options) => [
      {
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: [`arn:${options.partition}:s3:::${foreignBucket(options)}/*`],
      },
    ],
    send: (call, options) => call('S3', 'GetObject', { Bucket: foreignBucket(options), Key: foreign }),
  },
  {
    name: 'make a data key of another key',
    sid: 'EncryptionKeys',
    fence: resource,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: `arn:${options.partition}:kms:${options.region}:${options.account}:key/99999999-12ab-34cd-96ef-1234567890ab`,
        KeySpec: 'AES_256',
      }),
  },
  {
    name: 'use the key of the table directly',
    sid: 'LockTableKey',
    fence: 'StringEquals kms:ViaService',
    send: (call, options) =>
      call('KMS', 'Decrypt', {
        CiphertextBlob: Buffer.from(
          `arn:${options.partition}:kms:${options.region}:${options.account}:key/${options.name('lockTableKmsKey')}\nc2VjcmV0`,
        ),
      }),
  },
  {
    name: 'read a table that another key encrypts',
    sid: 'LockTableKey',
    fence: resource,
    prepare: async (world, options) => {
      await makeBackend(world, options);
      world.tables.known.get(table(options))!.kmsKey =
        `arn:${options.partition}:kms:${options.region}:${options.account}:key/99999999-12ab-34cd-96ef-1234567890ab`;
    },
    send: (call, options) =>
      call('DynamoDB', 'GetItem', {
        TableName: table(options),
        Key: item(`${bucket(options)}/${ownKey(options)}-md5`),
      }),
  },
  {
    name: 'assume another role',
    sid: 'AssumeBackendRoles',
    fence: resource,
    send: (call, options) =>
      call('STS', 'AssumeRole', {
        RoleArn: `arn:${options.partition}:iam::${options.account}:role/admin`,
        RoleSessionName: 'hostile',
      }),
  },
];
