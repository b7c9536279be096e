import { defineRefused, defineSamples } from '../../cases.js';
import { staticSiteS3Cloudfront } from './entry.js';

const account = '123456789012';
const bucket = 'arn:aws:s3:::my-site';
const www = `${bucket}/www`;
const site = { buckets: ['my-site'], prefixes: ['www'], region: 'eu-west-1' } as const;
const distribution = `arn:aws:cloudfront::${account}:distribution/E1A2B3C4D5E6F7`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:eu-west-1:${account}:key/${keyId}`;
const viaS3 = (object: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': object,
});
const list = { actions: ['s3:ListBucket'], resource: bucket };

export const samples = defineSamples(staticSiteS3Cloudfront, [
  {
    name: 'default',
    options: site,
    allows: [
      { actions: ['s3:PutObject'], resource: `${www}/index.html`, why: 'upload a page' },
      { ...list, context: { 's3:prefix': 'www/' }, why: 'aws s3 sync looks what is there' },
      { ...list, context: { 's3:prefix': 'www/img/' }, why: 'the same for a folder below' },
    ],
    denies: [
      { actions: ['s3:DeleteObject'], resource: `${www}/old.html`, why: 'nothing is deleted without `deleteRemoved`' },
      { actions: ['s3:GetObject'], resource: `${www}/index.html`, why: 'nor read without `readBack`' },
      {
        actions: ['s3:PutObjectAcl', 's3:PutObjectTagging', 's3:PutObjectVersionAcl', 's3:DeleteObjectVersion'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'public-read' },
        why: 'nothing is opened or tagged, and old versions stay',
      },
      { actions: ['s3:AbortMultipartUpload'], resource: `${www}/film.mp4`, why: 'no file is that large' },
      { actions: ['s3:PutObject'], resource: `${bucket}/www-old/index.html`, why: 'a longer prefix is another' },
      { actions: ['s3:PutObject'], resource: `${bucket}/index.html`, why: 'what stands above the prefix' },
      { actions: ['s3:PutObject'], resource: 'arn:aws:s3:::my-site-2/www/index.html', why: 'another bucket' },
      { ...list, why: 'the whole bucket, without saying so' },
      { ...list, context: { 's3:prefix': '' }, why: 'the whole bucket' },
      { ...list, context: { 's3:prefix': 'www' }, why: 'what only begins like the prefix' },
      { ...list, context: { 's3:prefix': 'www-old/' }, why: 'a longer prefix' },
      { actions: ['s3:PutBucketPolicy', 's3:PutBucketWebsite'], resource: bucket, why: 'the bucket stays as it is' },
      { actions: ['cloudfront:CreateInvalidation'], resource: distribution, why: 'none is named' },
    ],
  },
  {
    name: 'cloudfront',
    options: {
      ...site,
      deleteRemoved: true,
      distributions: ['E1A2B3C4D5E6F7'],
      waitForInvalidation: true,
      account,
    },
    allows: [
      { actions: ['s3:DeleteObject'], resource: `${www}/old.html`, why: 'sync --delete' },
      {
        actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        resource: distribution,
        why: 'invalidate, and wait',
      },
    ],
    denies: [
      { actions: ['s3:DeleteObject'], resource: `${bucket}/www-old/index.html`, why: 'under another prefix' },
      { actions: ['s3:DeleteObjectVersion'], resource: `${www}/old.html`, why: 'versions bring it back' },
      {
        actions: ['cloudfront:CreateInvalidation'],
        resource: `arn:aws:cloudfront::${account}:distribution/E1A2B3C4D5E6F8`,
        why: 'another distribution',
      },
      {
        actions: ['cloudfront:CreateInvalidation'],
        resource: 'arn:aws:cloudfront::210987654321:distribution/E1A2B3C4D5E6F7',
        why: 'another account',
      },
      {
        actions: ['cloudfront:UpdateDistribution', 'cloudfront:GetDistribution', 'cloudfront:DeleteDistribution'],
        resource: distribution,
        why: 'a deployment does not change how the site is served',
      },
      { actions: ['cloudfront:ListDistributions'], resource: '*', why: 'the id is known' },
    ],
  },
  {
    name: 'find-distribution',
    options: { ...site, command: 'cp', distributions: [distribution], findDistribution: true },
    allows: [
      { actions: ['cloudfront:ListDistributions'], resource: '*', why: 'the pipeline knows the alias' },
      { actions: ['cloudfront:CreateInvalidation'], resource: distribution, why: 'and invalidates what it found' },
    ],
    denies: [
      { actions: ['cloudfront:GetInvalidation'], resource: distribution, why: 'it does not wait' },
      { actions: ['cloudfront:ListCachePolicies'], resource: '*', why: 'nothing else is listed' },
      { ...list, context: { 's3:prefix': 'www/' }, why: 'aws s3 cp of local files lists nothing' },
    ],
  },
  {
    name: 'acl-and-tags',
    options: { ...site, acl: 'public-read', objectTags: true, readBack: true, resourceAccount: account },
    allows: [
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'public-read', 'aws:ResourceAccount': account },
        why: 'each page is opened to everybody',
      },
      {
        actions: ['s3:PutObject', 's3:PutObjectTagging', 's3:GetObject', 's3:GetObjectTagging'],
        resource: `${www}/index.html`,
        context: { 'aws:ResourceAccount': account },
        why: 'pages are tagged, and copied with their tags',
      },
      { ...list, context: { 's3:prefix': 'www/', 'aws:ResourceAccount': account }, why: 'its own bucket' },
    ],
    denies: [
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:ResourceAccount': account },
        why: 'another ACL',
      },
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 'aws:ResourceAccount': account },
        why: 'grants, which have no canned name',
      },
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${bucket}/private/index.html`,
        context: { 's3:x-amz-acl': 'public-read', 'aws:ResourceAccount': account },
        why: 'nothing else is opened',
      },
      {
        actions: ['s3:PutObject'],
        resource: `${www}/index.html`,
        context: { 'aws:ResourceAccount': '210987654321' },
        why: 'a bucket of the same name that belongs to somebody else',
      },
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'public-read', 'aws:ResourceAccount': '210987654321' },
        why: 'the same for its ACL',
      },
      {
        ...list,
        context: { 's3:prefix': 'www/', 'aws:ResourceAccount': '210987654321' },
        why: 'and for its list',
      },
    ],
  },
  {
    name: 'private',
    options: { ...site, acl: 'private' },
    allows: [
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'private' },
        why: 'whoever owns the bucket',
      },
    ],
    denies: [
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${www}/index.html`,
        context: { 's3:x-amz-acl': 'public-read' },
        why: 'what is private stays private',
      },
    ],
  },
  {
    name: 'encrypted',
    options: { ...site, buckets: ['my-site', 'my-site-preview'], kmsKeys: [keyId], largeObjects: true, account },
    allows: [
      { actions: ['s3:PutObject'], resource: 'arn:aws:s3:::my-site-preview/www/a', why: 'the second bucket' },
      { actions: ['s3:AbortMultipartUpload'], resource: `${www}/film.mp4`, why: 'a large file' },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: key,
        context: viaS3(`${www}/film.mp4`),
        why: 'it is encrypted part by part',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3('arn:aws:s3:::my-site-preview'),
        why: 'the same, where the bucket uses bucket keys',
      },
    ],
    denies: [
      { actions: ['s3:GetObjectTagging'], resource: `${www}/film.mp4`, why: 'nothing is copied' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3(`${bucket}/private/report`),
        why: 'an object that is not of the site',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { ...viaS3(`${www}/film.mp4`), 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' },
        why: 'not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `arn:aws:kms:eu-west-1:${account}:key/00000000-12ab-34cd-56ef-1234567890ab`,
        context: viaS3(`${www}/film.mp4`),
        why: 'another key',
      },
    ],
  },
  {
    name: 'encrypted-small',
    options: { ...site, kmsKeys: [key] },
    allows: [
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${www}/index.html`),
        why: 'an encrypted page',
      },
    ],
    denies: [
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3(`${www}/index.html`),
        why: 'who only writes in one piece decrypts nothing',
      },
    ],
  },
  {
    name: 'large-copies',
    options: { ...site, readBack: true, largeObjects: true },
    allows: [
      {
        actions: ['s3:GetObject', 's3:GetObjectTagging', 's3:AbortMultipartUpload'],
        resource: `${www}/film.mp4`,
        why: 'before a copy in parts the AWS CLI asks for the tags',
      },
    ],
    denies: [
      { actions: ['s3:PutObjectTagging'], resource: `${www}/film.mp4`, why: 'there are none to be written' },
      { actions: ['s3:GetObjectTagging'], resource: `${bucket}/private/film.mp4`, why: 'of the site alone' },
    ],
  },
  {
    name: 'whole-bucket',
    options: {
      buckets: ['my-site'],
      wholeBucket: true,
      deleteRemoved: true,
      distributions: ['E1A2B3C4D5E6F7'],
      account,
      region: 'cn-north-1',
    },
    allows: [
      {
        actions: ['s3:PutObject', 's3:DeleteObject'],
        resource: 'arn:aws-cn:s3:::my-site/index.html',
        why: 'the site stands at the top',
      },
      { actions: ['s3:ListBucket'], resource: 'arn:aws-cn:s3:::my-site', why: 'sync of the bucket' },
      {
        actions: ['cloudfront:CreateInvalidation'],
        resource: `arn:aws-cn:cloudfront::${account}:distribution/E1A2B3C4D5E6F7`,
        why: 'CloudFront in China',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: 'arn:aws-cn:s3:::my-site-2/index.html', why: 'another bucket' },
      { actions: ['s3:ListBucket'], resource: 'arn:aws-cn:s3:::my-site-2', why: 'nor is that one listed' },
    ],
  },
  {
    name: 'whole-bucket-encrypted',
    options: {
      buckets: ['my-site'],
      wholeBucket: true,
      acl: 'bucket-owner-full-control',
      resourceAccount: '210987654321',
      kmsKeys: [`arn:aws:kms:eu-west-1:210987654321:key/${keyId}`],
      region: 'eu-west-1',
    },
    allows: [
      {
        actions: ['s3:PutObjectAcl'],
        resource: `${bucket}/index.html`,
        context: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:ResourceAccount': '210987654321' },
        why: 'the account of the bucket owns what is uploaded',
      },
      { ...list, context: { 'aws:ResourceAccount': '210987654321' }, why: 'sync of the bucket' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: `arn:aws:kms:eu-west-1:210987654321:key/${keyId}`,
        context: viaS3(`${bucket}/index.html`),
        why: 'with the key of that account',
      },
    ],
    denies: [
      { ...list, context: { 'aws:ResourceAccount': account }, why: 'a bucket of the same name in another account' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: `arn:aws:kms:eu-west-1:210987654321:key/${keyId}`,
        context: viaS3('arn:aws:s3:::my-site-2/index.html'),
        why: 'for an object of another bucket',
      },
    ],
  },
]);

const distributions = (id: string) => ({ ...site, distributions: [id], account });

export const refused = defineRefused(staticSiteS3Cloudfront, [
  {
    name: 'an alias for a distribution',
    options: distributions('www.example.com'),
    says: /^distributions\[0\]: `www\.example\.com` is a host name, and IAM decides by the id: write that/,
  },
  {
    name: 'the host name that CloudFront gives',
    options: distributions('d111111abcdef8.cloudfront.net'),
    says: /^distributions\[0\]: `d111111abcdef8\.cloudfront\.net` is a host name/,
  },
  {
    name: 'an alias with a wildcard',
    options: distributions('*.example.com'),
    says: /^distributions\[0\]: `\*\.example\.com` is a host name/,
  },
  {
    name: 'the URL of a distribution',
    options: distributions('https://www.example.com/'),
    says: /^distributions\[0\]: `https:\/\/www\.example\.com\/` is a URL/,
  },
  {
    name: 'the end of the ARN of a distribution',
    options: distributions('distribution/E1A2B3C4D5E6F7'),
    says: /^distributions\[0\]: .* is the end of an ARN: write the id alone, here `E1A2B3C4D5E6F7`$/,
  },
  {
    name: 'an invalidation for a distribution',
    options: distributions('E1A2B3C4D5E6F7/I2J3K4L5M6N7O8P9Q0'),
    says: /^distributions\[0\]: .* has something behind the id, .*, here `E1A2B3C4D5E6F7`$/,
  },
  {
    name: 'a tenant for a distribution',
    options: distributions('dt_2wjDZi3hD1ivOXf6rpZJOSNE1AB'),
    says: /^distributions\[0\]: .* is a tenant of a distribution/,
  },
  {
    name: 'every distribution',
    options: distributions('*'),
    says: /^distributions\[0\]: `\*` holds a wildcard, and `distributions` is always exact/,
  },
  {
    name: 'a distribution twice',
    options: { ...site, distributions: ['E1A2B3C4D5E6F7', 'E1A2B3C4D5E6F7'], account },
    says: /^distributions\[1\]: `E1A2B3C4D5E6F7` already stands at `distributions\[0\]`: keep one$/,
  },
  {
    name: 'waiting for no distribution',
    options: { ...site, waitForInvalidation: true },
    says: /^distributions: missing, and `waitForInvalidation` is set/,
  },
  {
    name: 'a URL with a prefix for one of several buckets',
    options: { ...site, buckets: ['s3://my-site/www', 'my-site-2'] },
    says: /^buckets\[0\]: .* names `www` in the bucket too, and `prefixes` is for all buckets alike: write the bucket alone, here `my-site`$/,
  },
  {
    name: 'a URL of another bucket for a prefix',
    options: { ...site, prefixes: ['s3://other/www'] },
    says: /^prefixes\[0\]: .* is in the bucket `other`, and `buckets` is `[a-z-]+`: make them agree$/,
  },
  {
    name: 'a URL for a prefix, with several buckets',
    options: { ...site, buckets: ['my-site', 'my-site-2'], prefixes: ['s3://my-site/www'] },
    says: /^prefixes\[0\]: .* is a URL: write what stands behind the bucket in it, here `www`$/,
  },
  {
    name: 'a prefix that begins with a slash',
    options: { ...site, prefixes: ['/www'] },
    says: /^prefixes\[0\]: `\/www` begins with a slash, .*, here `www`$/,
  },
  {
    name: 'a prefix that goes up',
    options: { ...site, prefixes: ['www/../private'] },
    says: /^prefixes\[0\]: .* holds an empty or dot segment/,
  },
  {
    name: 'no prefix',
    options: { buckets: ['my-site'], region: 'eu-west-1' },
    says: /^prefixes: missing, and `wholeBucket` is not set/,
  },
  {
    name: 'a prefix and the whole bucket',
    options: { ...site, wholeBucket: true },
    says: /^prefixes: and `wholeBucket` exclude each other: leave one out$/,
  },
  {
    name: 'the address of a website for a bucket',
    options: { ...site, buckets: ['my-site.s3-website-eu-west-1.amazonaws.com'] },
    says: /^buckets\[0\]: .* is the address of a bucket: write the name alone, here `my-site`$/,
  },
  {
    name: 'an ACL that buckets have',
    options: { ...site, acl: 'public-read-write' },
    says: /^acl: `public-read-write` lets everybody write, .*`public-read`$/,
  },
  {
    name: 'a bucket in another partition than the region',
    options: { ...site, buckets: ['arn:aws-cn:s3:::my-site'] },
    says: /^buckets\[0\]: .* has the partition `aws-cn`, and `region` `eu-west-1` is in `aws`: make them agree$/,
  },
  {
    name: 'a distribution in another partition than the region',
    options: { ...site, distributions: ['arn:aws-cn:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7'] },
    says: /^distributions\[0\]: .* has the partition `aws-cn`, and `region` `eu-west-1` is in `aws`: make them agree$/,
  },
]);
