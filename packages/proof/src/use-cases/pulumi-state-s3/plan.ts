import { pulumiStateS3 } from '@postern/core';
import { seal, storeObject } from '@postern/sandbox';
import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { bucketOf, keyArn, keyIn, prepare, stackOf } from './backend.js';
import { steps } from './steps.js';

const place = { account: '123456789012', region: 'eu-west-1' };
const base = { bucket: 'state', stacks: ['app/dev'], ...place };
const keyId = '1234abcd-12ab-34cd-96ef-1234567890ab';
const otherKey = '00000000-12ab-34cd-96ef-1234567890ab';
const secrets = { secretsKey: keyId };

const cells: ProofPlan['cells'] = [
  { name: 'preview', options: { ...base, access: 'preview' } },
  { name: 'preview secrets', options: { ...base, access: 'preview', ...secrets } },
  { name: 'preview reference', options: { ...base, access: 'preview', stackReferences: ['network/dev'] } },
  { name: 'preview key', options: { ...base, access: 'preview', kmsKey: keyId } },
  { name: 'update', options: base },
  { name: 'update new', options: { ...base, initialize: true, checkpointBackups: false } },
  { name: 'update secrets', options: { ...base, ...secrets, changeSecretsProvider: true } },
  { name: 'remove', options: { ...base, access: 'remove', root: 'team/.pulumi' } },
  { name: 'remove backups', options: { ...base, access: 'remove', removeBackups: true } },
  { name: 'remove key', options: { ...base, access: 'remove', kmsKey: keyId, region: 'cn-north-1' } },
  { name: 'pattern', options: { ...base, access: 'preview', stacks: ['app/pr-*'], scope: 'pattern' } },
];

const resource = 'resource';
const withoutKey = (options: CellOptions) => options.name('kmsKey') === undefined;

interface OtherState {
  readonly which: string;
  readonly at: (options: CellOptions, path: (stack: string) => string) => { bucket: string; key: string };
  readonly applies?: (options: CellOptions) => boolean;
}

const others: readonly OtherState[] = [
  {
    which: 'a stack whose name only begins alike',
    at: (options, path) => ({ bucket: bucketOf(options), key: keyIn(options, path(`${stackOf(options)}-old`)) }),
    applies: (options) => options.is('scope', 'exact'),
  },
  {
    which: 'the stack of the same name in another project',
    at: (options, path) => ({
      bucket: bucketOf(options),
      key: keyIn(options, path(`other/${stackOf(options).split('/')[1]}`)),
    }),
  },
  {
    which: 'the same stack in another subdirectory',
    at: (options, path) => ({ bucket: bucketOf(options), key: `theirs/.pulumi/${path(stackOf(options))}` }),
  },
  {
    which: 'the same stack in another bucket',
    at: (options, path) => ({ bucket: 'other-bucket', key: keyIn(options, path(stackOf(options))) }),
  },
];

function requests(sid: string, what: string, operation: string, path: (stack: string) => string): HostileRequest[] {
  return others.map(({ which, at, applies }) => ({
    name: `${what} of ${which}`,
    sid,
    fence: resource,
    applies: (options) => withoutKey(options) && applies?.(options) !== false,
    prepare,
    send: (call, options) => {
      const { bucket, key } = at(options, path);
      return call('S3', operation, { Bucket: bucket, Key: key, ...(operation === 'PutObject' ? { Body: 'x' } : {}) });
    },
  }));
}

const checkpoint = (stack: string) => `stacks/${stack}.json`;

export const pulumiStateS3Proof: ProofPlan = {
  useCase: pulumiStateS3,
  cells,
  scenarios: [
    {
      name: 'pulumi',
      title:
        'Pulumi previews, makes a stack, updates, cancels, refreshes, exports, imports, destroys and removes it, with a program in YAML',
      applies: () => true,
      prepare,
      steps,
    },
    {
      name: 'bucket key',
      title: 'the same with Pulumi, where the bucket uses bucket keys',
      applies: (options) => !withoutKey(options),
      prepare: (world, options) => {
        prepare(world, options);
        world.objects.buckets.get(bucketOf(options))!.bucketKey = true;
      },
      steps,
    },
  ],
  hostile: [
    ...requests('ReadBackend', 'read the checkpoint', 'GetObject', checkpoint),
    ...requests('WriteCheckpoints', 'write the checkpoint', 'PutObject', checkpoint),
    ...requests('BackUpCheckpoints', 'write a backup', 'PutObject', (stack) => `backups/${stack}/1.json`),
    ...requests('LockStacks', 'break the lock', 'DeleteObject', (stack) => `locks/organization/${stack}/1.json`),
    ...requests('RemoveStacks', 'delete the checkpoint', 'DeleteObject', checkpoint),
    ...requests('RemoveStacks', 'delete the tags', 'DeleteObject', (stack) => `stacks/${stack}.pulumi-tags`),
    ...requests('RemoveBackups', 'delete a backup', 'DeleteObject', (stack) => `backups/${stack}/1.json`),
    ...requests('RemoveBackups', 'read a backup', 'GetObject', (stack) => `backups/${stack}/1.json`),
    ...requests('ReadHistory', 'read the history', 'GetObject', (stack) => `history/${stack}/1.json`),
    {
      name: 'read a stack whose name only begins like one that is referred to',
      sid: 'ReadReferences',
      fence: resource,
      prepare,
      send: (call, options) =>
        call('S3', 'GetObject', { Bucket: bucketOf(options), Key: keyIn(options, 'stacks/network/dev-old.json') }),
    },
    {
      name: 'write the version of another backend in the bucket',
      sid: 'Initialize',
      fence: resource,
      prepare,
      send: (call, options) =>
        call('S3', 'PutObject', { Bucket: bucketOf(options), Key: 'theirs/.pulumi/meta.yaml', Body: 'version: 0' }),
    },
    {
      name: 'list another bucket',
      sid: 'ListBucket',
      fence: resource,
      prepare,
      send: (call) => call('S3', 'ListObjectsV2', { Bucket: 'other-bucket' }),
    },
    {
      name: 'decrypt with another key',
      sid: 'SecretsKey',
      fence: resource,
      send: (call, options) =>
        call('KMS', 'Decrypt', {
          CiphertextBlob: Buffer.from(seal(keyArn(options, otherKey), Buffer.from('theirs')), 'base64'),
        }),
    },
    {
      name: 'read an object through S3 that the key of the secrets encrypts',
      sid: 'SecretsKey',
      fence: 'Null kms:ViaService',
      prepare: (world, options) => {
        prepare(world, options);
        const bucket = world.objects.create('reports', options.account, options.region);
        storeObject(bucket, '2026.json', Buffer.from('{}'), { kmsKey: keyArn(options, options.name('secretsKey')!) });
      },
      besides: () => [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }],
      send: (call) => call('S3', 'GetObject', { Bucket: 'reports', Key: '2026.json' }),
    },
    {
      name: 'read an object that another key encrypts',
      sid: 'BucketKey',
      fence: resource,
      prepare: (world, options) => {
        prepare(world, options);
        const bucket = world.objects.buckets.get(bucketOf(options))!;
        const [key, object] = [...bucket.objects].find(([name]) => name.endsWith('meta.yaml'))!;
        bucket.objects.set(key, { ...object, kmsKey: keyArn(options, otherKey) });
      },
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: keyIn(options, 'meta.yaml') }),
    },
    {
      name: 'read another object of the bucket with the key',
      sid: 'BucketKey',
      fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
      prepare: (world, options) => {
        prepare(world, options);
        const bucket = world.objects.buckets.get(bucketOf(options))!;
        const [, object] = [...bucket.objects][0]!;
        bucket.objects.set('reports/2026.json', object);
      },
      besides: () => [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }],
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: 'reports/2026.json' }),
    },
    {
      name: 'use the key of the bucket itself, not through S3',
      sid: 'BucketKey',
      fence: 'StringEquals kms:ViaService',
      send: (call, options) =>
        call('KMS', 'Decrypt', {
          CiphertextBlob: Buffer.from(seal(keyArn(options, options.name('kmsKey')!), Buffer.from('stolen')), 'base64'),
          EncryptionContext: {
            'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${keyIn(options, 'meta.yaml')}`,
          },
        }),
    },
  ],
  unshown: [],
  // Locks, entries of the history and backups are named by Pulumi when it runs; the key of the bucket is for its folder.
  ownBelow: (options) => {
    const folder = (rest: string) => `arn:${options.partition}:s3:::${bucketOf(options)}/${keyIn(options, rest)}`;
    if (!withoutKey(options)) return [folder('')];
    return ['locks/organization', 'history', 'backups'].flatMap((kind) =>
      options.names('stacks').map((stack) => folder(`${kind}/${stack}/`)),
    );
  },
};
