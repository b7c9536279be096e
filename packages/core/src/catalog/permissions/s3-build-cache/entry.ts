import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template, text } from '../../../use-case/template.js';
import { defineUseCase } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { bucketsOfAnyAccount } from '../../conditions/resource-account.js';
import { kmsKey } from '../../resources/kms.js';
import { objectPrefix, s3Bucket } from '../../resources/s3.js';
import { vendors } from './vendor.js';

const writes = is('access', 'read-write');
const whole = is('wholeBucket', true);
/** These stop, or do without the cache, where a missing object is answered with 403. */
const asksForMissing = is('client', 'sccache', 'buildkit', 'nx');
const listsPrefix = any(is('client', 'runs-on'), all(is('client', 'aws-cli'), is('sync', true)));

const objects = [
  when(not(whole), template`${arn('bucket')}/${text('prefixes')}/*`),
  when(whole, template`${arn('bucket')}/*`),
];

const sccache = source('mozilla/sccache', 'bf757277', 'src/cache/cache.rs', 'check');
const turborepo = source('ducktors/turborepo-remote-cache', '1b1581e', 'src/plugins/remote-cache/storage/s3.ts');
const runsOn = source('runs-on/cache', '88d9064', 'src/custom/backend.ts');
const buildkit = source('moby/buildkit', '0070379', 'cache/remotecache/s3/s3.go');
const nx = source('bojanbass/nx-aws', '059e857', 'packages/nx-aws-cache/src/tasks-runner/aws-cache.ts');
const gradlePath = 'src/main/kotlin/com/github/burrunan/s3cache/internal/AwsS3BuildCacheService.kt';
const gradle = source('burrunan/gradle-s3-build-cache', '1c6d710', gradlePath);
const awsCli = source('aws/aws-cli', '2.36.7', 'awscli/customizations/s3/filegenerator.py');

export const s3BuildCache = defineUseCase({
  id: 's3-build-cache',
  title: 'Use a build cache in S3',
  summary: 'Reads a build cache or artifacts from a prefix of an S3 bucket, and writes them where it is trusted to.',
  excludes:
    'Does not create or configure the bucket, and deletes nothing: a lifecycle rule of the bucket expires what is old.',
  options: {
    bucket: single(s3Bucket, 'The bucket that holds the cache.', { required: true }),
    prefixes: list(objectPrefix, 'What the keys of the cache begin with, without the slash behind it.', {
      within: 'bucket',
    }),
    wholeBucket: toggle('The client puts its keys at the top of the bucket, which holds nothing but the cache.'),
    client: oneOf(
      ['aws-cli', 'sccache', 'turborepo', 'nx', 'gradle', 'buildkit', 'runs-on'],
      'Which client uses the cache: aws-cli for artifacts, turborepo for turborepo-remote-cache, nx for nx-aws-cache, gradle for the plugin of burrunan.',
      { default: 'aws-cli' },
    ),
    access: oneOf(
      ['read', 'read-write'],
      'What the job does: read for pull requests, read-write for the main branch.',
      {
        default: 'read',
      },
    ),
    sync: toggle('`aws s3 sync`, `cp --recursive` and `ls` list the prefix.'),
    largeObjects: toggle('Clean up after uploads in parts that are given up.'),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    ...place,
  },
  refuse: [
    {
      path: 'prefixes',
      if: all(not(given('prefixes')), not(whole)),
      say: 'missing, and `wholeBucket` is not set',
    },
    { path: 'prefixes', if: all(given('prefixes'), whole), say: 'and `wholeBucket` exclude each other: leave one out' },
  ],
  notes: [
    {
      if: writes,
      say: 'who may write what other builds read can run code in them: give pull requests `access` `read`, or a prefix that the main branch never reads',
    },
    {
      if: all(is('client', 'sccache'), is('access', 'read')),
      say: 'sccache tries to write `.sccache_check` unless SCCACHE_S3_RW_MODE is READ_ONLY, and goes on reading only where that is refused',
    },
    {
      if: all(is('client', 'buildkit'), not(writes)),
      say: '`access` `read` is for --cache-from alone: --cache-to is refused and fails the build unless ignore-error is set',
    },
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    { if: all(is('sync', true), not(is('client', 'aws-cli'))), say: '`sync` has no effect with this client' },
    { if: all(is('largeObjects', true), not(writes)), say: '`largeObjects` has no effect where nothing is written' },
  ],
  widenings: [
    'With the clients sccache, buildkit and nx, ListBucket shows every key name in the bucket: they stop, or do without the cache, where S3 answers a missing object with 403, and S3 answers 404 only to who may list; whether it then looks at `s3:prefix` is not known. A bucket of its own for the cache keeps other names out of sight.',
    'No client sends If-None-Match, so that a job with `access` `read-write` may replace what another has written.',
    bucketsOfAnyAccount,
  ],
  escalation:
    'Who has these credentials reads everything in the cache, and with `access` `read-write` can put anything under keys that later builds trust, and so run code in those builds with their credentials. They read and write under no other prefix of the bucket, and delete nothing by name, though writing over an object destroys it where the bucket keeps no versions.',
  vendors,
  statements: [
    {
      sid: 'ReadCache',
      actions: { 's3:GetObject': 'read an artifact, or ask whether it is there' },
      resources: objects,
      evidence: [reference('s3'), sccache, turborepo, runsOn, buildkit, nx, gradle, awsCli],
    },
    {
      sid: 'WriteCache',
      when: writes,
      actions: {
        's3:PutObject': 'write an artifact, in one piece or in parts',
        's3:AbortMultipartUpload': when(
          is('largeObjects', true),
          'give up an upload in parts, so that they are not paid for',
        ),
      },
      resources: objects,
      evidence: [reference('s3'), sccache, turborepo, runsOn, buildkit, nx, gradle, awsCli],
    },
    {
      sid: 'ListPrefix',
      when: all(listsPrefix, not(whole)),
      actions: { 's3:ListBucket': 'list what the cache has' },
      resources: [arn('bucket')],
      conditions: [
        {
          operator: 'StringLike',
          key: 's3:prefix',
          values: [template`${text('prefixes')}/*`],
          reason: 'only what is below these prefixes is listed',
        },
      ],
      evidence: [reference('s3'), runsOn, awsCli],
    },
    {
      sid: 'ListBucket',
      when: any(asksForMissing, all(listsPrefix, whole)),
      actions: { 's3:ListBucket': 'be told that an object is missing with 404 instead of 403, and list' },
      resources: [arn('bucket')],
      evidence: [
        reference('s3'),
        sccache,
        buildkit,
        nx,
        vendor('S3 API, GetObject', 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html'),
      ],
    },
    {
      sid: 'CacheKey',
      actions: {
        'kms:Decrypt': 'read encrypted objects, and write them in parts',
        'kms:GenerateDataKey': when(writes, 'write encrypted objects'),
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder(objects),
      evidence: [
        reference('kms'),
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
  ],
});
