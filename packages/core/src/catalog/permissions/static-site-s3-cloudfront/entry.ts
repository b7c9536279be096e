import { reference, source, vendor } from '../../../use-case/evidence.js';
import { accountForm, list, oneOf, place, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { inResourceAccount } from '../../conditions/resource-account.js';
import { cloudFrontDistribution } from '../../resources/cloudfront.js';
import { kmsKey } from '../../resources/kms.js';
import { cannedAcl, objectPrefix, s3Bucket } from '../../resources/s3.js';
import { vendors } from './vendor.js';

const syncs = is('command', 'sync');
const whole = is('wholeBucket', true);
const reads = is('readBack', true);
const large = is('largeObjects', true);
const tags = is('objectTags', true);

const files = [
  when(not(whole), template`${arn('buckets')}/${text('prefixes')}/*`),
  when(whole, template`${arn('buckets')}/*`),
];

const s3Commands = 'awscli/customizations/s3';
const sync = source('aws/aws-cli', '2.36.7', `${s3Commands}/filegenerator.py`);
const upload = source('aws/aws-cli', '2.36.7', `${s3Commands}/s3handler.py`);
const copies = source('aws/aws-cli', '2.36.7', `${s3Commands}/subscribers.py`, 'SetTagsSubscriber');
const invalidation = source(
  'aws/aws-cli',
  '2.36.7',
  'awscli/botocore/data/cloudfront/2020-05-31/waiters-2.json',
  'InvalidationCompleted',
);

export const staticSiteS3Cloudfront = defineUseCase({
  id: 'static-site-s3-cloudfront',
  title: 'Deploy a static site to S3 and CloudFront',
  summary: 'Uploads the files of a site to an S3 bucket, takes away what is gone, and invalidates them in CloudFront.',
  excludes:
    'Does not create or configure buckets and distributions, does not delete versions of objects, and invalidates nothing for tenants of a distribution.',
  options: {
    buckets: list(s3Bucket, 'The buckets that hold the site.', { required: true }),
    prefixes: list(objectPrefix, 'What the keys of the site begin with in each bucket, without the slash behind it.', {
      within: 'buckets',
    }),
    wholeBucket: toggle('The site stands at the top of the buckets, which hold nothing but it.'),
    command: oneOf(
      ['sync', 'cp'],
      'Which command of `aws s3` uploads: sync looks what is there first, as everything does that goes through a whole folder of the bucket; cp of local files does not.',
      { default: 'sync' },
    ),
    deleteRemoved: toggle('Delete what is no longer part of the site: `sync --delete`, `rm`.'),
    readBack: toggle('Read objects too: download them, copy them within the site, or give them new metadata.'),
    acl: single(cannedAcl, 'The canned ACL that each object is given (`--acl`).'),
    objectTags: toggle('Objects are tagged while they are uploaded, and keep their tags when they are copied.'),
    largeObjects: toggle('There are files above 8 MiB, which the AWS CLI uploads and copies in parts.'),
    kmsKeys: list(kmsKey, 'The KMS keys that encrypt the buckets.', {
      anchors: ['partition', 'region'],
      of: 'buckets',
    }),
    resourceAccount: single(accountForm, 'The account that must own the buckets.'),
    distributions: list(cloudFrontDistribution, 'Ids of the distributions that the job invalidates.', {
      anchors: ['partition', 'account'],
    }),
    waitForInvalidation: toggle('Wait until an invalidation is completed.'),
    findDistribution: toggle('Find the id of a distribution by its alias, in the list of all distributions.'),
    ...place,
  },
  refuse: [
    {
      path: 'prefixes',
      if: all(not(given('prefixes')), not(whole)),
      say: 'missing, and `wholeBucket` is not set',
    },
    { path: 'prefixes', if: all(given('prefixes'), whole), say: 'and `wholeBucket` exclude each other: leave one out' },
    {
      path: 'distributions',
      if: all(not(given('distributions')), is('waitForInvalidation', true)),
      say: 'missing, and `waitForInvalidation` is set',
    },
  ],
  notes: [
    {
      if: not(given('distributions')),
      say: 'no `distributions`: what CloudFront has cached is shown until it expires',
    },
    {
      if: all(is('findDistribution', true), not(given('distributions'))),
      say: '`findDistribution` only lists distributions: to invalidate what it finds, name its id in `distributions`',
    },
    {
      if: given('acl'),
      say: 'a bucket whose Object Ownership is "bucket owner enforced" takes no ACL but bucket-owner-full-control, whatever IAM says; `--grants` is refused by this policy, since only `--acl` has a name',
    },
    {
      if: all(is('deleteRemoved', true), syncs),
      say: '`aws s3 sync --delete` of an empty folder deletes the whole site: versioning of the bucket brings it back',
    },
    {
      if: all(given('kmsKeys'), not(any(large, reads))),
      say: 'no `largeObjects`: a file above 8 MiB is uploaded in parts, which needs kms:Decrypt too, and is refused',
    },
    { if: given('kmsKeys'), say: 'the policy of the KMS keys must allow the job too, by name or through the account' },
    {
      if: all(not(large), not(given('kmsKeys'))),
      say: 'no `largeObjects`: parts of an upload that is given up stay in the bucket, and are paid for, until a lifecycle rule removes them',
    },
  ],
  widenings: [
    'CreateInvalidation has no condition key for paths: who may invalidate one file may invalidate the whole distribution.',
    'ListDistributions has no resource type: `findDistribution` shows the ids, host names, origins and comments of all distributions of the account. To name the id in the pipeline needs nothing.',
  ],
  escalation:
    'Who has these credentials can put anything on the site, and so run scripts in the browsers of its visitors, and with `deleteRemoved` take it down. They reach no other prefix, bucket or distribution, and change neither the settings of these nor, except through `acl`, who may read a file.',
  vendors,
  statements: [
    {
      sid: 'PublishFiles',
      actions: {
        's3:PutObject': 'upload a file, in one piece or in parts, and copy one',
        's3:DeleteObject': when(is('deleteRemoved', true), 'delete a file that is gone'),
        's3:GetObject': when(reads, 'download a file, look at its metadata, and copy it'),
        's3:AbortMultipartUpload': when(large, 'give up an upload in parts, so that they are not paid for'),
        's3:PutObjectTagging': when(tags, 'upload a file with tags, and copy one that has some'),
        's3:GetObjectTagging': when(
          all(reads, any(tags, large)),
          'copy the tags; for a file that is copied in parts version 2 of the AWS CLI always asks for them',
        ),
      },
      resources: files,
      conditions: [inResourceAccount],
      evidence: [
        reference('s3'),
        upload,
        copies,
        vendor('S3 API, CopyObject', 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html'),
      ],
    },
    {
      sid: 'GiveAccess',
      actions: { 's3:PutObjectAcl': 'upload a file with its ACL' },
      resources: files,
      conditions: [
        {
          operator: 'StringEquals',
          key: 's3:x-amz-acl',
          values: [text('acl')],
          reason: 'this ACL and no other',
        },
        inResourceAccount,
      ],
      evidence: [
        reference('s3'),
        upload,
        vendor('S3 user guide, ACLs', 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html'),
      ],
    },
    {
      sid: 'ListFiles',
      when: all(syncs, not(whole)),
      actions: { 's3:ListBucket': 'see what is there already' },
      resources: [arn('buckets')],
      conditions: [
        {
          operator: 'StringLike',
          key: 's3:prefix',
          values: [template`${text('prefixes')}/*`],
          reason: 'only what is below these prefixes is listed',
        },
        inResourceAccount,
      ],
      evidence: [reference('s3'), sync],
    },
    {
      sid: 'ListBucket',
      when: all(syncs, whole),
      actions: { 's3:ListBucket': 'see what is there already' },
      resources: [arn('buckets')],
      conditions: [inResourceAccount],
      evidence: [reference('s3'), sync],
    },
    {
      sid: 'SiteKeys',
      actions: {
        'kms:GenerateDataKey': 'write encrypted files',
        'kms:Decrypt': when(any(large, reads), 'read encrypted files, and write them in parts'),
      },
      resources: [arn('kmsKeys')],
      conditions: onlyObjectsUnder(files, [arn('buckets')]),
      evidence: [
        reference('kms'),
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
    {
      sid: 'InvalidateCache',
      actions: {
        'cloudfront:CreateInvalidation': 'let CloudFront fetch files anew',
        'cloudfront:GetInvalidation': when(is('waitForInvalidation', true), 'wait until an invalidation is done'),
      },
      resources: [arn('distributions')],
      evidence: [reference('cloudfront'), invalidation],
    },
    {
      sid: 'FindDistributions',
      when: is('findDistribution', true),
      actions: { 'cloudfront:ListDistributions': 'find the distribution that has an alias' },
      resources: unscoped('the action has no resource type'),
      evidence: [
        reference('cloudfront'),
        vendor(
          'CloudFront API, ListDistributions',
          'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html',
        ),
      ],
    },
  ],
});
