import { defineRefused, defineSamples } from '../../cases.js';
import { pulumiStateS3 } from './entry.js';

const place = { account: '123456789012', region: 'eu-west-1' } as const;
const bucket = 'arn:aws:s3:::state';
const base = { bucket: 'state', stacks: ['app/dev'], ...place } as const;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const key = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const otherKey = 'arn:aws:kms:eu-west-1:123456789012:key/00000000-12ab-34cd-56ef-1234567890ab';
const of = (root: string) => ({
  meta: `${root}/.pulumi/meta.yaml`,
  checkpoint: `${root}/.pulumi/stacks/app/dev.json`,
  tags: `${root}/.pulumi/stacks/app/dev.pulumi-tags`,
  copy: `${root}/.pulumi/stacks/app/dev.json.bak`,
  lock: `${root}/.pulumi/locks/organization/app/dev/935fcad8-877e-45c0-8f1c-bf70a81c0fbe.json`,
  history: `${root}/.pulumi/history/app/dev/dev-1795676520675902617.history.json`,
  backup: `${root}/.pulumi/backups/app/dev/dev.1795676520847162815.json`,
});
const { meta, checkpoint, tags, copy, lock, history, backup } = of(bucket);
const theirs = `${bucket}/.pulumi/stacks/app/dev-old.json`;
const through = (object: string) => ({
  'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  'kms:EncryptionContext:aws:s3:arn': object,
});

export const samples = defineSamples(pulumiStateS3, [
  {
    name: 'default',
    options: base,
    allows: [
      { actions: ['s3:ListBucket'], resource: bucket, why: 'find the stack and its locks' },
      { actions: ['s3:GetObject'], resource: meta, why: 'every command reads it' },
      { actions: ['s3:GetObject', 's3:PutObject'], resource: checkpoint, why: 'the checkpoint' },
      { actions: ['s3:GetObject'], resource: tags, why: 'the tags of the stack' },
      { actions: ['s3:PutObject'], resource: copy, why: 'the checkpoint before' },
      { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resource: lock, why: 'lock and unlock' },
      { actions: ['s3:PutObject'], resource: history, why: 'what the run did' },
      { actions: ['s3:PutObject'], resource: backup, why: 'a copy of the checkpoint' },
    ],
    denies: [
      { actions: ['s3:GetObject', 's3:PutObject'], resource: theirs, why: 'a stack whose name begins alike' },
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resource: `${bucket}/.pulumi/stacks/other/dev.json`,
        why: 'the stack of another project',
      },
      {
        actions: ['s3:GetObject'],
        resource: `${bucket}/team/.pulumi/stacks/app/dev.json`,
        why: 'the same stack in a subdirectory',
      },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::other/.pulumi/meta.yaml', why: 'another bucket' },
      { actions: ['s3:ListBucket'], resource: 'arn:aws:s3:::other', why: 'another bucket' },
      {
        actions: ['s3:PutObject', 's3:DeleteObject'],
        resource: `${bucket}/.pulumi/locks/organization/app/dev-old/1.json`,
        why: 'the lock of another stack',
      },
      { actions: ['s3:PutObject'], resource: `${bucket}/.pulumi/history/app/dev-old/1.json`, why: 'its history' },
      { actions: ['s3:PutObject'], resource: `${bucket}/.pulumi/backups/app/dev-old/1.json`, why: 'its backups' },
      { actions: ['s3:PutObject'], resource: meta, why: 'the backend is there' },
      { actions: ['s3:PutObject'], resource: tags, why: 'tags are not set' },
      { actions: ['s3:DeleteObject'], resource: checkpoint, why: 'no stack is removed' },
      { actions: ['s3:DeleteObject', 's3:GetObject'], resource: history, why: 'no stack is removed' },
      { actions: ['s3:PutBucketPolicy', 's3:DeleteBucket'], resource: bucket, why: 'the bucket stays as it is' },
      { actions: ['kms:Decrypt', 'kms:Encrypt'], resource: key, why: 'no key is named' },
    ],
  },
  {
    name: 'preview',
    options: { ...base, access: 'preview', kmsKey: keyId },
    allows: [
      { actions: ['s3:GetObject'], resource: checkpoint, why: 'preview reads it, without a lock' },
      { actions: ['kms:Decrypt'], resource: key, context: through(checkpoint), why: 'an encrypted checkpoint' },
      { actions: ['kms:Decrypt'], resource: key, context: through(bucket), why: 'the same with a bucket key' },
    ],
    denies: [
      { actions: ['s3:PutObject'], resource: checkpoint, why: 'nothing is written' },
      { actions: ['s3:PutObject', 's3:DeleteObject'], resource: lock, why: 'nothing is locked' },
      { actions: ['s3:PutObject'], resource: backup, why: 'nothing is backed up' },
      { actions: ['kms:GenerateDataKey'], resource: key, context: through(checkpoint), why: 'nothing is written' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: through(`${bucket}/reports/2026.json`),
        why: 'another object of the bucket',
      },
      { actions: ['kms:Decrypt'], resource: otherKey, context: through(checkpoint), why: 'another key' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:EncryptionContext:aws:s3:arn': checkpoint },
        why: 'not through S3',
      },
    ],
  },
  {
    name: 'remove',
    options: { ...base, access: 'remove', root: 'team/.pulumi', checkpointBackups: false, kmsKey: keyId },
    allows: [
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resource: of(`${bucket}/team`).checkpoint,
        why: 'stack rm',
      },
      {
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resource: of(`${bucket}/team`).history,
        why: 'its history goes with it',
      },
      { actions: ['s3:DeleteObject'], resource: of(`${bucket}/team`).tags, why: 'its tags go with it' },
      { actions: ['s3:GetObject'], resource: of(`${bucket}/team`).meta, why: 'in the subdirectory' },
      {
        actions: ['kms:GenerateDataKey'],
        resource: key,
        context: through(of(`${bucket}/team`).checkpoint),
        why: 'an encrypted checkpoint',
      },
    ],
    denies: [
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: checkpoint, why: 'outside the subdirectory' },
      { actions: ['s3:PutObject'], resource: of(`${bucket}/team`).backup, why: 'backups are switched off' },
      {
        actions: ['s3:DeleteObject'],
        resource: of(`${bucket}/team`).backup,
        why: 'backups stay where nothing else is said',
      },
      {
        actions: ['s3:DeleteObject'],
        resource: `${bucket}/team/.pulumi/stacks/app/dev-old.pulumi-tags`,
        why: 'the tags of another stack',
      },
      {
        actions: ['s3:DeleteObject', 's3:GetObject'],
        resource: `${bucket}/team/.pulumi/history/app/dev-old/1.json`,
        why: 'the history of another stack',
      },
    ],
  },
  {
    name: 'remove-backups',
    options: { ...base, access: 'remove', removeBackups: true },
    allows: [
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: copy, why: 'the checkpoint before goes with it' },
      { actions: ['s3:GetObject', 's3:DeleteObject'], resource: backup, why: 'its backups go with it' },
    ],
    denies: [
      {
        actions: ['s3:GetObject', 's3:DeleteObject'],
        resource: `${bucket}/.pulumi/backups/app/dev-old/1.json`,
        why: 'the backups of another stack',
      },
      {
        actions: ['s3:GetObject', 's3:DeleteObject'],
        resource: `${theirs}.bak`,
        why: 'the copy of another stack',
      },
    ],
  },
  {
    name: 'secrets',
    options: {
      ...base,
      initialize: true,
      secretsKey: keyId,
      changeSecretsProvider: true,
      stackReferences: ['network/dev'],
    },
    allows: [
      { actions: ['s3:PutObject'], resource: meta, why: 'the bucket is new' },
      { actions: ['kms:Decrypt', 'kms:Encrypt'], resource: key, why: 'the data key of the stack' },
      {
        actions: ['s3:GetObject'],
        resource: `${bucket}/.pulumi/stacks/network/dev.json`,
        why: 'a StackReference',
      },
    ],
    denies: [
      { actions: ['kms:Decrypt', 'kms:Encrypt'], resource: otherKey, why: 'another key' },
      {
        actions: ['kms:Decrypt'],
        resource: key,
        context: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
        why: 'through another service',
      },
      { actions: ['kms:GenerateDataKey', 'kms:ReEncryptFrom'], resource: key, why: 'it makes no data keys with KMS' },
      {
        actions: ['s3:PutObject'],
        resource: `${bucket}/.pulumi/stacks/network/dev.json`,
        why: 'a reference is only read',
      },
      {
        actions: ['s3:GetObject'],
        resource: `${bucket}/.pulumi/stacks/network/dev-old.json`,
        why: 'a stack whose name only begins like that of the reference',
      },
      { actions: ['s3:PutObject'], resource: `${bucket}/.pulumi/other.yaml`, why: 'another file of the backend' },
    ],
  },
  {
    name: 'secrets-read',
    options: { ...base, access: 'preview', secretsKey: keyId },
    allows: [{ actions: ['kms:Decrypt'], resource: key, why: 'preview decrypts the secrets' }],
    denies: [{ actions: ['kms:Encrypt'], resource: key, why: 'the data key stays' }],
  },
  {
    name: 'pattern',
    options: { ...base, stacks: ['app/pr-*'], scope: 'pattern' },
    allows: [
      { actions: ['s3:PutObject'], resource: `${bucket}/.pulumi/stacks/app/pr-42.json`, why: 'inside the pattern' },
    ],
    denies: [{ actions: ['s3:PutObject'], resource: checkpoint, why: 'outside the pattern' }],
  },
]);

export const refused = defineRefused(pulumiStateS3, [
  {
    name: 'a stack with the organization before it',
    options: { ...base, stacks: ['organization/app/dev'] },
    says: /leaves out of its keys: write the project and the stack, here `app\/dev`$/,
  },
  { name: 'a stack without its project', options: { ...base, stacks: ['dev'] }, says: /has no project/ },
  { name: 'the key of a checkpoint', options: { ...base, stacks: ['app/dev.json'] }, says: /here `app\/dev`$/ },
  {
    name: 'a URL with a path, and another root',
    options: { ...base, bucket: 's3://state/team', root: 'other/.pulumi' },
    says: /names `team\/[.]pulumi` in the bucket too, and `root` is given/,
  },
  {
    name: 'the URL of the folder that the backend makes',
    options: { ...base, root: 's3://state/team/.pulumi' },
    says: /^root: .* has `[.]pulumi` twice at its end/,
  },
  { name: 'a path without its end', options: { ...base, root: 'team' }, says: /here `team\/[.]pulumi`$/ },
  { name: 'a path with a slash before it', options: { ...base, root: '/team/.pulumi' }, says: /begins with a slash/ },
  ...['https://app.pulumi.com/acme', 'gs://state', 'file:///state'].map((root) => ({
    name: `the backend ${root}`,
    options: { ...base, root },
    says: /^root: .* is a URL, and the state is in S3: write the path in the bucket with `\/\.pulumi` behind it$/,
  })),
  ...['app/../dev', '../dev', 'app/.', '..'].map((path) => ({
    name: `the stack ${path}`,
    options: { ...base, stacks: [path] },
    says: /^stacks\[0\]: .* holds a dot segment, which is no name: write the project and the stack$/,
  })),
  ...[
    `awskms://${keyId}?region=eu-west-1&context_app=shop`,
    `awskms:///${key}`,
    `awskms:///${key}?region=eu-west-1`,
  ].map((secretsKey) => ({
    name: `the secrets provider ${secretsKey}`,
    options: { ...base, secretsKey },
    says: /^secretsKey: .* is the URL of a secrets provider of Pulumi: write the key in it alone, here `(?:arn:aws:kms:eu-west-1:123456789012:key\/)?1234abcd-12ab-34cd-56ef-1234567890ab`$/,
  })),
  {
    name: 'a secrets provider with an alias',
    options: { ...base, secretsKey: 'awskms://alias/pulumi?region=eu-west-1' },
    says: /^secretsKey: .* is an alias, and IAM does not decide by aliases: write the id or the ARN of the key behind it$/,
  },
  {
    name: 'a secrets provider of somebody else',
    options: { ...base, secretsKey: 'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k' },
    says: /^secretsKey: .* is a URL: write the id or the ARN of the key alone$/,
  },
]);
