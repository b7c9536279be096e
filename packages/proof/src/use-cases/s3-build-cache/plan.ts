import { s3BuildCache } from '@postern/core';
import { storeObject } from '@postern/sandbox';
import type { CellOptions, HostileRequest, ProofPlan } from '../../scenario.js';
import { bucketOf, keyArn, prefixesOf, prepare, writes } from './cache.js';
import { cells } from './cells.js';
import { commandLineSteps } from './command-line.js';
import { replayed, replaySteps } from './replays.js';
import { sccacheSteps } from './sccache.js';

const resource = 'resource';
const narrow = (options: CellOptions) => !options.is('wholeBucket', true);
const withoutKey = (options: CellOptions) => options.name('kmsKey') === undefined;
const own = (options: CellOptions) => prefixesOf(options)[0]!;

/** The same call on another object of the bucket, on one whose prefix begins alike, and in another bucket. */
function elsewhere(sid: string, what: string, operation: string, input: object): HostileRequest[] {
  const request = (
    which: string,
    applies: HostileRequest['applies'],
    at: (options: CellOptions) => { readonly Bucket: string; readonly Key: string },
  ): HostileRequest => ({
    name: `${what} ${which}`,
    sid,
    fence: resource,
    applies: (options) => withoutKey(options) && applies?.(options) !== false,
    prepare: (world, options) => {
      prepare(world, options);
      const { Bucket, Key } = at(options);
      storeObject(world.objects.buckets.get(Bucket)!, Key, Buffer.from('theirs'));
    },
    send: (call, options) => call('S3', operation, { ...input, ...at(options) }),
  });
  return [
    request('that is not of the cache', narrow, (options) => ({ Bucket: bucketOf(options), Key: 'release/app' })),
    request('under a prefix that only begins alike', narrow, (options) => ({
      Bucket: bucketOf(options),
      Key: `${own(options).slice(0, -1)}-old/hit`,
    })),
    request('above the prefix', narrow, (options) => ({ Bucket: bucketOf(options), Key: 'cache/hit' })),
    request('in another bucket', undefined, (options) => ({ Bucket: 'other-bucket', Key: `${own(options)}hit` })),
  ];
}

const strangers = 'StringLike kms:EncryptionContext:aws:s3:arn';

export const s3BuildCacheProof: ProofPlan = {
  useCase: s3BuildCache,
  cells,
  scenarios: [
    {
      name: 'aws-cli',
      title: 'download and upload artifacts and folders with the AWS CLI, in one piece and in parts',
      applies: (options) => options.is('client', 'aws-cli'),
      prepare,
      steps: commandLineSteps,
    },
    {
      name: 'bucket key',
      title: 'the same with the AWS CLI, where the bucket uses bucket keys',
      applies: (options) => options.is('client', 'aws-cli') && !withoutKey(options),
      prepare: (world, options) => {
        prepare(world, options);
        world.objects.buckets.get(bucketOf(options))!.bucketKey = true;
      },
      steps: commandLineSteps,
    },
    {
      name: 'sccache',
      title: 'start the server of sccache, and compile with it',
      applies: (options) => options.is('client', 'sccache'),
      prepare,
      steps: sccacheSteps,
    },
    ...replayed.map((client) => ({
      name: client,
      title: `the calls of ${client}: a miss, a hit, and what it writes`,
      applies: (options: CellOptions) => options.is('client', client),
      prepare,
      steps: (options: CellOptions) => replaySteps(client, options),
    })),
  ],
  hostile: [
    ...elsewhere('ReadCache', 'read an object', 'GetObject', {}),
    ...elsewhere('WriteCache', 'overwrite an object', 'PutObject', { Body: 'poison' }),
    {
      name: 'list another bucket under the same prefix',
      sid: 'ListPrefix',
      fence: resource,
      prepare,
      send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: 'other-bucket', Prefix: own(options) }),
    },
    {
      name: 'list the whole bucket',
      sid: 'ListPrefix',
      fence: 'StringLike s3:prefix',
      prepare,
      send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: bucketOf(options) }),
    },
    {
      name: 'list a prefix that only begins alike',
      sid: 'ListPrefix',
      fence: 'StringLike s3:prefix',
      prepare,
      send: (call, options) =>
        call('S3', 'ListObjectsV2', { Bucket: bucketOf(options), Prefix: `${own(options).slice(0, -1)}-old/` }),
    },
    {
      name: 'list another bucket',
      sid: 'ListBucket',
      fence: resource,
      prepare,
      send: (call) => call('S3', 'ListObjectsV2', { Bucket: 'other-bucket' }),
    },
    {
      name: 'read an object that another key encrypts',
      sid: 'CacheKey',
      fence: resource,
      prepare: (world, options) => {
        prepare(world, options);
        const kmsKey = keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab');
        storeObject(world.objects.buckets.get(bucketOf(options))!, `${own(options)}hit`, Buffer.from('x'), { kmsKey });
      },
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: `${own(options)}hit` }),
    },
    {
      name: 'use the key for an object that is not of the cache',
      sid: 'CacheKey',
      fence: strangers,
      applies: narrow,
      prepare,
      besides: () => [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }],
      send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: 'release/app' }),
    },
    {
      name: 'use the key itself, not through S3',
      sid: 'CacheKey',
      fence: 'StringEquals kms:ViaService',
      applies: writes,
      prepare,
      send: (call, options) =>
        call('KMS', 'GenerateDataKey', {
          KeyId: keyArn(options),
          KeySpec: 'AES_256',
          EncryptionContext: { 'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${own(options)}hit` },
        }),
    },
  ],
  unshown: [],
  ownBelow: (options) => [
    ...prefixesOf(options).map((prefix) => `arn:${options.partition}:s3:::${bucketOf(options)}/${prefix}`),
    ...prefixesOf(options).filter((prefix) => prefix !== ''),
  ],
};
