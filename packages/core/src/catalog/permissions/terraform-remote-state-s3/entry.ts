import { reference, source, vendor } from '../../../use-case/evidence.js';
import { accountForm, list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, any, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, region, dnsSuffix, template, text } from '../../../use-case/template.js';
import { defineUseCase } from '../../../use-case/use-case.js';
import { onlyObjects } from '../../conditions/encryption-context.js';
import { onlyItems } from '../../conditions/leading-keys.js';
import { inResourceAccount } from '../../conditions/resource-account.js';
import { dynamodbTable } from '../../resources/dynamodb.js';
import { iamRole } from '../../resources/iam.js';
import { kmsKey } from '../../resources/kms.js';
import { s3Bucket, stateKey, workspaceKeyPrefix } from '../../resources/s3.js';
import { terraformWorkspace } from '../../resources/terraform.js';
import { vendors } from './vendor.js';

const writesState = is('access', 'apply');
const locks = not(is('access', 'read'));
const usesTable = is('lock', 'dynamodb', 'both');
const usesLockObject = all(is('lock', 'lockfile', 'both'), locks);
const deletesWorkspaces = all(is('deleteWorkspaces', true), writesState);

const keepsDefault = is('defaultWorkspace', true);
/** Under scope `account` the key is `*`, which covers the workspaces, unless the default workspace is left out. */
const namesWorkspaces = any(not(is('scope', 'account')), is('defaultWorkspace', false));

const states = template`${arn('bucket')}/${text('keys')}`;
const workspaceStates = template`${arn('bucket')}/${text('workspaceKeyPrefix')}/${text('workspaces')}/${text('keys')}`;
const stateObjects = [when(keepsDefault, states), when(namesWorkspaces, workspaceStates)];
const lockObjects = [
  when(keepsDefault, template`${states}.tflock`),
  when(namesWorkspaces, template`${workspaceStates}.tflock`),
];

const items = template`${text('bucket')}/${text('keys')}`;
const workspaceItems = template`${text('bucket')}/${text('workspaceKeyPrefix')}/${text('workspaces')}/${text('keys')}`;
const lockItems = [when(keepsDefault, items), when(namesWorkspaces, workspaceItems)];
const digestItems = [
  when(keepsDefault, template`${items}-md5`),
  when(namesWorkspaces, template`${workspaceItems}-md5`),
];

const backend = 'internal/backend/remote-state/s3';
const client = source('hashicorp/terraform', '883c7221', `${backend}/client.go`);
const workspaceSource = source('hashicorp/terraform', '883c7221', `${backend}/backend_state.go`);
const openTofu = source('opentofu/opentofu', 'f831fa1a', `${backend}/client.go`);

export const terraformRemoteStateS3 = defineUseCase({
  id: 'terraform-remote-state-s3',
  title: 'Use Terraform remote state in S3',
  summary: 'Reads, locks and writes the state of Terraform or OpenTofu in an S3 bucket.',
  excludes:
    'Does not create or configure the bucket and the lock table, and does not allow what the configuration itself manages.',
  options: {
    bucket: single(s3Bucket, 'The bucket that holds the state.', { required: true }),
    keys: list(stateKey, 'Keys of the state objects, as in the backend block.', {
      required: true,
      scoped: true,
      within: 'bucket',
    }),
    access: oneOf(
      ['read', 'plan', 'apply'],
      'What the job does: read outputs without a lock, plan with a lock, or apply.',
      { default: 'apply' },
    ),
    lock: oneOf(
      ['none', 'lockfile', 'dynamodb', 'both'],
      'How the state is locked: use_lockfile, dynamodb_table, both.',
      {
        default: 'lockfile',
      },
    ),
    lockTable: single(dynamodbTable, 'The lock table; needed with lock dynamodb or both.'),
    workspaces: list(terraformWorkspace, 'Workspaces besides the default one.', { scoped: true }),
    workspaceKeyPrefix: single(workspaceKeyPrefix, 'The workspace_key_prefix of the backend.', {
      default: 'env:',
      within: 'bucket',
    }),
    defaultWorkspace: toggle('The job uses the default workspace.', { default: true }),
    deleteWorkspaces: toggle('The job deletes workspaces; needs access apply.'),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    lockTableKmsKey: single(kmsKey, 'The KMS key of your own that encrypts the lock table.', {
      anchors: ['partition', 'region'],
      of: 'lockTable',
    }),
    encryptionKeys: list(
      kmsKey,
      'The KMS keys with which OpenTofu encrypts states and plans itself: the kms_key_id of each key_provider aws_kms, also of a fallback, and of states that are read.',
      { anchors: [], elsewhere: true },
    ),
    restrictListing: toggle('List only the workspace prefix; a state that does not exist yet then answers 403.'),
    resourceAccount: single(accountForm, 'The account that must own the bucket.'),
    objectTags: toggle('The objects carry tags (state_tags and lock_tags of OpenTofu).'),
    largeState: toggle('Clean up after failed multipart uploads (Terraform, states above 5 MiB).'),
    assumeRoles: list(iamRole, 'Roles that the backend itself assumes; they may be in another account.', {
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
      path: 'lockTableKmsKey',
      if: all(not(usesTable), given('lockTableKmsKey')),
      say: 'without use: set `lock` to `dynamodb` or `both`, or leave the key out',
    },
    {
      path: 'workspaces',
      if: all(is('defaultWorkspace', false), not(given('workspaces'))),
      say: 'missing, and the default workspace is left out',
    },
  ],
  notes: [
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    { if: given('lockTableKmsKey'), say: 'the policy of the KMS key of the table must allow the job too' },
    {
      if: given('encryptionKeys'),
      say: 'the policies of the KMS keys with which OpenTofu encrypts must allow the job too, by name or through the account',
    },
    { if: given('assumeRoles'), say: 'the trust policies of the assumed roles must name the job' },
    {
      if: writesState,
      say: 'the acl setting of a backend needs s3:PutObjectAcl, which is not given: with it, every write of the state is refused',
    },
    {
      say: 'with skip_credentials_validation the client may ask iam:GetUser and iam:ListRoles for the account: neither is given, and where it is refused STS answers instead',
    },
    { say: 'where the job runs in another account than the bucket, the bucket policy must allow it too' },
    {
      if: all(is('deleteWorkspaces', true), any(not(writesState), not(given('workspaces')))),
      say: '`deleteWorkspaces` has no effect without `workspaces` and `access` `apply`',
    },
    {
      if: all(given('workspaces'), not(writesState)),
      say: 'terraform creates a workspace that does not exist yet, whatever the command, and will be refused',
    },
  ],
  widenings: [
    'ListBucket shows every key name in the bucket: without it a state that does not exist yet answers 403 instead of 404, and the first run fails. `restrictListing` narrows it to the workspace prefix, at that price.',
    'With S3 bucket keys the encryption context is the bucket, so the KMS key decrypts every object of the bucket that S3 itself lets the job read.',
    'OpenTofu asks KMS itself for the keys of its state encryption, so no fence names S3 there: whoever has the policy may use `encryptionKeys` directly, and for any encryption context. A key of their own, which encrypts nothing else, keeps that small.',
  ],
  escalation:
    'Who has these credentials reads everything in the named states, secrets included, and with `access` `apply` can write a state with which the next run destroys or adopts what its own credentials reach. They reach no other object of the bucket, and change nothing that the states describe by themselves, unless a role in `assumeRoles` may.',
  vendors,
  statements: [
    {
      sid: 'ListBucket',
      actions: { 's3:ListBucket': 'list workspaces, and tell a missing state (404) from a forbidden one (403)' },
      resources: [arn('bucket')],
      conditions: [
        {
          operator: 'StringEquals',
          key: 's3:prefix',
          values: [template`${text('workspaceKeyPrefix')}/`],
          when: is('restrictListing', true),
          reason: 'only the list of workspaces',
        },
        inResourceAccount,
      ],
      evidence: [reference('s3'), workspaceSource, openTofu],
    },
    {
      sid: 'StateObjects',
      actions: {
        's3:GetObject': 'read the state; HeadObject is the same permission',
        's3:PutObject': when(writesState, 'write the state'),
        's3:PutObjectTagging': when(all(writesState, is('objectTags', true)), 'write the state with state_tags'),
        's3:AbortMultipartUpload': when(
          all(writesState, is('largeState', true)),
          'throw away the parts of an upload that failed',
        ),
      },
      resources: stateObjects,
      conditions: [inResourceAccount],
      evidence: [reference('s3'), client, openTofu],
    },
    {
      sid: 'DeleteWorkspaceStates',
      when: deletesWorkspaces,
      actions: { 's3:DeleteObject': 'terraform workspace delete removes the state of the workspace' },
      resources: [workspaceStates],
      conditions: [inResourceAccount],
      evidence: [reference('s3'), workspaceSource],
    },
    {
      sid: 'LockObjects',
      when: usesLockObject,
      actions: {
        's3:PutObject': 'take the lock, if nobody has it',
        's3:GetObject': 'read who holds the lock',
        's3:DeleteObject': 'release the lock',
        's3:PutObjectTagging': when(is('objectTags', true), 'write the lock with lock_tags'),
      },
      resources: lockObjects,
      conditions: [inResourceAccount],
      evidence: [reference('s3'), client, openTofu],
    },
    {
      sid: 'LockItems',
      when: all(usesTable, locks),
      actions: {
        'dynamodb:PutItem': 'take the lock, if nobody has it',
        'dynamodb:GetItem': 'read who holds the lock',
        'dynamodb:DeleteItem': 'release the lock',
      },
      resources: [arn('lockTable')],
      conditions: onlyItems(lockItems, 'the lock of these states'),
      evidence: [reference('dynamodb'), client, openTofu],
    },
    {
      sid: 'DigestItems',
      when: usesTable,
      actions: {
        'dynamodb:GetItem': 'read the digest of the state, to notice a stale read',
        'dynamodb:PutItem': when(writesState, 'write the digest of the new state'),
      },
      resources: [arn('lockTable')],
      conditions: onlyItems(digestItems, 'the digest of these states'),
      evidence: [reference('dynamodb'), client],
    },
    {
      sid: 'DeleteWorkspaceDigests',
      when: all(usesTable, deletesWorkspaces),
      actions: { 'dynamodb:DeleteItem': 'terraform workspace delete removes the digest of the workspace' },
      resources: [arn('lockTable')],
      conditions: onlyItems([template`${workspaceItems}-md5`], 'the digests of workspaces'),
      evidence: [reference('dynamodb'), workspaceSource],
    },
    {
      sid: 'StateKey',
      actions: {
        'kms:Decrypt': 'read encrypted objects',
        'kms:GenerateDataKey': when(any(writesState, usesLockObject), 'write encrypted objects, the lock among them'),
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjects([
        ...stateObjects,
        ...lockObjects.map((objects) => when(all(usesLockObject, objects.when), objects.then)),
      ]),
      evidence: [
        reference('kms'),
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
        vendor('hashicorp/terraform issue 29063', 'https://github.com/hashicorp/terraform/issues/29063'),
      ],
    },
    {
      sid: 'EncryptionKeys',
      actions: {
        'kms:GenerateDataKey': 'OpenTofu makes a data key at the start of every command, also of those that only read',
        'kms:Decrypt': 'open the data key with which a state or a plan was encrypted',
      },
      resources: [arn('encryptionKeys')],
      evidence: [
        reference('kms'),
        source('opentofu/opentofu', 'f831fa1a', 'internal/encryption/keyprovider/aws_kms/provider.go'),
      ],
    },
    {
      sid: 'LockTableKey',
      actions: {
        'kms:Decrypt': 'read items of the encrypted table',
        'kms:GenerateDataKey': when(locks, 'write items of the encrypted table'),
      },
      resources: [arn('lockTableKmsKey')],
      conditions: [
        {
          operator: 'StringEquals',
          key: 'kms:ViaService',
          values: [template`dynamodb.${region}.${dnsSuffix}`],
          reason: 'only through DynamoDB',
        },
      ],
      evidence: [
        reference('kms'),
        vendor(
          'DynamoDB developer guide, encryption at rest',
          'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html',
        ),
      ],
    },
    {
      sid: 'AssumeBackendRoles',
      actions: { 'sts:AssumeRole': 'the backend assumes the role before it touches the state' },
      resources: [arn('assumeRoles')],
      evidence: [reference('sts'), source('hashicorp/aws-sdk-go-base', '71dcf8a', 'credentials.go')],
    },
  ],
});
