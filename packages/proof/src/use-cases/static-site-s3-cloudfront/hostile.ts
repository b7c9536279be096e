import { storeObject } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { isWhole, keyArn, prefixesOf, prepare, reads } from './site.js';

const fence = 'resource';
const narrow = (options: CellOptions) => !isWhole(options);
const withoutKey = (options: CellOptions) => keyArn(options) === undefined;
const own = (options: CellOptions) => prefixesOf(options)[0]!;
const bucketOf = (options: CellOptions) => options.names('buckets')[0]!;
const page = (options: CellOptions) => ({ Bucket: bucketOf(options), Key: `${own(options)}home.html` });
const similar = (options: CellOptions) => `${own(options).slice(0, -1)}-old/`;

/** The same call on another object of the bucket, on ones whose prefix begins alike, and in other buckets. */
function elsewhere(
  sid: string,
  what: string,
  operation: string,
  input: object | ((options: CellOptions) => object),
  applies: HostileRequest['applies'] = () => true,
): HostileRequest[] {
  const request = (
    which: string,
    where: HostileRequest['applies'],
    at: (options: CellOptions) => { readonly Bucket: string; readonly Key: string },
  ): HostileRequest => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => withoutKey(options) && applies(options) && where?.(options) !== false,
    prepare: (world, options) => {
      prepare(world, options);
      const { Bucket, Key } = at(options);
      const bucket = world.objects.buckets.get(Bucket) ?? world.objects.create(Bucket, options.account, options.region);
      storeObject(bucket, Key, Buffer.from('theirs'));
    },
    besides: () => [{ Effect: 'Allow', Action: sid === 'GiveAccess' ? ['s3:PutObject'] : [], Resource: ['*'] }],
    send: (call, options) =>
      call('S3', operation, { ...(typeof input === 'function' ? input(options) : input), ...at(options) }),
  });
  return [
    request('that is not of the site', narrow, (options) => ({ Bucket: bucketOf(options), Key: 'private/report' })),
    request('under a prefix that only begins alike', narrow, (options) => ({
      Bucket: bucketOf(options),
      Key: `${similar(options)}index.html`,
    })),
    request('above the prefix', narrow, (options) => ({ Bucket: bucketOf(options), Key: 'index.html' })),
    request('in another bucket', undefined, (options) => ({
      Bucket: 'other-bucket',
      Key: `${own(options)}index.html`,
    })),
    request('in a bucket whose name only begins alike', undefined, (options) => ({
      Bucket: `${bucketOf(options)}-2`,
      Key: `${own(options)}index.html`,
    })),
  ];
}

/** A bucket of the same name that belongs to somebody else. */
const inAnotherAccount = (sid: string, what: string, send: HostileRequest['send']): HostileRequest => ({
  name: `${what} a bucket of the same name in another account`,
  sid,
  fence: 'StringEquals aws:ResourceAccount',
  applies: (options) => options.name('resourceAccount') !== undefined,
  prepare: (world, options) => {
    prepare(world, options);
    const bucket = world.objects.create(bucketOf(options), '999999999999', options.region);
    storeObject(bucket, page(options).Key, Buffer.from('theirs'));
  },
  send,
});

const listing = (name: string, sid: string, at: string, input: (options: CellOptions) => object): HostileRequest => ({
  name,
  sid,
  fence: at,
  prepare,
  send: (call, options) => call('S3', 'ListObjectsV2', input(options)),
});

const prefix = 'StringLike s3:prefix';
const given = (options: CellOptions) => ({ ACL: options.name('acl') });

/** An invalidation that is there to be asked for. */
const theirs = { id: 'ITHEIRS', paths: ['/*'], reference: 'theirs', created: new Date(0) };

export const hostile: readonly HostileRequest[] = [
  ...elsewhere('PublishFiles', 'overwrite an object', 'PutObject', { Body: 'defaced' }),
  ...elsewhere('PublishFiles', 'delete an object', 'DeleteObject', {}, (options) => options.is('deleteRemoved', true)),
  ...elsewhere('PublishFiles', 'read an object', 'GetObject', {}, reads),
  ...elsewhere('GiveAccess', 'open an object', 'PutObjectAcl', given),
  {
    name: 'give a file another ACL',
    sid: 'GiveAccess',
    fence: 'StringEquals s3:x-amz-acl',
    prepare,
    send: (call, options) =>
      call('S3', 'PutObjectAcl', {
        ...page(options),
        ACL: options.is('acl', 'public-read') ? 'bucket-owner-read' : 'public-read',
      }),
  },
  {
    name: 'give a file to somebody by a grant',
    sid: 'GiveAccess',
    fence: 'StringEquals s3:x-amz-acl',
    prepare,
    send: (call, options) => call('S3', 'PutObjectAcl', { ...page(options), GrantRead: 'id="stranger"' }),
  },
  inAnotherAccount('PublishFiles', 'upload to', (call, options) =>
    call('S3', 'PutObject', { ...page(options), Body: 'leaked' }),
  ),
  inAnotherAccount('GiveAccess', 'open a file in', (call, options) =>
    call('S3', 'PutObjectAcl', { ...page(options), ...given(options) }),
  ),
  ...['ListFiles', 'ListBucket'].map((sid) =>
    inAnotherAccount(sid, 'list', (call, options) =>
      call('S3', 'ListObjectsV2', { Bucket: bucketOf(options), Prefix: own(options) }),
    ),
  ),
  listing('list another bucket under the same prefix', 'ListFiles', fence, (options) => ({
    Bucket: 'other-bucket',
    Prefix: own(options),
  })),
  listing('list the whole bucket', 'ListFiles', prefix, (options) => ({ Bucket: bucketOf(options) })),
  listing('list the whole bucket by an empty prefix', 'ListFiles', prefix, (options) => ({
    Bucket: bucketOf(options),
    Prefix: '',
  })),
  listing('list a prefix that only begins alike', 'ListFiles', prefix, (options) => ({
    Bucket: bucketOf(options),
    Prefix: similar(options),
  })),
  listing('list another bucket', 'ListBucket', fence, () => ({ Bucket: 'other-bucket' })),
  {
    name: 'write with another key',
    sid: 'SiteKeys',
    fence,
    prepare,
    send: (call, options) =>
      call('S3', 'PutObject', {
        ...page(options),
        Body: 'theirs',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn(options, ['00000000-12ab-34cd-96ef-1234567890ab']),
      }),
  },
  {
    name: 'use the key for an object that is not of the site',
    sid: 'SiteKeys',
    fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
    applies: narrow,
    prepare,
    besides: () => [{ Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['*'] }],
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucketOf(options), Key: 'private/report', Body: 'x' }),
  },
  {
    name: 'use the key itself, not through S3',
    sid: 'SiteKeys',
    fence: 'StringEquals kms:ViaService',
    prepare,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: {
          'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${own(options)}home.html`,
        },
      }),
  },
  {
    name: 'invalidate another distribution',
    sid: 'InvalidateCache',
    fence,
    prepare,
    send: (call) =>
      call('CloudFront', 'CreateInvalidation', {
        DistributionId: 'E0THEIRS',
        InvalidationBatch: { Paths: { Quantity: 1, Items: ['/*'] }, CallerReference: 'hostile' },
      }),
  },
  {
    name: 'look at an invalidation of another distribution',
    sid: 'InvalidateCache',
    fence,
    applies: (options) => options.is('waitForInvalidation', true),
    prepare: (world, options) => {
      prepare(world, options);
      world.distributions.get('E0THEIRS')!.invalidations.set(theirs.id, theirs);
    },
    send: (call) => call('CloudFront', 'GetInvalidation', { DistributionId: 'E0THEIRS', Id: theirs.id }),
  },
];
