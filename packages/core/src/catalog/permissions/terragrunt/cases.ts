import { defineSamples } from '../../cases.js';
import { terragrunt } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const bucket = 'arn:aws:s3:::acme-state';
const logs = 'arn:aws:s3:::acme-logs';
const lock = `${bucket}/app/terraform.tfstate.tflock`;
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
        why: 'GetCallerIdentity needs no grant',
      },
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
        ],
        resource: bucket,
        why: 'all of it is skipped',
      },
      {
        actions: ['s3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutBucketVersioning'],
        resource: logs,
        why: 'skipped too',
      },
    ],
  },
]);
