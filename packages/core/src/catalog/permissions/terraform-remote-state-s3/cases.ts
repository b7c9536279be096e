import { defineSamples } from '../../cases.js';
import { terraformRemoteStateS3 } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const bucket = 'arn:aws:s3:::acme-state';
const state = `${bucket}/app/terraform.tfstate`;
const staging = `${bucket}/env:/staging/app/terraform.tfstate`;
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/locks';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const encryptionKeyId = '99999999-12ab-34cd-56ef-1234567890ab';
const encryptionKey = `arn:aws:kms:eu-west-1:123456789012:key/${encryptionKeyId}`;
const item = (...ids: string[]) => ({ 'dynamodb:LeadingKeys': ids });
const viaS3 = (arn: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': arn,
});
const allOfLock = ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'];

export const samples = defineSamples(terraformRemoteStateS3, [
  {
    name: 'default',
    options: { bucket: 'acme-state', keys: ['app/terraform.tfstate'], ...place },
    allows: [
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'env:/' },
        why: 'every command lists workspaces',
      },
      { actions: ['s3:ListBucket'], resource: bucket, why: 'a missing state answers 404 instead of 403' },
      { actions: ['s3:GetObject', 's3:PutObject'], resource: state, why: 'read and write the state' },
      { actions: allOfLock, resource: `${state}.tflock`, why: 'take, read and release the lock' },
    ],
    denies: [
      { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resource: state, why: 'the state is never deleted' },
      { actions: ['s3:PutObjectTagging', 's3:AbortMultipartUpload'], resource: state, why: 'not asked for' },
      { actions: ['s3:PutObjectTagging'], resource: `${state}.tflock`, why: 'the lock carries no tags' },
      { actions: ['s3:GetObject', 's3:PutObject'], resource: `${bucket}/app/terraform.tfstate-old`, why: 'a sibling' },
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: `${bucket}/other/terraform.tfstate`,
        why: 'another stack',
      },
      { actions: ['s3:GetObject'], resource: staging, why: 'a workspace that is not named' },
      { actions: allOfLock, resource: `${bucket}/other/terraform.tfstate.tflock`, why: "another stack's lock" },
      { actions: ['s3:ListBucket'], resource: `${bucket}-2`, why: 'another bucket' },
      {
        actions: ['s3:PutBucketPolicy', 's3:PutBucketVersioning'],
        resource: bucket,
        why: 'the bucket is not configured',
      },
    ],
  },
  {
    name: 'read',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      access: 'read',
      lock: 'both',
      lockTable: 'locks',
      kmsKey: keyId,
      lockTableKmsKey: keyId,
      ...place,
    },
    allows: [
      { actions: ['s3:GetObject'], resource: state, why: 'read outputs' },
      {
        actions: ['dynamodb:GetItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(state), why: 'the state is encrypted' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' },
        why: 'the table is encrypted',
      },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: state, why: 'reading writes nothing' },
      { actions: allOfLock, resource: `${state}.tflock`, why: 'reading takes no lock' },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate'),
        why: 'reading takes no lock',
      },
      {
        actions: ['dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'nor writes a digest',
      },
      { actions: ['kms:GenerateDataKey'], resource: key, context: viaS3(state), why: 'nothing is written' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' },
        why: 'nor into the table',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(`${state}.tflock`), why: 'the lock is not read' },
    ],
  },
  {
    name: 'plan',
    options: { bucket: 'acme-state', keys: ['app/terraform.tfstate'], access: 'plan', kmsKey: keyId, ...place },
    allows: [
      { actions: ['s3:GetObject'], resource: state, why: 'read the state' },
      { actions: allOfLock, resource: `${state}.tflock`, why: 'a plan takes the lock' },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${state}.tflock`),
        why: 'the lock object is encrypted too',
      },
    ],
    denies: [{ actions: ['s3:PutObject'], resource: state, why: 'a plan does not write the state' }],
  },
  {
    name: 'opentofu-encryption',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      access: 'read',
      kmsKey: keyId,
      encryptionKeys: [encryptionKeyId, 'arn:aws:kms:eu-west-1:999999999999:key/mrk-1234abcd12ab34cd56ef1234567890ab'],
      ...place,
    },
    allows: [
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: encryptionKey,
        why: 'OpenTofu asks KMS itself, and makes a data key even where it only reads',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: 'arn:aws:kms:eu-west-1:999999999999:key/mrk-1234abcd12ab34cd56ef1234567890ab',
        why: 'the key of the fallback, in another account',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(state), why: 'the bucket is encrypted besides' },
    ],
    denies: [
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': state },
        why: 'the key of the bucket is used through S3 alone',
      },
      {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resource: encryptionKey.replace('eu-west-1', 'us-east-1'),
        why: 'a key of the same id in another region',
      },
      {
        actions: ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:DescribeKey'],
        resource: encryptionKey,
        why: 'never called',
      },
    ],
  },
  {
    name: 'dynamodb-workspaces',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      lockTableKmsKey: keyId,
      kmsKey: keyId,
      workspaces: ['staging'],
      deleteWorkspaces: true,
      resourceAccount: '123456789012',
      assumeRoles: ['arn:aws:iam::999999999999:role/state'],
      ...place,
    },
    allows: [
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'list workspaces of the own bucket',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: state,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the default workspace',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resource: staging,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the workspace, which may be deleted',
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate'),
        why: 'the lock of the default workspace',
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/env:/staging/app/terraform.tfstate'),
        why: 'the lock of the workspace',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest of the default workspace',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/env:/staging/app/terraform.tfstate-md5'),
        why: 'the digest of the workspace, which goes with it',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(staging),
        why: 'encrypted state',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(bucket),
        why: 'a bucket with bucket keys',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' },
        why: 'the table is encrypted',
      },
      { actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::999999999999:role/state', why: 'role_arn of the backend' },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 'aws:ResourceAccount': '999999999999' },
        why: "a bucket of this name in a stranger's account",
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resource: staging,
        context: { 'aws:ResourceAccount': '999999999999' },
        why: 'the state would go to a stranger',
      },
      {
        actions: ['s3:DeleteObject'],
        resource: state,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the default workspace is never deleted',
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/other/terraform.tfstate'),
        why: "another stack's lock in the same table",
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        why: 'ForAllValues alone would let a request without keys through',
      },
      {
        actions: ['dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest of the default workspace is never deleted',
      },
      { actions: ['dynamodb:Scan', 'dynamodb:DescribeTable'], resource: table, why: 'never called' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: viaS3(`${bucket}/other/terraform.tfstate`),
        why: "another stack's state",
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': bucket },
        why: 'the key used directly, not through S3',
      },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
        why: 'the key used through another service',
      },
      { actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::999999999999:role/admin', why: 'another role' },
    ],
  },
  {
    name: 'workspaces-lockfile',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      workspaces: ['staging'],
      defaultWorkspace: false,
      objectTags: true,
      largeState: true,
      restrictListing: true,
      resourceAccount: '123456789012',
      kmsKey: keyId,
      ...place,
    },
    allows: [
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': 'env:/', 'aws:ResourceAccount': '123456789012' },
        why: 'list workspaces',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload'],
        resource: staging,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the state of the workspace, with tags',
      },
      {
        actions: [...allOfLock, 's3:PutObjectTagging'],
        resource: `${staging}.tflock`,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the lock of the workspace, with tags',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${staging}.tflock`),
        why: 'the lock is encrypted',
      },
    ],
    denies: [
      {
        actions: ['s3:ListBucket'],
        resource: bucket,
        context: { 's3:prefix': '', 'aws:ResourceAccount': '123456789012' },
        why: 'the rest of the bucket',
      },
      {
        actions: [...allOfLock, 's3:PutObjectTagging'],
        resource: `${staging}.tflock`,
        context: { 'aws:ResourceAccount': '999999999999' },
        why: "a lock in a stranger's bucket",
      },
      {
        actions: ['s3:GetObject'],
        resource: state,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'the default workspace is left out',
      },
      {
        actions: allOfLock,
        resource: `${state}.tflock`,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'and so is its lock',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${state}.tflock`),
        why: 'and its key',
      },
      {
        actions: ['s3:DeleteObject'],
        resource: staging,
        context: { 'aws:ResourceAccount': '123456789012' },
        why: 'workspaces are not deleted',
      },
    ],
  },
  {
    name: 'only-workspaces-dynamodb',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      workspaces: ['staging'],
      defaultWorkspace: false,
      kmsKey: keyId,
      ...place,
    },
    allows: [
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/env:/staging/app/terraform.tfstate'),
        why: 'the lock of the workspace',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(staging),
        why: 'the encrypted state of the workspace',
      },
    ],
    denies: [
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate'),
        why: 'the lock of the default workspace, which is left out',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'its digest',
      },
      {
        actions: ['dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/env:/staging/app/terraform.tfstate-md5'),
        why: 'workspaces are not deleted, so their digests stay',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(state),
        why: 'the state of the default workspace',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${staging}.tflock`),
        why: 'the lock is no object',
      },
    ],
  },
  {
    name: 'pattern',
    options: {
      bucket: 'acme-state',
      keys: ['apps/*/terraform.tfstate'],
      scope: 'pattern',
      lock: 'dynamodb',
      lockTable: 'locks',
      kmsKey: keyId,
      ...place,
      region: 'cn-north-1',
    },
    allows: [
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: 'arn:aws-cn:s3:::acme-state/apps/web/terraform.tfstate',
        why: 'inside the pattern',
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: 'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/locks',
        context: item('acme-state/apps/web/terraform.tfstate'),
        why: 'lock items by pattern',
      },
      {
        actions: ['kms:Decrypt'],
        resource: `arn:aws-cn:kms:cn-north-1:123456789012:key/${keyId}`,
        context: {
          'kms:ViaService': 's3.cn-north-1.amazonaws.com.cn',
          'kms:EncryptionContext:aws:s3:arn': 'arn:aws-cn:s3:::acme-state/apps/web/terraform.tfstate',
        },
        why: 'encryption context by pattern',
      },
    ],
    denies: [
      {
        actions: ['dynamodb:PutItem'],
        resource: 'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/locks',
        context: item('acme-state/infra/terraform.tfstate'),
        why: 'outside the pattern',
      },
    ],
  },
  {
    name: 'account',
    options: { bucket: 'acme-state', scope: 'account', defaultWorkspace: false, deleteWorkspaces: true, ...place },
    allows: [
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: staging, why: 'every workspace of every state' },
    ],
    denies: [{ actions: ['s3:GetObject'], resource: state, why: 'the default workspaces are left out' }],
  },
]);
