import { reference, source, vendor } from '../../../use-case/evidence.js';
import { list, oneOf, place, scope, single, toggle } from '../../../use-case/option.js';
import { all, given, is, not, when } from '../../../use-case/predicate.js';
import { arn, template, text } from '../../../use-case/template.js';
import { defineUseCase } from '../../../use-case/use-case.js';
import { onlyObjectsUnder } from '../../conditions/encryption-context.js';
import { bucketsOfAnyAccount } from '../../conditions/resource-account.js';
import { kmsKey } from '../../resources/kms.js';
import { pulumiRoot, pulumiStack } from '../../resources/pulumi.js';
import { s3Bucket } from '../../resources/s3.js';
import { vendors } from './vendor.js';

const updates = is('access', 'update', 'remove');
const removes = is('access', 'remove');
const removesBackups = all(removes, is('removeBackups', true));
const backsUp = all(updates, not(is('checkpointBackups', false)));

const root = template`${arn('bucket')}/${text('root')}`;
const meta = template`${root}/meta.yaml`;
const checkpoints = template`${root}/stacks/${text('stacks')}.json`;
const stackTags = template`${root}/stacks/${text('stacks')}.pulumi-tags`;
const copies = template`${root}/stacks/${text('stacks')}.json.bak`;
const locks = template`${root}/locks/organization/${text('stacks')}/*`;
const history = template`${root}/history/${text('stacks')}/*`;
const backups = template`${root}/backups/${text('stacks')}/*`;
const references = template`${root}/stacks/${text('stackReferences')}.json`;

const state = (file: string) => source('pulumi/pulumi', 'v3.274.1', `pkg/backend/diy/${file}`);
const secrets = source('pulumi/pulumi', 'v3.274.1', 'pkg/secrets/cloud/manager.go');
const blob = source('google/go-cloud', '29ba3487e', 'blob/s3blob/s3blob.go');

export const pulumiStateS3 = defineUseCase({
  id: 'pulumi-state-s3',
  title: 'Use Pulumi state in S3',
  summary: 'Reads, locks and writes the state of Pulumi stacks in an S3 bucket, and decrypts their secrets with KMS.',
  excludes:
    'Does not create or configure the bucket, does not allow what the program itself manages, lists and renames no other stacks, sets no tags of stacks, and compresses no checkpoints.',
  options: {
    bucket: single(s3Bucket, 'The bucket that holds the state.', { required: true }),
    root: single(
      pulumiRoot,
      'Where the backend is in the bucket: `.pulumi`, with the path in its URL before it, such as `team/.pulumi`.',
      { default: '.pulumi', within: 'bucket' },
    ),
    stacks: list(pulumiStack, 'Stacks the job uses, each with its project: `app/production`.', {
      required: true,
      scoped: true,
    }),
    access: oneOf(
      ['preview', 'update', 'remove'],
      'What the job does: preview without a lock; update for init, up, refresh, destroy, import and cancel; remove for stack rm too.',
      { default: 'update' },
    ),
    initialize: toggle('The bucket is new: the first command writes `.pulumi/meta.yaml`.'),
    removeBackups: toggle('Stacks are removed with their backups, by `stack rm --remove-backups`.'),
    checkpointBackups: toggle('Backups of checkpoints; off with PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS.', {
      default: true,
    }),
    stackReferences: list(pulumiStack, 'Stacks whose outputs the program reads with a StackReference.'),
    kmsKey: single(kmsKey, 'The KMS key that encrypts the bucket.', {
      anchors: ['partition', 'region'],
      of: 'bucket',
    }),
    secretsKey: single(kmsKey, 'The KMS key of the secrets provider, `awskms://`.', {
      anchors: ['partition', 'region'],
    }),
    changeSecretsProvider: toggle('Encrypt a new data key, as stack init and change-secrets-provider do.'),
    scope,
    ...place,
  },
  notes: [
    {
      if: given('secretsKey'),
      say: 'the context of an `awskms://` URL (`context_NAME=VALUE`) becomes the encryption context, and no fence asks for it here: who wants one adds it to the policy of the KMS key, which must allow the job too',
    },
    { if: given('kmsKey'), say: 'the policy of the KMS key must allow the job too, by name or through the account' },
    { say: 'where the job runs in another account than the bucket, the bucket policy must allow it too' },
    {
      if: all(is('removeBackups', true), not(removes)),
      say: '`removeBackups` has no effect where `access` is not `remove`',
    },
    {
      say: '`pulumi stack ls` reads the checkpoint of every stack in the backend, and `stack rename` writes under another name; both are refused where there is a stack that is not named',
    },
    {
      if: all(removes, not(removesBackups)),
      say: 'copies of the checkpoint of a removed stack stay in the bucket; `stack rm --remove-backups` needs `removeBackups`',
    },
    {
      say: 'PULUMI_DIY_BACKEND_GZIP and PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS write under other keys, which are not given: with them, writing is refused',
    },
    {
      if: all(is('changeSecretsProvider', true), not(given('secretsKey'))),
      say: '`changeSecretsProvider` has no effect without `secretsKey`',
    },
  ],
  widenings: [
    'ListBucket shows every key name in the bucket: without it a missing key, such as the tags of a stack, answers 403 instead of 404, and every command fails; whether S3 then looks at `s3:prefix` is not known. A bucket of its own for the state keeps other names out of sight.',
    'Names of locks, history entries and backups are made up when the job runs, so that everything in the folders of a stack may be written.',
    'Pulumi asks KMS itself for the secrets of a stack: whoever has the policy may use `secretsKey` for any encryption context.',
    bucketsOfAnyAccount,
  ],
  escalation:
    'Who has these credentials reads everything in the checkpoints of the named stacks and of `stackReferences`, and their secrets too where they may use `secretsKey` or know the passphrase; where `access` is not `preview`, they can also write a checkpoint with which the next run destroys or adopts what its own credentials reach. Of other stacks they see the names of keys, and in the rest of the bucket they neither read nor write.',
  vendors,
  statements: [
    {
      sid: 'ListBucket',
      actions: { 's3:ListBucket': 'find stacks and locks, and tell a missing key (404) from a forbidden one (403)' },
      resources: [arn('bucket')],
      evidence: [reference('s3'), state('backend.go'), blob],
    },
    {
      sid: 'ReadBackend',
      actions: { 's3:GetObject': 'read the version of the backend, the checkpoint and the tags of the stack' },
      resources: [meta, checkpoints, stackTags],
      evidence: [reference('s3'), state('backend.go'), state('state.go'), blob],
    },
    {
      sid: 'ReadReferences',
      actions: { 's3:GetObject': 'read the outputs of another stack for a StackReference' },
      resources: [references],
      evidence: [reference('s3'), state('backend.go'), blob],
    },
    {
      sid: 'WriteCheckpoints',
      when: updates,
      actions: { 's3:PutObject': 'write the checkpoint, keep the one before, and tell what was done' },
      resources: [checkpoints, copies, history],
      evidence: [reference('s3'), state('state.go'), blob],
    },
    {
      sid: 'BackUpCheckpoints',
      when: backsUp,
      actions: { 's3:PutObject': 'keep a copy of the checkpoint of each run' },
      resources: [backups],
      evidence: [reference('s3'), state('state.go')],
    },
    {
      sid: 'LockStacks',
      when: updates,
      actions: {
        's3:GetObject': 'read who holds the lock, and look at a lock before it is deleted',
        's3:PutObject': 'take the lock',
        's3:DeleteObject': 'release the lock, or break one with `pulumi cancel`',
      },
      resources: [locks],
      evidence: [reference('s3'), state('lock.go'), blob],
    },
    {
      sid: 'Initialize',
      when: is('initialize', true),
      actions: { 's3:PutObject': 'write the version of the backend into a new bucket' },
      resources: [meta],
      evidence: [reference('s3'), state('meta.go')],
    },
    {
      sid: 'RemoveStacks',
      when: removes,
      actions: { 's3:DeleteObject': 'delete the checkpoint of a stack, its tags and its history' },
      resources: [checkpoints, stackTags, history],
      evidence: [reference('s3'), state('state.go'), state('stack_tags.go'), blob],
    },
    {
      sid: 'ReadHistory',
      when: removes,
      actions: { 's3:GetObject': 'look at each entry of the history before it is deleted' },
      resources: [history],
      evidence: [reference('s3'), blob],
    },
    {
      sid: 'RemoveBackups',
      when: removesBackups,
      actions: {
        's3:GetObject': 'look at each copy of the checkpoint before it is deleted',
        's3:DeleteObject': 'delete the copies of the checkpoint with the stack',
      },
      resources: [copies, backups],
      evidence: [reference('s3'), state('state.go'), blob],
    },
    {
      sid: 'BucketKey',
      actions: {
        'kms:Decrypt': 'read encrypted objects, and copy them',
        'kms:GenerateDataKey': when(updates, 'write encrypted objects'),
      },
      resources: [arn('kmsKey')],
      conditions: onlyObjectsUnder([template`${root}/*`]),
      evidence: [
        reference('kms'),
        vendor(
          'S3 user guide, SSE-KMS',
          'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
        ),
      ],
    },
    {
      sid: 'SecretsKey',
      actions: {
        'kms:Decrypt': 'decrypt the data key of the stack, with which its secrets are encrypted',
        'kms:Encrypt': when(is('changeSecretsProvider', true), 'encrypt a new data key'),
      },
      resources: [arn('secretsKey')],
      conditions: [
        {
          operator: 'Null',
          key: 'kms:ViaService',
          values: ['true'],
          reason: 'only by the job itself, and not through a service',
        },
      ],
      evidence: [reference('kms'), secrets],
    },
  ],
});
