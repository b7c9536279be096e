import { defineSamples } from '../../cases.js';
import { terragrunt } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const bucket = 'arn:aws:s3:::acme-state';
const logs = 'arn:aws:s3:::acme-logs';
const lock = `${bucket}/app/terraform.tfstate.tflock`;
const state = `${bucket}/app/terraform.tfstate`;
const webBucket = 'arn:aws:s3:::acme-web-state';
const web = `${webBucket}/web/terraform.tfstate`;
const network = `${bucket}/network/terraform.tfstate`;
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/locks';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const item = (...ids: string[]) => ({ 'dynamodb:LeadingKeys': ids });
const viaS3 = (arn: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': arn,
});
const bucketReads = [
  's3:GetBucketVersioning',
  's3:GetEncryptionConfiguration',
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
];

export const samples = defineSamples(terragrunt, [
  {
    name: 'default',
    options: { bucket: 'acme-state', keys: ['app/terraform.tfstate'], ...place },
    allows: [
      { actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], resource: lock, why: 'the lock of the unit' },
    ],
    denies: [
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resource: `${bucket}/app/terraform.tfstate`,
        why: 'the state itself is for terraform-remote-state-s3',
      },
      { actions: ['s3:PutObject', 's3:DeleteObject'], resource: `${network}.tflock`, why: "another unit's lock" },
      { actions: ['s3:ListBucket', ...bucketReads], resource: bucket, why: 'a plain run does not look at the bucket' },
      {
        actions: ['iam:GetUser'],
        resource: 'arn:aws:iam::123456789012:user/ci',
        context: { 'aws:username': 'ci' },
        why: 'GetCallerIdentity needs no grant',
      },
      { actions: ['iam:ListAccountAliases'], resource: '*', why: 'the configuration does not ask for the alias' },
    ],
  },
  {
    name: 'kms-dependencies',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'both',
      lockTable: 'locks',
      kmsKey: keyId,
      dependencyKeys: ['network/terraform.tfstate'],
      assumeRoles: ['deploy'],
      accountAlias: true,
      ...place,
    },
    allows: [
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate'),
        why: 'the lock item',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest item',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(lock),
        why: 'the lock is encrypted',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(bucket),
        why: 'the lock is encrypted, and the bucket has a key of its own',
      },
      { actions: ['s3:ListBucket'], resource: bucket, why: 'terraform output lists first' },
      { actions: ['s3:GetObject'], resource: network, why: 'the outputs of the dependency' },
      {
        actions: ['dynamodb:GetItem'],
        resource: table,
        context: item('acme-state/network/terraform.tfstate-md5'),
        why: 'the digest of the dependency',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(network), why: 'the dependency is encrypted' },
      { actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::123456789012:role/deploy', why: 'iam_role' },
      { actions: ['iam:ListAccountAliases'], resource: '*', why: 'get_aws_account_alias' },
    ],
    denies: [
      {
        actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/network/terraform.tfstate'),
        why: 'a dependency is not locked',
      },
      {
        actions: ['dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/network/terraform.tfstate-md5'),
        why: 'the digest of a dependency is not written',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        why: 'a request without keys',
      },
      {
        actions: ['dynamodb:GetItem'],
        resource: table,
        context: item('acme-state/other/terraform.tfstate-md5'),
        why: "another unit's digest",
      },
      { actions: ['s3:PutObject', 's3:DeleteObject'], resource: network, why: 'a dependency is only read' },
      { actions: ['s3:GetObject'], resource: `${bucket}/other/terraform.tfstate`, why: 'no dependency of this unit' },
      { actions: ['s3:ListBucket'], resource: logs, why: 'another bucket' },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${bucket}/other/terraform.tfstate`),
        why: 'an object that is neither',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': lock },
        why: 'the key used directly',
      },
      { actions: ['kms:GenerateDataKey'], resource: key, context: viaS3(network), why: 'a dependency is not written' },
      { actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::123456789012:role/admin', why: 'another role' },
      { actions: ['iam:ListUsers'], resource: '*', why: 'the alias is all it asks for' },
      { actions: ['dynamodb:DescribeTable'], resource: table, why: 'a plain run does not look at the table' },
    ],
  },
  {
    name: 'kms-dependencies-only',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'none',
      kmsKey: keyId,
      dependencyKeys: ['network/terraform.tfstate'],
      ...place,
    },
    allows: [
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(network), why: 'the dependency is encrypted' },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(bucket), why: 'where the bucket has a key of its own' },
    ],
    denies: [
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': network },
        why: 'the key used directly',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(lock), why: 'an object that is no dependency' },
      { actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], resource: lock, why: 'nothing is locked' },
    ],
  },
  {
    name: 'kms-dynamodb',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      kmsKey: keyId,
      ...place,
    },
    allows: [
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate'),
        why: 'the lock item',
      },
    ],
    denies: [
      {
        actions: ['dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest stays with the state',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(bucket),
        why: 'no object of it is read or written: the lock is an item, and no dependency is read',
      },
      { actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], resource: lock, why: 'the lock is no object' },
    ],
  },
  {
    name: 'iam-user',
    options: { bucket: 'acme-state', keys: ['app/terraform.tfstate'], lock: 'none', identity: 'iam-user', ...place },
    allows: [
      {
        actions: ['iam:GetUser'],
        resource: 'arn:aws:iam::123456789012:user/ci',
        context: { 'aws:username': 'ci' },
        why: 'a user asks for itself',
      },
    ],
    denies: [
      {
        actions: ['iam:GetUser'],
        resource: 'arn:aws:iam::123456789012:user/admin',
        context: { 'aws:username': 'ci' },
        why: 'and for nobody else',
      },
    ],
  },
  {
    name: 'backend-delete',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      deleteStates: true,
      ...place,
    },
    allows: [
      { actions: ['s3:ListBucket', 's3:GetBucketVersioning'], resource: bucket, why: 'is it there, with versions?' },
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: state, why: 'delete the state, if it is there' },
      { actions: ['dynamodb:DescribeTable'], resource: table, why: 'see whether the table is there' },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'delete the digest, if it is there',
      },
    ],
    denies: [
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: network, why: "another unit's state" },
      {
        actions: ['s3:PutObject', 's3:DeleteObjectVersion'],
        resource: state,
        why: 'versions stay, nothing is written',
      },
      {
        actions: ['s3:DeleteBucket', 's3:ListBucketVersions', ...bucketReads.slice(1)],
        resource: bucket,
        why: 'the bucket itself stays as it is, and no more of it is looked at',
      },
      { actions: ['s3:GetBucketVersioning'], resource: logs, why: 'another bucket' },
      {
        actions: ['dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/network/terraform.tfstate-md5'),
        why: "another unit's digest",
      },
      { actions: ['dynamodb:DeleteTable'], resource: table, why: 'the table stays' },
    ],
  },
  {
    name: 'backend-migrate',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      kmsKey: keyId,
      migrateToKeys: ['web/terraform.tfstate'],
      migrateToBucket: 'acme-web-state',
      ...place,
    },
    allows: [
      { actions: ['s3:ListBucket', 's3:GetBucketVersioning'], resource: bucket, why: 'is it there, with versions?' },
      { actions: ['s3:ListBucket'], resource: webBucket, why: 'a free key answers 404' },
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: state, why: 'read it, and delete it where it was' },
      { actions: ['s3:GetObject', 's3:PutObject'], resource: web, why: 'look there, and write the copy' },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        resource: table,
        context: item('acme-web-state/web/terraform.tfstate-md5'),
        why: 'the item of the moved state',
      },
      {
        actions: ['dynamodb:GetItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/app/terraform.tfstate-md5'),
        why: 'the digest where it was',
      },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(state), why: 'the state is encrypted' },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(bucket), why: 'or the bucket has a key of its own' },
      { actions: ['kms:GenerateDataKey'], resource: key, context: viaS3(web), why: 'the copy is encrypted' },
      { actions: ['kms:GenerateDataKey'], resource: key, context: viaS3(webBucket), why: 'or that bucket has one' },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: state, why: 'nothing is written where it was' },
      { actions: ['s3:DeleteObject'], resource: web, why: 'nothing is deleted where it goes' },
      { actions: ['s3:GetObject', 's3:PutObject'], resource: `${webBucket}/other.tfstate`, why: 'another key' },
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: `${bucket}/web/terraform.tfstate`,
        why: 'not in this bucket',
      },
      {
        actions: ['s3:GetBucketVersioning'],
        resource: webBucket,
        why: 'only the bucket where it was must keep versions',
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/web/terraform.tfstate-md5'),
        why: 'an item of neither',
      },
      { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resource: table, why: 'a request without keys' },
      { actions: ['kms:Decrypt'], resource: key, context: viaS3(web), why: 'the copy is not read' },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': web },
        why: 'the key used directly',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': state },
        why: 'the key used directly',
      },
      {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resource: key,
        context: viaS3(network),
        why: 'another object',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(bucket),
        why: 'nothing is written into the bucket where it was',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${bucket}/web/terraform.tfstate`),
        why: 'nor there',
      },
      { actions: ['s3:ListBucket'], resource: logs, why: 'another bucket' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': bucket },
        why: 'the same',
      },
    ],
  },
  {
    name: 'backend-migrate-key',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      kmsKey: keyId,
      migrateToKeys: ['web/terraform.tfstate'],
      ...place,
    },
    allows: [
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: `${bucket}/web/terraform.tfstate`,
        why: 'another key of the same bucket',
      },
      {
        actions: ['dynamodb:PutItem'],
        resource: table,
        context: item('acme-state/web/terraform.tfstate-md5'),
        why: 'the item of the moved state',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(`${bucket}/web/terraform.tfstate`),
        why: 'the copy is encrypted',
      },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: viaS3(bucket),
        why: 'or the bucket has a key of its own',
      },
    ],
    denies: [
      { actions: ['s3:GetObject', 's3:PutObject'], resource: web, why: 'another bucket' },
      {
        actions: ['dynamodb:DeleteItem'],
        resource: table,
        context: item('acme-state/web/terraform.tfstate-md5'),
        why: 'its item is not deleted',
      },
    ],
  },
  {
    name: 'bootstrap-check',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      bootstrap: 'check',
      accessLoggingBucket: 'acme-logs',
      ...place,
    },
    allows: [
      { actions: ['s3:ListBucket'], resource: bucket, why: 'HeadBucket' },
      { actions: [...bucketReads, 's3:GetBucketLogging'], resource: bucket, why: 'look for drift' },
      { actions: ['dynamodb:DescribeTable'], resource: table, why: 'see whether the table is there' },
    ],
    denies: [
      {
        actions: ['s3:CreateBucket', 's3:PutBucketPolicy', 's3:PutBucketVersioning'],
        resource: bucket,
        why: 'only a check',
      },
      { actions: ['s3:ListBucket', ...bucketReads], resource: logs, why: 'the logs bucket is not looked at' },
      { actions: ['dynamodb:CreateTable'], resource: table, why: 'only a check' },
      { actions: ['dynamodb:DescribeTable'], resource: `${table}-other`, why: 'another table' },
    ],
  },
  {
    name: 'bootstrap-create',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      bootstrap: 'create',
      accessLoggingBucket: 'acme-logs',
      bucketTags: true,
      lockTableTags: true,
      lockTableSsencryption: true,
      ...place,
    },
    allows: [
      {
        actions: [
          's3:CreateBucket',
          's3:PutBucketOwnershipControls',
          's3:TagResource',
          's3:PutBucketTagging',
          's3:PutBucketPolicy',
          's3:PutBucketPublicAccessBlock',
          's3:PutBucketVersioning',
          's3:PutEncryptionConfiguration',
          's3:PutBucketLogging',
        ],
        resource: bucket,
        why: 'create and configure the bucket',
      },
      {
        actions: [
          's3:ListBucket',
          's3:CreateBucket',
          's3:PutBucketOwnershipControls',
          's3:PutBucketPublicAccessBlock',
          's3:PutBucketAcl',
          's3:GetBucketAcl',
          's3:PutEncryptionConfiguration',
          's3:GetBucketPolicy',
          's3:PutBucketPolicy',
          's3:PutBucketVersioning',
        ],
        resource: logs,
        why: 'create and configure the logs bucket',
      },
      {
        actions: ['dynamodb:CreateTable', 'dynamodb:TagResource', 'dynamodb:UpdateTable', 'dynamodb:DescribeTable'],
        resource: table,
        why: 'create the table, tag it, encrypt it, and wait',
      },
    ],
    denies: [
      {
        actions: ['s3:DeleteBucket', 's3:PutLifecycleConfiguration', 's3:PutBucketAcl'],
        resource: bucket,
        why: 'never called',
      },
      { actions: ['s3:CreateBucket', 's3:PutBucketPolicy'], resource: `${bucket}-2`, why: 'another bucket' },
      { actions: ['dynamodb:CreateTable', 'dynamodb:UpdateTable'], resource: `${table}-other`, why: 'another table' },
      { actions: ['dynamodb:DeleteTable'], resource: table, why: 'never called' },
    ],
  },
  {
    name: 'bootstrap-create-skips',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      bootstrap: 'create',
      disableBucketUpdate: true,
      skipBucketVersioning: true,
      skipBucketSsencryption: true,
      skipBucketRootAccess: true,
      skipBucketEnforcedTls: true,
      skipBucketPublicAccessBlocking: true,
      skipBucketAccesslogging: true,
      accessLoggingBucket: 'acme-logs',
      skipAccessloggingBucketAcl: true,
      skipAccessloggingBucketEnforcedTls: true,
      skipAccessloggingBucketPublicAccessBlocking: true,
      skipAccessloggingBucketSsencryption: true,
      ...place,
    },
    allows: [
      { actions: ['s3:ListBucket', 's3:CreateBucket'], resource: bucket, why: 'nothing skips the creation' },
      { actions: ['s3:ListBucket', 's3:CreateBucket'], resource: logs, why: 'nothing skips the creation' },
    ],
    denies: [
      {
        actions: [
          ...bucketReads,
          's3:GetBucketLogging',
          's3:PutBucketPolicy',
          's3:PutBucketVersioning',
          's3:TagResource',
          's3:PutBucketTagging',
          's3:PutBucketPublicAccessBlock',
          's3:PutEncryptionConfiguration',
        ],
        resource: bucket,
        why: 'all of it is skipped',
      },
      {
        actions: [
          's3:PutBucketAcl',
          's3:GetBucketAcl',
          's3:PutBucketPolicy',
          's3:GetBucketPolicy',
          's3:PutBucketVersioning',
          's3:PutBucketPublicAccessBlock',
          's3:PutEncryptionConfiguration',
        ],
        resource: logs,
        why: 'skipped too',
      },
    ],
  },
  {
    name: 'bootstrap-create-plain',
    options: {
      bucket: 'acme-state',
      keys: ['app/terraform.tfstate'],
      lock: 'dynamodb',
      lockTable: 'locks',
      bootstrap: 'create',
      ...place,
    },
    allows: [
      { actions: ['s3:CreateBucket', 's3:PutBucketPolicy'], resource: bucket, why: 'create and configure the bucket' },
      {
        actions: ['dynamodb:CreateTable', 'dynamodb:DescribeTable'],
        resource: table,
        why: 'create the table, and wait',
      },
    ],
    denies: [
      {
        actions: ['s3:PutBucketLogging', 's3:GetBucketLogging'],
        resource: bucket,
        why: 'no bucket takes access logs',
      },
      { actions: ['s3:TagResource', 's3:PutBucketTagging'], resource: bucket, why: 'the bucket carries no tags' },
      {
        actions: ['dynamodb:TagResource', 'dynamodb:UpdateTable'],
        resource: table,
        why: 'the table carries no tags, and keeps the encryption that it is made with',
      },
    ],
  },
]);
