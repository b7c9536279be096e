import { reference, source, vendor, type Evidence } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { account, arn, partition, template, text } from '../../../use-case/template.js';
import { defineUseCase, unscoped } from '../../../use-case/use-case.js';
import { onlyObjects } from '../../conditions/encryption-context.js';
import { onlyItems } from '../../conditions/leading-keys.js';
import { bucketsOfAnyAccount } from '../../conditions/resource-account.js';
import { dynamodbTable } from '../../resources/dynamodb.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { s3Bucket, stateKey } from '../../resources/s3.js';

const usesTable = is('lock', 'dynamodb', 'both');
const usesLockObject = is('lock', 'lockfile', 'both');
const creates = is('bootstrap', 'create');
const checks = is('bootstrap', 'check', 'create');
const updates = is('disableBucketUpdate', false);
/** `backend migrate` deletes the state where it was, so it needs what `backend delete` does. */
const removes = any(is('deleteStates', true), given('migrateToKeys'));
const setsPolicy = not(all(is('skipBucketRootAccess', true), is('skipBucketEnforcedTls', true)));
const logsAccess = given('accessLoggingBucket');

const lockObjects = template`${arn('bucket')}/${text('keys')}.tflock`;
const states = template`${arn('bucket')}/${text('keys')}`;
const toOther = given('migrateToBucket');
const movedStates = [
  when(toOther, template`${arn('migrateToBucket')}/${text('migrateToKeys')}`),
  when(not(toOther), template`${arn('bucket')}/${text('migrateToKeys')}`),
];
const movedDigests = [
  when(toOther, template`${text('migrateToBucket')}/${text('migrateToKeys')}-md5`),
  when(not(toOther), template`${text('bucket')}/${text('migrateToKeys')}-md5`),
];
const dependencyStates = template`${arn('bucket')}/${text('dependencyKeys')}`;

const terraformClient = source('hashicorp/terraform', '883c7221', 'internal/backend/remote-state/s3/client.go');
const bootstrapClient = source('gruntwork-io/terragrunt', '286a33cb', 'internal/remotestate/backend/s3/client.go');
const bootstrapSources: Evidence[] = [
  bootstrapClient,
  source('gruntwork-io/terragrunt', '286a33cb', 'internal/remotestate/backend/s3/backend.go'),
];
const s3Encryption = vendor(
  'S3 user guide, SSE-KMS',
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
);

export const terragrunt = defineUseCase({
  id: 'terragrunt',
  title: 'Run Terragrunt on top of Terraform remote state',
  summary:
    'Takes and releases the lock, asks who runs, reads the outputs of dependencies, and bootstraps the backend when told to.',
  excludes:
    "Does not read or write the unit's own state, which terraform-remote-state-s3 allows, and does not delete buckets and lock tables.",
  options: {
    bucket: single(s3Bucket, 'The bucket that holds the state.', { required: true }),
    keys: list(stateKey, 'Keys of the state objects of the units.', {
      required: true,
      scoped: true,
      within: 'bucket',
    }),
    lock: oneOf(
      ['none', 'lockfile', 'dynamodb', 'both'],
      'How the state is locked: use_lockfile, dynamodb_table, both.',
      {
        default: 'lockfile',
      },
    ),
    lockTable: single(dynamodbTable, 'The lock table; needed with lock dynamodb or both.'),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    identity: oneOf(
      ['caller', 'iam-user'],
      'How Terragrunt asks who runs: GetCallerIdentity, or GetUser (2016 versions).',
      {
        default: 'caller',
      },
    ),
    accountAlias: toggle('The configuration calls get_aws_account_alias.'),
    bootstrap: oneOf(
      ['off', 'check', 'create'],
      'What Terragrunt does to the backend: nothing (0.87 and newer), check it, or create and update it.',
      { default: 'off' },
    ),
    disableBucketUpdate: toggle('disable_bucket_update is set.'),
    skipBucketVersioning: toggle('skip_bucket_versioning is set.'),
    skipBucketSsencryption: toggle('skip_bucket_ssencryption is set.'),
    skipBucketRootAccess: toggle('skip_bucket_root_access is set.'),
    skipBucketEnforcedTls: toggle('skip_bucket_enforced_tls is set.'),
    skipBucketPublicAccessBlocking: toggle('skip_bucket_public_access_blocking is set.'),
    skipBucketAccesslogging: toggle('skip_bucket_accesslogging is set.'),
    accessLoggingBucket: single(s3Bucket, 'The accesslogging_bucket_name.'),
    skipAccessloggingBucketAcl: toggle('skip_accesslogging_bucket_acl is set.'),
    skipAccessloggingBucketEnforcedTls: toggle('skip_accesslogging_bucket_enforced_tls is set.'),
    skipAccessloggingBucketPublicAccessBlocking: toggle('skip_accesslogging_bucket_public_access_blocking is set.'),
    skipAccessloggingBucketSsencryption: toggle('skip_accesslogging_bucket_ssencryption is set.'),
    bucketTags: toggle('s3_bucket_tags is set.'),
    lockTableTags: toggle('dynamodb_table_tags is set.'),
    lockTableSsencryption: toggle('enable_lock_table_ssencryption is set.'),
    deleteStates: toggle('The job runs `terragrunt backend delete`, which deletes the states of the units.'),
    migrateToKeys: list(
      stateKey,
      'Keys that `terragrunt backend migrate` moves the states of the units to; it deletes them where they were.',
    ),
    migrateToBucket: single(s3Bucket, 'The bucket that states are moved to, where it is another one.'),
    dependencyKeys: list(stateKey, 'State keys of the units whose outputs are read.', { within: 'bucket' }),
    assumeRoles: list(iamRole, 'Roles that Terragrunt assumes (iam_role); they may be in another account.', {
      anchors: [],
      elsewhere: true,
    }),
    scope,
    ...place,
  },
  refuse: [
    { path: 'lockTable', if: all(usesTable, not(given('lockTable'))), say: 'missing, and `lock` uses a table' },
    {
      path: 'lockTable',
      if: all(not(usesTable), given('lockTable')),
      say: 'without use: set `lock` to `dynamodb` or `both`, or leave the table out',
    },
    {
      path: 'migrateToBucket',
      if: all(toOther, not(given('migrateToKeys'))),
      say: 'without use: give `migrateToKeys` too, or leave the bucket out',
    },
  ],
  notes: [
    {
      if: is('identity', 'caller'),
      say: 'GetCallerIdentity needs no permission: get_aws_account_id and its like work with any policy',
    },
    { say: "the unit's own state needs the policy of terraform-remote-state-s3 as well" },
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    { if: given('assumeRoles'), say: 'the trust policies of the assumed roles must name the job' },
    {
      if: removes,
      say: 'with --force, `backend delete` and `backend migrate` do not ask for the versioning of the bucket: s3:GetBucketVersioning is not needed then',
    },
    {
      if: given('migrateToKeys'),
      say: 'a state is moved from S3 to S3, with the same lock table and the same KMS key; where it carries tags, the copy needs s3:GetObjectTagging and s3:PutObjectTagging, which are not given',
    },
    {
      if: all(
        is('bootstrap', 'off'),
        any(logsAccess, is('bucketTags', true), is('lockTableTags', true), is('lockTableSsencryption', true)),
      ),
      say: '`accessLoggingBucket`, `bucketTags`, `lockTableTags` and `lockTableSsencryption` have no effect while `bootstrap` is `off`',
    },
    {
      if: all(creates, not(usesTable), any(is('lockTableTags', true), is('lockTableSsencryption', true))),
      say: '`lockTableTags` and `lockTableSsencryption` have no effect where the lock uses no table',
    },
  ],
  widenings: [
    'ListBucket, where it is given, shows every key name in the bucket: HeadBucket, which bootstrap sends, is that same permission and carries no prefix to limit it by.',
    'With `bootstrap` `create` the job may change the policy of the state bucket, and so let others in: run it in a job of its own.',
    'With `deleteStates` or `migrateToKeys` the job may delete the states of its units at any time, not only when Terragrunt is asked to. Their versions stay, where the bucket keeps versions: s3:DeleteObjectVersion is not given.',
    bucketsOfAnyAccount,
  ],
  escalation:
    'Who has these credentials can take and break locks, and with `bootstrap` `create` can open the bucket of the states to others and so read every secret in them. With `assumeRoles` they have whatever these roles may, and with `dependencyKeys` they read everything in those states.',
  statements: [
    {
      sid: 'LockObjects',
      when: usesLockObject,
      actions: {
        's3:PutObject': 'take the lock, if nobody has it',
        's3:GetObject': 'read who holds the lock',
        's3:DeleteObject': 'release the lock',
      },
      resources: [lockObjects],
      evidence: [reference('s3'), terraformClient],
    },
    {
      sid: 'LockItems',
      when: usesTable,
      actions: {
        'dynamodb:PutItem': 'take the lock, if nobody has it',
        'dynamodb:GetItem': 'read who holds the lock',
        'dynamodb:DeleteItem': 'release the lock',
      },
      resources: [arn('lockTable')],
      conditions: onlyItems([template`${text('bucket')}/${text('keys')}`], 'the lock of these states'),
      evidence: [reference('dynamodb'), terraformClient],
    },
    {
      sid: 'DigestItems',
      when: usesTable,
      actions: {
        'dynamodb:GetItem': 'read the digest of the state, to notice a stale read',
        'dynamodb:PutItem': 'write the digest of the new state',
        'dynamodb:DeleteItem': when(removes, 'delete the digest of a state that is deleted or moved'),
      },
      resources: [arn('lockTable')],
      conditions: onlyItems([template`${text('bucket')}/${text('keys')}-md5`], 'the digest of these states'),
      evidence: [reference('dynamodb'), terraformClient, ...bootstrapSources],
    },
    {
      sid: 'LockKey',
      when: usesLockObject,
      actions: {
        'kms:Decrypt': 'read the encrypted lock object',
        'kms:GenerateDataKey': 'write the lock object encrypted',
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjects([lockObjects]),
      evidence: [reference('kms'), s3Encryption],
    },
    {
      sid: 'ListBucket',
      when: any(checks, given('dependencyKeys'), removes),
      actions: { 's3:ListBucket': 'see whether the bucket is there (HeadBucket), and list it before a state is read' },
      resources: [arn('bucket')],
      evidence: [reference('s3'), bootstrapClient, terraformClient],
    },
    {
      sid: 'DependencyStates',
      actions: { 's3:GetObject': 'read the outputs of a dependency from its state' },
      resources: [dependencyStates],
      evidence: [reference('s3'), source('gruntwork-io/terragrunt', '286a33cb', 'pkg/config/dependency.go')],
    },
    {
      sid: 'DependencyDigests',
      when: usesTable,
      actions: { 'dynamodb:GetItem': 'read the digest of a dependency, to notice a stale read' },
      resources: [arn('lockTable')],
      conditions: onlyItems(
        [template`${text('bucket')}/${text('dependencyKeys')}-md5`],
        'the digests of the dependencies',
      ),
      evidence: [reference('dynamodb'), terraformClient],
    },
    {
      sid: 'DependencyKey',
      when: given('dependencyKeys'),
      actions: { 'kms:Decrypt': 'read the encrypted state of a dependency' },
      resources: [arn('kmsKey')],
      conditions: onlyObjects([dependencyStates]),
      evidence: [reference('kms'), s3Encryption],
    },
    {
      sid: 'ReadOwnUser',
      when: is('identity', 'iam-user'),
      actions: { 'iam:GetUser': 'Terragrunt 0.0.6 to 0.0.10 writes the user name into the lock' },
      resources: [template`arn:${partition}:iam::${account}:user/$\{aws:username}`],
      evidence: [
        reference('iam'),
        vendor('Terragrunt pull request 12', 'https://github.com/gruntwork-io/terragrunt/pull/12'),
      ],
    },
    {
      sid: 'ReadAccountAlias',
      when: is('accountAlias', true),
      actions: { 'iam:ListAccountAliases': 'get_aws_account_alias asks for the alias of the account' },
      resources: unscoped('the action has no resource type'),
      evidence: [reference('iam'), source('gruntwork-io/terragrunt', '286a33cb', 'internal/awshelper/config.go')],
    },
    {
      sid: 'RemoveStates',
      when: removes,
      actions: {
        's3:GetObject': 'see whether the state is there (HeadObject), and read it to move it',
        's3:DeleteObject': 'delete the state, or delete it where it was',
      },
      resources: [states],
      evidence: [reference('s3'), ...bootstrapSources],
    },
    {
      sid: 'ListMigrateBucket',
      when: given('migrateToKeys'),
      actions: { 's3:ListBucket': 'tell a key that is free (404) from one that may not be seen (403)' },
      resources: [arn('migrateToBucket')],
      evidence: [reference('s3'), bootstrapClient],
    },
    {
      sid: 'MovedStates',
      actions: {
        's3:GetObject': 'see whether there is a state already (HeadObject), which is never overwritten',
        's3:PutObject': 'write the copy of the state',
      },
      resources: movedStates,
      evidence: [reference('s3'), ...bootstrapSources],
    },
    {
      sid: 'MovedDigests',
      when: all(usesTable, given('migrateToKeys')),
      actions: {
        'dynamodb:GetItem': 'see whether there is an item already',
        'dynamodb:PutItem': 'make the item of the moved state',
      },
      resources: [arn('lockTable')],
      conditions: onlyItems(movedDigests, 'the digests of moved states'),
      evidence: [reference('dynamodb'), ...bootstrapSources],
    },
    {
      sid: 'MovedStateKey',
      when: given('migrateToKeys'),
      actions: { 'kms:Decrypt': 'read the encrypted state to move it' },
      resources: [arn('kmsKey')],
      conditions: onlyObjects([states]),
      evidence: [reference('kms'), s3Encryption],
    },
    {
      sid: 'MovedCopyKey',
      when: given('migrateToKeys'),
      actions: { 'kms:GenerateDataKey': 'write the copy of the state encrypted' },
      resources: [arn('kmsKey')],
      conditions: onlyObjects(movedStates, [when(toOther, arn('migrateToBucket')), when(not(toOther), arn('bucket'))]),
      evidence: [reference('kms'), s3Encryption],
    },
    {
      sid: 'CheckBucket',
      when: any(checks, removes),
      actions: {
        's3:GetBucketVersioning': when(
          any(all(checks, is('skipBucketVersioning', false)), removes),
          'see whether versioning is on',
        ),
        's3:GetEncryptionConfiguration': when(
          all(checks, is('skipBucketSsencryption', false), updates),
          'see whether the bucket is encrypted (GetBucketEncryption)',
        ),
        's3:GetBucketPolicy': when(
          all(checks, setsPolicy, any(updates, creates)),
          'see whether root access and TLS are in the bucket policy',
        ),
        's3:GetBucketLogging': when(
          all(checks, logsAccess, is('skipBucketAccesslogging', false), updates),
          'see whether access is logged',
        ),
        's3:GetBucketPublicAccessBlock': when(
          all(checks, is('skipBucketPublicAccessBlocking', false), updates),
          'see whether public access is blocked (GetPublicAccessBlock)',
        ),
      },
      resources: [arn('bucket')],
      evidence: [reference('s3'), ...bootstrapSources],
    },
    {
      sid: 'CheckLockTable',
      when: all(any(checks, removes), usesTable),
      actions: { 'dynamodb:DescribeTable': 'see whether the table is there, and wait for it' },
      resources: [arn('lockTable')],
      evidence: [reference('dynamodb'), ...bootstrapSources],
    },
    {
      sid: 'CreateBucket',
      when: creates,
      actions: {
        's3:CreateBucket': 'create the bucket where it is missing',
        's3:PutBucketOwnershipControls': 'CreateBucket carries the object ownership header',
        's3:TagResource': when(is('bucketTags', true), 'CreateBucket carries the tags (1.0.0 and newer)'),
        's3:PutBucketTagging': when(is('bucketTags', true), 'set the tags'),
        's3:PutBucketPolicy': when(setsPolicy, 'allow root access and require TLS'),
        's3:PutBucketPublicAccessBlock': when(
          is('skipBucketPublicAccessBlocking', false),
          'block public access (PutPublicAccessBlock)',
        ),
        's3:PutBucketVersioning': when(is('skipBucketVersioning', false), 'turn versioning on'),
        's3:PutEncryptionConfiguration': when(
          is('skipBucketSsencryption', false),
          'turn encryption on (PutBucketEncryption)',
        ),
        's3:PutBucketLogging': when(logsAccess, 'send access logs to the logs bucket'),
      },
      resources: [arn('bucket')],
      evidence: [reference('s3'), ...bootstrapSources],
    },
    {
      sid: 'CreateLogsBucket',
      when: creates,
      actions: {
        's3:ListBucket': 'see whether the logs bucket is there (HeadBucket)',
        's3:CreateBucket': 'create the logs bucket where it is missing',
        's3:PutBucketOwnershipControls': 'CreateBucket carries the object ownership header',
        's3:PutBucketPublicAccessBlock': when(
          is('skipAccessloggingBucketPublicAccessBlocking', false),
          'block public access to the logs',
        ),
        's3:PutBucketAcl': when(is('skipAccessloggingBucketAcl', false), 'let the log delivery group write'),
        's3:GetBucketAcl': when(is('skipAccessloggingBucketAcl', false), 'wait until the ACL is there'),
        's3:PutEncryptionConfiguration': when(
          is('skipAccessloggingBucketSsencryption', false),
          'turn encryption of the logs on',
        ),
        's3:GetBucketPolicy': when(is('skipAccessloggingBucketEnforcedTls', false), 'see whether TLS is required'),
        's3:PutBucketPolicy': when(is('skipAccessloggingBucketEnforcedTls', false), 'require TLS'),
        's3:PutBucketVersioning': when(is('skipBucketVersioning', false), 'turn versioning of the logs on'),
      },
      resources: [arn('accessLoggingBucket')],
      evidence: [reference('s3'), ...bootstrapSources],
    },
    {
      sid: 'CreateLockTable',
      when: all(creates, usesTable),
      actions: {
        'dynamodb:CreateTable': 'create the table where it is missing',
        'dynamodb:TagResource': when(is('lockTableTags', true), 'tag the table'),
        'dynamodb:UpdateTable': when(is('lockTableSsencryption', true), 'turn encryption of the table on'),
      },
      resources: [arn('lockTable')],
      evidence: [reference('dynamodb'), ...bootstrapSources],
    },
    {
      sid: 'AssumeRoles',
      actions: { 'sts:AssumeRole': 'Terragrunt assumes the role before it runs terraform' },
      resources: [arn('assumeRoles')],
      evidence: [reference('sts'), source('gruntwork-io/terragrunt', '286a33cb', 'internal/awshelper/config.go')],
    },
  ],
});
