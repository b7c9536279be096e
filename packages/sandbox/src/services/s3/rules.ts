import type { Check, Call, Rule } from '../../server/call.js';
import type { Bucket } from './state.js';
import { contextOf, decryptCheck, encryptChecks, encryptionOf } from './encryption.js';
import { bucketOf, copySource } from './parameters.js';
import { subresources, type Subresource } from './subresources.js';

const actions = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html';
const api = (name: string) => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${name}.html`;
const encryption = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html';
const multipart = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions';

const bucketArn = (call: Call) => `arn:${call.world.partition}:s3:::${String(call.input['Bucket'])}`;
const objectArn = (call: Call) => `${bucketArn(call)}/${String(call.input['Key'])}`;

function onBucket(action: string, source = actions, context?: (call: Call) => Check['context']): Rule {
  return {
    source,
    checks: (call) => [{ action, resource: bucketArn(call), context: { ...contextOf(call), ...context?.(call) } }],
  };
}

function onObject(action: string | ((call: Call) => string), source = actions): Rule {
  return {
    source,
    checks: (call) => [
      {
        action: typeof action === 'string' ? action : action(call),
        resource: objectArn(call),
        context: contextOf(call),
      },
    ],
  };
}

/** Prefix, delimiter and page size are condition keys where the request has them; HeadBucket has none. */
function listing(call: Call): Check['context'] {
  const { query } = call.http;
  const context: Record<string, string> = {};
  for (const name of ['prefix', 'delimiter', 'max-keys']) {
    const value = query.get(name);
    if (value !== null) context[`s3:${name}`] = value;
  }
  return context;
}

/**
 * A write or a deletion on the condition of an ETag tells what is there, so it needs the right to read.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-delete-enforce.html
 */
function matchChecks(call: Call): Check[] {
  const tag = call.http.headers['if-match'];
  if (tag === undefined || tag === '*') return [];
  return [{ action: 's3:GetObject', resource: objectArn(call), context: contextOf(call) }];
}

const version = (call: Call) => call.http.query.get('versionId') ?? undefined;

function readCheck(call: Call): Check {
  const action = version(call) === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return { action, resource: objectArn(call), context: contextOf(call) };
}

function storedKey(call: Call): string | undefined {
  return bucketOf(call)?.objects.get(String(call.input['Key']))?.kmsKey;
}

/** What headers of a write ask for besides: an ACL, tags, encryption. */
function writeChecks(call: Call): Check[] {
  const { headers } = call.http;
  const resource = objectArn(call);
  const context = contextOf(call);
  const acl = Object.keys(headers).some((name) => name === 'x-amz-acl' || name.startsWith('x-amz-grant-'));
  return [
    { action: 's3:PutObject', resource, context },
    ...(acl ? [{ action: 's3:PutObjectAcl', resource, context }] : []),
    ...('x-amz-tagging' in headers ? [{ action: 's3:PutObjectTagging', resource, context }] : []),
  ];
}

/** What the source of a copy asks for. */
function copyChecks(call: Call): Check[] {
  const from = copySource(call);
  if (from === undefined) return [];
  const source = { ...call, input: { Bucket: from.bucket, Key: from.key } };
  const object = call.world.objects.buckets.get(from.bucket)?.objects.get(from.key);
  const action = from.version === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return [{ action, resource: objectArn(source), context: contextOf(source) }, ...decryptCheck(source, object?.kmsKey)];
}

function deletes({ api: name, deleted = name, writes }: Subresource): [string, Rule] {
  return [`Delete${deleted}`, onBucket(name === 'BucketPolicy' ? 's3:DeleteBucketPolicy' : writes)];
}

export const rules: Readonly<Record<string, Rule>> = {
  ListBuckets: {
    source: actions,
    checks: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  },
  HeadBucket: onBucket('s3:ListBucket', api('HeadBucket')),
  ListObjects: onBucket('s3:ListBucket', api('ListObjects'), listing),
  ListObjectsV2: onBucket('s3:ListBucket', api('ListObjectsV2'), listing),
  ListObjectVersions: onBucket('s3:ListBucketVersions', api('ListObjectVersions'), listing),
  ListMultipartUploads: onBucket('s3:ListBucketMultipartUploads', multipart, listing),
  GetBucketLocation: onBucket('s3:GetBucketLocation', api('GetBucketLocation')),
  CreateBucket: {
    source: `${api('CreateBucket')}, "Permissions"`,
    checks: (call) => {
      const { headers } = call.http;
      const resource = bucketArn(call);
      const settings = (call.input['CreateBucketConfiguration'] ?? {}) as Readonly<Record<string, unknown>>;
      const place = settings['LocationConstraint'];
      const context = {
        ...contextOf(call),
        ...(typeof place === 'string' ? { 's3:locationconstraint': place } : {}),
      };
      const acl = Object.keys(headers).some((name) => name === 'x-amz-acl' || name.startsWith('x-amz-grant-'));
      const locks = headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true';
      return [
        's3:CreateBucket',
        ...('x-amz-object-ownership' in headers ? ['s3:PutBucketOwnershipControls'] : []),
        ...(acl ? ['s3:PutBucketAcl'] : []),
        ...(Array.isArray(settings['Tags']) && settings['Tags'].length > 0 ? ['s3:TagResource'] : []),
        ...(locks ? ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'] : []),
      ].map((action) => ({ action, resource, context }));
    },
  },
  DeleteBucket: onBucket('s3:DeleteBucket'),
  ...Object.fromEntries(
    Object.values(subresources).flatMap((subresource) => [
      [`Get${subresource.api}`, onBucket(subresource.reads)],
      [`Put${subresource.api}`, onBucket(subresource.writes)],
      ...(subresource.stays === true ? [] : [deletes(subresource)]),
    ]),
  ),
  PutBucketReplication: {
    source: `${api('PutBucketReplication')}, "Permissions"`,
    checks: (call) => {
      const { Role } = (call.input['ReplicationConfiguration'] ?? {}) as Readonly<Record<string, unknown>>;
      return [
        { action: 's3:PutReplicationConfiguration', resource: bucketArn(call), context: contextOf(call) },
        ...(typeof Role === 'string'
          ? [{ action: 'iam:PassRole', resource: Role, context: { 'iam:PassedToService': 's3.amazonaws.com' } }]
          : []),
      ];
    },
  },
  GetObject: {
    source: `${api('GetObject')} and ${encryption}`,
    checks: (call) => [readCheck(call), ...decryptCheck(call, storedKey(call))],
  },
  HeadObject: {
    source: `${api('HeadObject')}: only a checksum of an encrypted object has to be decrypted`,
    checks: (call) => [
      readCheck(call),
      ...(call.http.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED'
        ? decryptCheck(call, storedKey(call))
        : []),
    ],
  },
  PutObject: {
    source: `${api('PutObject')} and ${encryption}`,
    checks: (call) => [...writeChecks(call), ...matchChecks(call), ...encryptChecks(call, encryptionOf(call))],
  },
  CopyObject: {
    source: `${api('CopyObject')} and ${encryption}`,
    checks: (call) => {
      const from = copySource(call);
      if (from === undefined) return writeChecks(call);
      const source = { ...call, input: { Bucket: from.bucket, Key: from.key } };
      const object = call.world.objects.buckets.get(from.bucket)?.objects.get(from.key);
      return [
        ...copyChecks(call),
        ...(object?.tags === undefined
          ? []
          : [{ action: 's3:GetObjectTagging', resource: objectArn(source), context: contextOf(source) }]),
        ...writeChecks(call),
        ...encryptChecks(call, encryptionOf(call)),
      ];
    },
  },
  DeleteObject: {
    source: api('DeleteObject'),
    checks: (call) => [
      {
        action: version(call) === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
        resource: objectArn(call),
        context: contextOf(call),
      },
      ...matchChecks(call),
    ],
  },
  DeleteObjects: {
    source: api('DeleteObjects'),
    // Each key is checked by itself, and its refusal is an entry of the answer: see the operation.
    checks: () => [],
  },
  GetObjectTagging: onObject('s3:GetObjectTagging'),
  PutObjectTagging: onObject('s3:PutObjectTagging'),
  DeleteObjectTagging: onObject('s3:DeleteObjectTagging'),
  GetObjectAcl: onObject('s3:GetObjectAcl'),
  PutObjectAcl: onObject('s3:PutObjectAcl'),
  CreateMultipartUpload: {
    source: multipart,
    checks: (call) => [...writeChecks(call), ...encryptChecks(call, encryptionOf(call))],
  },
  UploadPart: {
    source: multipart,
    checks: (call) => [
      { action: 's3:PutObject', resource: objectArn(call), context: contextOf(call) },
      ...decryptCheck(call, uploadKey(call)),
      ...encryptChecks(call, uploadKey(call)),
    ],
  },
  UploadPartCopy: {
    source: `${api('UploadPartCopy')} and ${encryption}`,
    checks: (call) => [
      ...copyChecks(call),
      { action: 's3:PutObject', resource: objectArn(call), context: contextOf(call) },
      ...decryptCheck(call, uploadKey(call)),
      ...encryptChecks(call, uploadKey(call)),
    ],
  },
  CompleteMultipartUpload: {
    source: multipart,
    checks: (call) => [
      { action: 's3:PutObject', resource: objectArn(call), context: contextOf(call) },
      ...matchChecks(call),
      ...decryptCheck(call, uploadKey(call)),
    ],
  },
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload', multipart),
  ListParts: onObject('s3:ListMultipartUploadParts', multipart),
};

/** The key that the upload was begun with. */
function uploadKey(call: Call): string | undefined {
  const bucket: Bucket | undefined = bucketOf(call);
  return bucket?.uploads.get(call.http.query.get('uploadId') ?? '')?.headers[
    'x-amz-server-side-encryption-aws-kms-key-id'
  ];
}
