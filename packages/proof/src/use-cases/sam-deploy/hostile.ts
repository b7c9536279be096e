import { populate } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import {
  bucketOf,
  companionOf,
  deletes,
  deploys,
  failed,
  hasCompanion,
  hasImages,
  isMadeUp,
  isWhole,
  keyArn,
  makesBucket,
  prefixOf,
  prepare,
  roleArn,
  syncs,
  syncsImages,
} from './app.js';

const fence = 'resource';
const elsewhere = '999999999999';
const exact = (options: CellOptions) => options.is('scope', 'exact') && options.partition === 'aws';
const own = (options: CellOptions) => options.names('stacks')[0]!;
const body = '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}';
const allow =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];

interface OtherSamStack {
  readonly which: string;
  readonly name: (own: string, options: CellOptions) => string;
  readonly region?: string;
}

/** Stacks that are not the job's: each differs in one thing from one that is. */
const others: readonly OtherSamStack[] = [
  { which: 'another stack', name: () => 'theirs' },
  { which: 'a stack whose name only begins alike', name: (name) => `${name}-old` },
  { which: 'a stack whose name only ends alike', name: (name) => `old-${name}` },
  { which: 'the stack of the same name in another region', name: (name) => name, region: 'us-west-2' },
  {
    which: 'the stack of the same name in another account',
    name: (name, { partition, region }) =>
      `arn:${partition}:cloudformation:${region}:${elsewhere}:stack/${name}/1234abcd-12ab-34cd-56ef-1234567890ab`,
  },
];

interface OnStacks {
  readonly sid: string;
  readonly what: string;
  readonly operation: string;
  readonly input?: (options: CellOptions) => object;
  readonly applies?: (options: CellOptions) => boolean;
  /** The stack that is the job's; that of the options by default. */
  readonly of?: (options: CellOptions) => string;
}

function onOthers({
  sid,
  what,
  operation,
  input = () => ({}),
  applies = () => true,
  of = own,
}: OnStacks): HostileRequest[] {
  return others.map(({ which, name, region }) => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => exact(options) && applies(options),
    prepare: (world, options) => {
      prepare(world, options);
      const stacks = [of(options), `${of(options)}-old`, `old-${of(options)}`, 'theirs'];
      for (const place of ['us-west-2', options.region])
        populate({ ...world, region: place }, { stacks: stacks.map((stack) => ({ name: stack, template: '{}' })) });
    },
    send: (call, options) =>
      call(
        'CloudFormation',
        operation,
        { StackName: name(of(options), options), ...input(options) },
        { region: region ?? options.region },
      ),
  }));
}

const changeSet = (options: CellOptions) => ({
  ChangeSetName: 'hostile',
  TemplateBody: body,
  RoleARN: roleArn(options),
});

/** The job's own change set with something else in it. */
const ownChangeSet =
  (input: (options: CellOptions) => object): HostileRequest['send'] =>
  (call, options) =>
    call('CloudFormation', 'CreateChangeSet', {
      StackName: own(options),
      ChangeSetType: 'CREATE',
      ...changeSet(options),
      ...input(options),
    });

const passes = (options: CellOptions) => deploys(options) && roleArn(options) !== undefined;
const role = 'ArnEquals cloudformation:RoleArn';
const companion = (options: CellOptions) => companionOf(own(options));
const asCompanion = { of: companion, applies: hasCompanion } as const;

const stackRequests: readonly HostileRequest[] = [
  ...onOthers({ sid: 'WatchStacks', what: 'look at', operation: 'DescribeStacks' }),
  ...onOthers({
    sid: 'WatchStacks',
    what: 'read the template of',
    operation: 'GetTemplate',
    applies: (options) => deletes(options) || syncs(options),
  }),
  ...onOthers({
    sid: 'WatchStacks',
    what: 'carry out a change set of',
    operation: 'ExecuteChangeSet',
    input: () => ({ ChangeSetName: 'waiting' }),
    applies: deploys,
  }),
  ...onOthers({ sid: 'ChangeStacks', what: 'make a change set of', operation: 'CreateChangeSet', input: changeSet }),
  ...onOthers({
    sid: 'ChangeStacks',
    what: 'update',
    operation: 'UpdateStack',
    input: (options) => ({ TemplateBody: body, RoleARN: roleArn(options) }),
    applies: syncs,
  }),
  ...onOthers({ sid: 'DeleteStacks', what: 'delete', operation: 'DeleteStack' }),
  ...onOthers({ sid: 'DeleteStacks', what: 'roll back', operation: 'RollbackStack', applies: failed }),
  ...onOthers({
    sid: 'ManagedStack',
    what: 'look for a bucket in',
    operation: 'DescribeStacks',
    of: () => 'aws-sam-cli-managed-default',
  }),
  ...onOthers({
    sid: 'ManagedStack',
    what: 'make',
    operation: 'CreateChangeSet',
    input: () => ({ ChangeSetName: 'InitialCreation', TemplateBody: body }),
    applies: makesBucket,
    of: () => 'aws-sam-cli-managed-default',
  }),
  ...onOthers({
    sid: 'FindCompanionStacks',
    what: 'look for a companion in',
    operation: 'DescribeStacks',
    of: companion,
  }),
  ...onOthers({
    sid: 'ChangeCompanionStacks',
    what: 'update a companion in',
    operation: 'UpdateStack',
    input: () => ({ TemplateBody: body }),
    ...asCompanion,
  }),
  ...onOthers({
    sid: 'ChangeCompanionStacks',
    what: 'delete a companion in',
    operation: 'DeleteStack',
    ...asCompanion,
  }),
  {
    name: 'deploy with another role',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare,
    besides: allow('iam:PassRole'),
    send: ownChangeSet((options) => ({ RoleARN: roleArn(options, 'admin') })),
  },
  {
    name: 'deploy with the role that the stack has',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare,
    send: ownChangeSet(() => ({ RoleARN: undefined })),
  },
  {
    name: 'hand over another role',
    sid: 'PassServiceRole',
    fence,
    prepare,
    besides: allow('cloudformation:CreateChangeSet'),
    send: ownChangeSet((options) => ({ RoleARN: roleArn(options, 'admin') })),
  },
  {
    name: 'hand the role to another service',
    sid: 'PassServiceRole',
    fence: 'StringEquals iam:PassedToService',
    prepare,
    besides: allow('lambda:CreateFunction'),
    send: (call, options) =>
      call('Lambda', 'CreateFunction', {
        FunctionName: 'theirs',
        Role: roleArn(options),
        Code: { ZipFile: Buffer.from('PK') },
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
      }),
  },
  {
    name: 'deploy a template with another transform',
    sid: 'UseTransforms',
    fence,
    prepare,
    send: ownChangeSet(() => ({ TemplateBody: '{"Transform":"AWS::Include","Resources":{}}' })),
  },
  {
    name: 'deploy a template with another parameter',
    sid: 'ReadParameters',
    fence,
    prepare,
    send: ownChangeSet(() => ({
      TemplateBody: JSON.stringify({
        Parameters: { Value: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/image-old' } },
        Resources: {},
      }),
    })),
  },
];

const withKey = (options: CellOptions) => keyArn(options) !== undefined;
const otherBucket = (options: CellOptions) => `${bucketOf(options)!}-old`;

/** Objects that are not the job's. */
const objectRequests = (['Artifacts', 'ManagedArtifacts'] as const).flatMap((sid): HostileRequest[] => {
  const ours = (options: CellOptions) =>
    isMadeUp(options) === (sid === 'ManagedArtifacts') && bucketOf(options) !== undefined;
  const onObject = (what: string, key: (options: CellOptions) => string, bucket = bucketOf): HostileRequest[] =>
    (['PutObject', 'GetObject', 'DeleteObject'] as const).map((operation) => ({
      name: `${sid}: ${operation} of ${what}`,
      sid,
      fence,
      applies: (options) =>
        ours(options) &&
        !withKey(options) &&
        (operation !== 'DeleteObject' || deletes(options)) &&
        (bucket !== bucketOf || !isWhole(options)),
      prepare: (world, options) => {
        prepare(world, options);
        if (bucket !== bucketOf) world.objects.create(bucket(options)!, options.account, options.region);
      },
      send: (call, options) =>
        call('S3', operation, {
          Bucket: bucket(options),
          Key: key(options),
          ...(operation === 'PutObject' ? { Body: body } : {}),
        }),
    }));
  const ownKey = (options: CellOptions) => (isWhole(options) ? 'code' : `${prefixOf(options)}/code`);
  return [
    ...onObject('another prefix', () => 'theirs/code'),
    ...onObject('a prefix that only begins alike', (options) => `${prefixOf(options)}-old/code`),
    ...(sid === 'Artifacts'
      ? onObject('a bucket whose name only begins alike', ownKey, otherBucket)
      : onObject('another bucket', ownKey, () => 'theirs')),
  ];
});

const bucketRequests: readonly HostileRequest[] = [
  {
    name: 'upload to a bucket of another account that is named as SAM names its own',
    sid: 'ManagedArtifacts',
    fence: 'StringEquals aws:ResourceAccount',
    prepare: (world, options) => {
      prepare(world, options);
      world.objects.create('aws-sam-cli-managed-default-samclisourcebucket-theirs', elsewhere, options.region);
    },
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: 'aws-sam-cli-managed-default-samclisourcebucket-theirs',
        Key: isWhole(options) ? 'code' : `${prefixOf(options)}/code`,
        Body: body,
      }),
  },
  ...(
    [
      ['the whole bucket', ''],
      ['a prefix that begins alike', 'app-old/'],
      ['the prefix without its slash', 'app'],
    ] as const
  ).map(
    ([which, Prefix]): HostileRequest => ({
      name: `list ${which}`,
      sid: 'ListArtifacts',
      fence: 'StringEquals s3:prefix',
      prepare,
      send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: bucketOf(options), Prefix }),
    }),
  ),
  {
    name: 'list another bucket',
    sid: 'ListArtifacts',
    fence,
    prepare: (world, options) => {
      prepare(world, options);
      world.objects.create('theirs', options.account, options.region);
    },
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: 'theirs', Prefix: `${prefixOf(options)}/` }),
  },
  ...(['CreateBucket', 'GetBucketPolicy', 'PutBucketPolicy'] as const).map(
    (operation): HostileRequest => ({
      name: `${operation} of another bucket`,
      sid: 'MakeManagedBucket',
      fence,
      prepare: (world, options) => {
        prepare(world, options);
        if (operation !== 'CreateBucket') world.objects.create('theirs', options.account, options.region);
      },
      send: (call, options) =>
        call('S3', operation, {
          Bucket: 'theirs',
          ...(operation === 'CreateBucket'
            ? { CreateBucketConfiguration: { LocationConstraint: options.region } }
            : operation === 'PutBucketPolicy'
              ? { Policy: '{}' }
              : {}),
        }),
    }),
  ),
  {
    name: 'upload with another key',
    sid: 'ArtifactsKey',
    fence,
    prepare,
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: bucketOf(options),
        Key: isWhole(options) ? 'code' : `${prefixOf(options)}/code`,
        Body: body,
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab'),
      }),
  },
  {
    name: 'use the key for another object',
    sid: 'ArtifactsKey',
    fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
    applies: (options) => !isWhole(options),
    prepare,
    besides: allow('s3:PutObject'),
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucketOf(options), Key: 'theirs/code', Body: body }),
  },
  {
    name: 'use the key itself, not through S3',
    sid: 'ArtifactsKey',
    fence: 'StringEquals kms:ViaService',
    prepare,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: {
          'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${isWhole(options) ? '' : `${prefixOf(options)}/`}code`,
        },
      }),
  },
];

/** Repositories and functions that are not the job's. */
const otherRepositories = ['theirs', 'old'] as const;
const repositoryRequests = otherRepositories.flatMap((which): HostileRequest[] => {
  const name = (options: CellOptions) => (which === 'old' ? `${options.names('repositories')[0]}-old` : which);
  const on = (
    sid: string,
    operation: string,
    input: object,
    applies: (options: CellOptions) => boolean,
  ): HostileRequest => ({
    name: `${operation} of the repository ${which === 'old' ? 'whose name only begins alike' : which}`,
    sid,
    fence,
    applies: (options) => hasImages(options) && exact(options) && applies(options),
    prepare: (world, options) => {
      prepare(world, options);
      if (operation !== 'CreateRepository') world.registry.create(options.account, options.region, name(options));
    },
    send: (call, options) => call('ECR', operation, { repositoryName: name(options), ...input }),
  });
  const always = () => true;
  return [
    on('PushImages', 'InitiateLayerUpload', {}, always),
    on('PushImages', 'PutImage', { imageManifest: '{}', imageTag: 'latest' }, always),
    on('PushImages', 'BatchDeleteImage', { imageIds: [{ imageTag: 'latest' }] }, deletes),
    on('MakeRepositories', 'DeleteRepository', { force: true }, hasCompanion),
    on('MakeRepositories', 'CreateRepository', {}, hasCompanion),
    on('MakeRepositories', 'SetRepositoryPolicy', { policyText: '{}' }, hasCompanion),
  ];
});

const functionRequests = ['theirs', 'old', 'account', 'region'].map((which): HostileRequest => {
  const name = (options: CellOptions) => {
    const [ours = ''] = options.names('functions');
    const arn = (account: string) => `arn:${options.partition}:lambda:${options.region}:${account}:function:${ours}`;
    return which === 'old' ? `${ours}-old` : which === 'account' ? arn(elsewhere) : which === 'region' ? ours : which;
  };
  return {
    name: `put code into another function: ${which}`,
    sid: 'SyncFunctions',
    fence,
    prepare: (world, options) => {
      prepare(world, options);
      populate(world, { functions: ['theirs', `${options.names('functions')[0]}-old`].map((one) => ({ name: one })) });
    },
    send: (call, options) =>
      call(
        'Lambda',
        'UpdateFunctionCode',
        { FunctionName: name(options), ZipFile: Buffer.from('code') },
        { region: which === 'region' ? 'us-west-2' : options.region },
      ),
  };
});

const imageRequests = (['theirs', 'old', 'region', 'account'] as const).map(
  (which): HostileRequest => ({
    name: `sync an image of another repository: ${which}`,
    sid: 'PushImages',
    fence,
    applies: syncsImages,
    prepare,
    send: (call, options) => {
      const [ours = ''] = options.names('repositories');
      const account = which === 'account' ? elsewhere : options.account;
      const region = which === 'region' ? 'us-west-2' : options.region;
      const name = which === 'theirs' ? which : which === 'old' ? `${ours}-old` : ours;
      return call('Lambda', 'UpdateFunctionCode', {
        FunctionName: options.names('functions')[0],
        ImageUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}:latest`,
      });
    },
  }),
);

export const hostile: readonly HostileRequest[] = [
  ...stackRequests,
  ...objectRequests,
  ...bucketRequests,
  ...repositoryRequests,
  ...functionRequests,
  ...imageRequests,
];
