import { account, region, rest, type Row, type ServiceRows } from '../row.js';
import { storeObject } from './state.js';

const kmsKey = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-96ef-1234567890ab`;
const bucket = 'arn:aws:s3:::state';
const object = 'arn:aws:s3:::state/a/b';
const secret = 'arn:aws:s3:::state/secret';

/** A part of a bucket's configuration: its query parameter, its name in the API, and the two actions. */
const configuration: readonly (readonly [string, string, string, string])[] = [
  ['versioning', 'BucketVersioning', 's3:GetBucketVersioning', 's3:PutBucketVersioning'],
  ['encryption', 'BucketEncryption', 's3:GetEncryptionConfiguration', 's3:PutEncryptionConfiguration'],
  ['logging', 'BucketLogging', 's3:GetBucketLogging', 's3:PutBucketLogging'],
  ['publicAccessBlock', 'PublicAccessBlock', 's3:GetBucketPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
  ['acl', 'BucketAcl', 's3:GetBucketAcl', 's3:PutBucketAcl'],
  ['tagging', 'BucketTagging', 's3:GetBucketTagging', 's3:PutBucketTagging'],
  ['ownershipControls', 'BucketOwnershipControls', 's3:GetBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
  ['lifecycle', 'BucketLifecycleConfiguration', 's3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ['cors', 'BucketCors', 's3:GetBucketCORS', 's3:PutBucketCORS'],
  ['notification', 'BucketNotificationConfiguration', 's3:GetBucketNotification', 's3:PutBucketNotification'],
  ['website', 'BucketWebsite', 's3:GetBucketWebsite', 's3:PutBucketWebsite'],
  ['replication', 'BucketReplication', 's3:GetReplicationConfiguration', 's3:PutReplicationConfiguration'],
];

/** What the API can only change. */
const lasting = new Set(['BucketVersioning', 'BucketLogging', 'BucketAcl', 'BucketNotificationConfiguration']);

const encrypted = { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey };

export const rows: readonly Row[] = [
  ['ListBuckets', rest('GET', '/'), ['s3:ListAllMyBuckets *']],
  ['HeadBucket', rest('HEAD', '/state'), [`s3:ListBucket ${bucket}`]],
  ['ListObjects', rest('GET', '/state?prefix=env%3A%2F'), [`s3:ListBucket ${bucket} s3:prefix=env:/`]],
  ['ListObjectsV2', rest('GET', '/state?list-type=2&delimiter=%2F'), [`s3:ListBucket ${bucket} s3:delimiter=/`]],
  ['ListObjectVersions', rest('GET', '/state?versions'), [`s3:ListBucketVersions ${bucket}`]],
  ['ListMultipartUploads', rest('GET', '/state?uploads'), [`s3:ListBucketMultipartUploads ${bucket}`]],
  ['GetBucketLocation', rest('GET', '/state?location'), [`s3:GetBucketLocation ${bucket}`]],
  ['CreateBucket', rest('PUT', '/new'), ['s3:CreateBucket arn:aws:s3:::new']],
  [
    'CreateBucket',
    rest(
      'PUT',
      '/new',
      { 'x-amz-object-ownership': 'ObjectWriter' },
      '<CreateBucketConfiguration><Tags><Tag><Key>a</Key></Tag></Tags></CreateBucketConfiguration>',
    ),
    [
      's3:CreateBucket arn:aws:s3:::new',
      's3:PutBucketOwnershipControls arn:aws:s3:::new',
      's3:TagResource arn:aws:s3:::new',
    ],
  ],
  ['DeleteBucket', rest('DELETE', '/state'), [`s3:DeleteBucket ${bucket}`]],
  ['GetBucketPolicy', rest('GET', '/state?policy'), [`s3:GetBucketPolicy ${bucket}`]],
  ['PutBucketPolicy', rest('PUT', '/state?policy', {}, '{}'), [`s3:PutBucketPolicy ${bucket}`]],
  ['DeleteBucketPolicy', rest('DELETE', '/state?policy'), [`s3:DeleteBucketPolicy ${bucket}`]],
  ...configuration.flatMap(([name, api, reads, writes]): Row[] => [
    [`Get${api}`, rest('GET', `/state?${name}`), [`${reads} ${bucket}`]],
    [`Put${api}`, rest('PUT', `/state?${name}`, {}, '<x/>'), [`${writes} ${bucket}`]],
    ...(lasting.has(api)
      ? []
      : [
          [
            api === 'BucketLifecycleConfiguration' ? 'DeleteBucketLifecycle' : `Delete${api}`,
            rest('DELETE', `/state?${name}`),
            [`${writes} ${bucket}`],
          ] satisfies Row,
        ]),
  ]),
  ['GetObject', rest('GET', '/state/a/b'), [`s3:GetObject ${object}`]],
  ['GetObject', rest('GET', '/state/a/b?versionId=1'), [`s3:GetObjectVersion ${object}`, `s3:ListBucket ${bucket}`]],
  [
    'GetObject',
    rest('GET', '/state/secret'),
    [
      `s3:GetObject ${secret}`,
      `kms:Decrypt ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
    ],
  ],
  ['GetObject', rest('GET', '/state/missing'), [`s3:GetObject ${bucket}/missing`, `s3:ListBucket ${bucket}`]],
  ['HeadObject', rest('HEAD', '/state/secret'), [`s3:GetObject ${secret}`]],
  [
    'HeadObject',
    rest('HEAD', '/state/secret', { 'x-amz-checksum-mode': 'ENABLED' }),
    [
      `s3:GetObject ${secret}`,
      `kms:Decrypt ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
    ],
  ],
  ['PutObject', rest('PUT', '/state/a/b', {}, 'x'), [`s3:PutObject ${object}`]],
  [
    'PutObject',
    rest('PUT', '/state/a/b', { 'x-amz-tagging': 'a=b', 'x-amz-acl': 'private' }, 'x'),
    [`s3:PutObject ${object}`, `s3:PutObjectAcl ${object}`, `s3:PutObjectTagging ${object}`],
  ],
  [
    'PutObject',
    rest('PUT', '/state/secret', encrypted, 'x'),
    [
      `s3:PutObject ${secret}`,
      `kms:GenerateDataKey ${kmsKey} kms:EncryptionContext:aws:s3:arn=${secret} kms:ViaService=s3.${region}.amazonaws.com`,
    ],
  ],
  [
    'CopyObject',
    rest('PUT', '/state/copy', { 'x-amz-copy-source': '/state/a/b' }),
    [`s3:GetObject ${object}`, `s3:PutObject ${bucket}/copy`],
  ],
  ['DeleteObject', rest('DELETE', '/state/a/b'), [`s3:DeleteObject ${object}`]],
  [
    'DeleteObject',
    { ...rest('DELETE', '/state/a/b'), headers: { 'if-match': '"etag"' } },
    [`s3:DeleteObject ${object}`, `s3:GetObject ${object}`],
  ],
  ['DeleteObject', rest('DELETE', '/state/a/b?versionId=1'), [`s3:DeleteObjectVersion ${object}`]],
  [
    'DeleteObjects',
    rest(
      'POST',
      '/state?delete',
      {},
      '<Delete><Object><Key>a/b</Key></Object><Object><Key>c</Key><VersionId>1</VersionId></Object></Delete>',
    ),
    [`s3:DeleteObject ${object}`, `s3:DeleteObjectVersion ${bucket}/c`],
  ],
  ['GetObjectTagging', rest('GET', '/state/a/b?tagging'), [`s3:GetObjectTagging ${object}`]],
  ['PutObjectTagging', rest('PUT', '/state/a/b?tagging', {}, '<x/>'), [`s3:PutObjectTagging ${object}`]],
  ['DeleteObjectTagging', rest('DELETE', '/state/a/b?tagging'), [`s3:DeleteObjectTagging ${object}`]],
  ['GetObjectAcl', rest('GET', '/state/a/b?acl'), [`s3:GetObjectAcl ${object}`]],
  ['PutObjectAcl', rest('PUT', '/state/a/b?acl', {}, '<x/>'), [`s3:PutObjectAcl ${object}`]],
  ['CreateMultipartUpload', rest('POST', '/state/a/b?uploads'), [`s3:PutObject ${object}`]],
  ['UploadPart', rest('PUT', '/state/a/b?uploadId=1&partNumber=1', {}, 'x'), [`s3:PutObject ${object}`]],
  [
    'UploadPartCopy',
    rest('PUT', '/state/copy?uploadId=1&partNumber=1', { 'x-amz-copy-source': '/state/a/b' }),
    [`s3:GetObject ${object}`, `s3:PutObject ${bucket}/copy`],
  ],
  ['CompleteMultipartUpload', rest('POST', '/state/a/b?uploadId=1', {}, '<x/>'), [`s3:PutObject ${object}`]],
  ['AbortMultipartUpload', rest('DELETE', '/state/a/b?uploadId=1'), [`s3:AbortMultipartUpload ${object}`]],
  ['ListParts', rest('GET', '/state/a/b?uploadId=1'), [`s3:ListMultipartUploadParts ${object}`]],
];

export const setUp: ServiceRows['setUp'] = (world) => {
  const state = world.objects.create('state', account, region);
  storeObject(state, 'a/b', Buffer.from('x'));
  storeObject(state, 'secret', Buffer.from('x'), { kmsKey });
};
