import { defineRefused, defineSamples } from '../../cases.js';
import { s3BuildCache } from './entry.js';

const region = 'eu-west-1';
const bucket = 'arn:aws:s3:::build-cache';
const main = `${bucket}/cache/main`;
const cache = { bucket: 'build-cache', prefixes: ['cache/main'], region } as const;
const key = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const viaS3 = (object: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': object,
});

export const samples = defineSamples(s3BuildCache, [
  {
    name: 'default',
    options: cache,
    allows: [{ actions: ['s3:GetObject'], resource: `${main}/app.tgz`, why: 'aws s3 cp from the cache' }],
    denies: [
      { actions: ['s3:PutObject'], resource: `${main}/app.tgz`, why: 'a pull request does not write the cache' },
      {
        actions: ['s3:DeleteObject', 's3:PutObjectAcl'],
        resource: `${main}/app.tgz`,
        why: 'nothing is deleted or opened to others',
      },
      { actions: ['s3:GetObject'], resource: `${bucket}/cache/main-old/app.tgz`, why: 'a longer prefix is another' },
      { actions: ['s3:GetObject'], resource: `${bucket}/cache/app.tgz`, why: 'so is a shorter one' },
      { actions: ['s3:GetObject'], resource: `${bucket}/release/app.tgz`, why: 'and what is not the cache' },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::build-cache-2/cache/main/app.tgz', why: 'another bucket' },
      { actions: ['s3:ListBucket'], resource: bucket, why: 'copying one object lists none' },
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'cache/main/' },
        why: 'not even of the cache, without `sync`',
      },
    ],
  },
  {
    name: 'by-url',
    options: { bucket: 's3://build-cache/cache/main/', region },
    allows: [{ actions: ['s3:GetObject'], resource: `${main}/app.tgz`, why: 'the URL says bucket and prefix' }],
    denies: [
      { actions: ['s3:GetObject'], resource: `${bucket}/release/app.tgz`, why: 'the prefix in the URL is a fence' },
    ],
  },
  {
    name: 'main-branch',
    options: { ...cache, access: 'read-write', largeObjects: true, sync: true },
    allows: [
      {
        actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:GetObject'],
        resource: `${main}/app.tgz`,
        why: 'the main branch fills the cache',
      },
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'cache/main/' },
        why: 'aws s3 sync',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: `${bucket}/release/app.tgz`, why: 'what is released is not the cache' },
      { actions: ['s3:DeleteObject'], resource: `${main}/app.tgz`, why: 'a lifecycle rule deletes' },
      { actions: ['s3:ListBucket'], resource: bucket, context: { 's3:prefix': '' }, why: 'the whole bucket' },
      { actions: ['s3:ListBucket'], resource: bucket, why: 'the whole bucket, without saying so' },
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'cache/main-old/' },
        why: 'a longer prefix',
      },
    ],
  },
  {
    name: 'runs-on',
    options: { ...cache, prefixes: ['cache/acme/web', 'cache/acme/api'], client: 'runs-on', access: 'read-write' },
    allows: [
      { actions: ['s3:PutObject'], resource: `${bucket}/cache/acme/api/0a1b/key`, why: 'the second prefix' },
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'cache/acme/api/0a1b/node-' },
        why: 'each restore key is looked for',
      },
    ],
    denies: [
      {
        actions: ['s3:AbortMultipartUpload'],
        resource: `${bucket}/cache/acme/api/0a1b/key`,
        why: 'it is not asked for',
      },
    ],
  },
  {
    name: 'sccache',
    options: { ...cache, client: 'sccache', access: 'read-write' },
    allows: [
      { actions: ['s3:GetObject', 's3:PutObject'], resource: `${main}/.sccache_check`, why: 'the check at its start' },
      { actions: ['s3:ListBucket'], resource: bucket, why: 'a missing object must be answered with 404' },
    ],
    denies: [
      { actions: ['s3:ListBucket'], resource: 'arn:aws:s3:::other', why: 'another bucket' },
      { actions: ['s3:ListBucketVersions'], resource: bucket, why: 'versions are not listed' },
    ],
  },
  {
    name: 'turborepo-kms',
    options: {
      ...cache,
      prefixes: ['team_acme'],
      client: 'turborepo',
      access: 'read-write',
      kmsKey: '1234abcd-12ab-34cd-56ef-1234567890ab',
      account: '123456789012',
    },
    allows: [
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${bucket}/team_acme/0a1b`),
        why: 'read and write encrypted artifacts',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3(bucket),
        why: 'the same, where the bucket uses bucket keys',
      },
    ],
    denies: [
      { actions: ['s3:ListBucket'], resource: bucket, why: 'it takes 403 for a miss' },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${bucket}/release/app`),
        why: 'an object that is not of the cache',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaS3(`${bucket}/team_acme/0a1b`), 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: 'arn:aws:kms:eu-west-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab',
        context: viaS3(`${bucket}/team_acme/0a1b`),
        why: 'another key',
      },
    ],
  },
  {
    name: 'gradle-kms',
    options: {
      ...cache,
      client: 'gradle',
      kmsKey: '1234abcd-12ab-34cd-56ef-1234567890ab',
      account: '123456789012',
    },
    allows: [
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(`${main}/0a1b`), why: 'read encrypted artifacts' },
    ],
    denies: [
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${main}/0a1b`),
        why: 'who does not write needs no new data key',
      },
    ],
  },
  {
    name: 'whole-bucket',
    options: {
      bucket: 'build-cache',
      wholeBucket: true,
      client: 'nx',
      access: 'read-write',
      kmsKey: '1234abcd-12ab-34cd-56ef-1234567890ab',
      account: '123456789012',
      region: 'cn-north-1',
    },
    allows: [
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: 'arn:aws-cn:s3:::build-cache/0a1b.tar.gz',
        why: 'the keys stand at the top of the bucket',
      },
      { actions: ['s3:ListBucket'], resource: 'arn:aws-cn:s3:::build-cache', why: 'a miss must be a 404' },
      {
        actions: ['kms:Decrypt'],
        resource: key.replace('arn:aws:kms:eu-west-1', 'arn:aws-cn:kms:cn-north-1'),
        context: {
          'kms:ViaService': 's3.cn-north-1.amazonaws.com.cn',
          'kms:EncryptionContext:aws:s3:arn': 'arn:aws-cn:s3:::build-cache/0a1b.tar.gz',
        },
        why: 'an encrypted artifact',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: 'arn:aws-cn:s3:::build-cache-2/0a1b.tar.gz', why: 'another bucket' },
    ],
  },
]);

export const refused = defineRefused(s3BuildCache, [
  {
    name: 'a prefix that begins with a slash',
    options: { ...cache, prefixes: ['/cache/main'] },
    says: /^prefixes\[0\]: `\/cache\/main` begins with a slash, which a key does not: write it without.*`cache\/main`/,
  },
  {
    name: 'a prefix that ends with one',
    options: { ...cache, prefixes: ['cache/main/'] },
    says: /^prefixes\[0\]: `cache\/main\/` ends with a slash, .*`cache\/main`/,
  },
  {
    name: 'a prefix that goes up',
    options: { ...cache, prefixes: ['cache/../release'] },
    says: /^prefixes\[0\]: `cache\/\.\.\/release` holds an empty or dot segment/,
  },
  {
    name: 'a URL of another bucket for a prefix',
    options: { ...cache, prefixes: ['s3://build-cache-2/cache/main'] },
    says: /^prefixes\[0\]: .* is in the bucket `build-cache-2`, and `bucket` is `build-cache`: make them agree$/,
  },
  {
    name: 'a URL with a prefix for the bucket, and a prefix',
    options: { ...cache, bucket: 's3://build-cache/cache' },
    says: /^bucket: .* names `cache` in the bucket too, and `prefixes` is given: write the bucket alone, here `build-cache`$/,
  },
  {
    name: 'a URL whose prefix goes up',
    options: { bucket: 's3://build-cache/cache/../release/', region },
    says: /^prefixes\[0\]: `cache\/\.\.\/release` holds an empty or dot segment/,
  },
  {
    name: 'a URL without a bucket',
    options: { ...cache, bucket: 's3:///cache' },
    says: /^bucket: `s3:\/\/\/cache` is a URL: write the name of the bucket alone$/,
  },
  {
    name: 'a prefix twice',
    options: { ...cache, prefixes: ['cache', 'cache'] },
    says: /^prefixes\[1\]: `cache` already stands at/,
  },
  {
    name: 'no prefix',
    options: { bucket: 'build-cache', region },
    says: /^prefixes: missing, and `wholeBucket` is not set/,
  },
  {
    name: 'a prefix and the whole bucket',
    options: { ...cache, wholeBucket: true },
    says: /^prefixes: and `wholeBucket` exclude each other: leave one out$/,
  },
  {
    name: 'a bucket in another partition than the region',
    options: { ...cache, bucket: 'arn:aws-cn:s3:::build-cache', partition: 'aws' },
    says: /^bucket: .* has the partition `aws-cn`, and `partition` says `aws`: make them agree$/,
  },
  {
    name: 'the same prefix in another bucket',
    options: { ...cache, prefixes: ['cache', 's3://other/cache'] },
    says: /^prefixes\[1\]: `s3:\/\/other\/cache` is in the bucket `other`, and `bucket` is .*: make them agree$/,
  },
]);
