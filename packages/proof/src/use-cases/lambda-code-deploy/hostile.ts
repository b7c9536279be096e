import { populate, storeObject } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { bucketOf, configures, creates, functionArn, keyArn, keysOf, prepare, roleArn, uploads } from './function.js';

const fence = 'resource';
const exact = (options: CellOptions) => options.is('scope', 'exact');
const own = (options: CellOptions) => options.names('functions')[0]!;
const code = { ZipFile: Buffer.from('PK theirs') };

interface OtherFunction {
  readonly which: string;
  readonly id: (options: CellOptions) => string;
  readonly region?: string;
}

/** Functions that are not the job's, as a request may name them. */
const others: readonly OtherFunction[] = [
  { which: 'another function', id: () => 'theirs' },
  { which: 'a function whose name only begins alike', id: (options) => `${own(options)}-2` },
  { which: 'a function whose name only ends alike', id: (options) => `old-${own(options)}` },
  {
    which: 'the function of the same name in another account',
    id: (options) => functionArn(options, own(options)).replace(options.account, '999999999999'),
  },
  { which: 'the function of the same name in another region', id: own, region: 'us-west-2' },
];

function onOthers(
  sid: string,
  what: string,
  operation: string,
  input: object,
  applies: (options: CellOptions) => boolean = () => true,
): HostileRequest[] {
  return others.map(({ which, id, region }) => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => exact(options) && options.partition === 'aws' && applies(options),
    prepare: (world, options) => {
      prepare(world, options);
      const name = id(options).replace(/^.*:/, '');
      populate(world, { functions: [{ name, versions: 1, aliases: { live: '1' } }] });
      const theirs = world.functions.get(`${options.account}/${options.region}/${name}`)!;
      for (const place of [`999999999999/${options.region}`, `${options.account}/us-west-2`])
        world.functions.set(`${place}/${name}`, theirs);
    },
    send: (call, options) =>
      call('Lambda', operation, { FunctionName: id(options), ...input }, { region: region ?? options.region }),
  }));
}

const is =
  (option: string, ...values: readonly (string | boolean)[]) =>
  (options: CellOptions) =>
    options.is(option, ...values);
const reads = (options: CellOptions) => options.is('client', 'aws-actions', 'appleboy') || options.is('waiter', 'v1');
const allow =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];
const withKey = (options: CellOptions) => keyArn(options) !== undefined;

export const hostile: readonly HostileRequest[] = [
  ...onOthers('DeployFunctions', 'replace the code of', 'UpdateFunctionCode', code),
  ...onOthers('DeployFunctions', 'change', 'UpdateFunctionConfiguration', { MemorySize: 128 }, configures),
  ...onOthers('DeployFunctions', 'publish', 'PublishVersion', {}, is('publish', true)),
  ...onOthers(
    'DeployFunctions',
    'move an alias of',
    'UpdateAlias',
    { Name: 'live', FunctionVersion: '1' },
    is('moveAliases', true),
  ),
  ...onOthers('WatchFunctions', 'look at', 'GetFunctionConfiguration', {}, reads),
  ...onOthers('WatchFunctions', 'look at an alias of', 'GetFunctionConfiguration', { Qualifier: 'live' }, reads),
  ...onOthers(
    'WatchFunctions',
    'download',
    'GetFunction',
    {},
    (options) => options.is('client', 'aws-cli') && options.is('waiter', 'v2'),
  ),
  ...onOthers('InvokeFunctions', 'invoke', 'Invoke', {}),
  {
    name: 'invoke another alias',
    sid: 'InvokeFunctions',
    fence,
    prepare: (world, options) => {
      prepare(world, options);
      world.functions.get(`${options.account}/${options.region}/${own(options)}`)!.aliases.set('staging', {
        name: 'staging',
        version: '1',
        description: '',
      });
    },
    send: (call, options) => call('Lambda', 'Invoke', { FunctionName: own(options), Qualifier: 'staging' }),
  },
  {
    name: 'give the function another role',
    sid: 'PassExecutionRoles',
    fence,
    applies: configures,
    prepare: (world, options) => {
      prepare(world, options);
      if (creates(options)) populate(world, { functions: [{ name: own(options) }] });
    },
    send: (call, options) =>
      call('Lambda', 'UpdateFunctionConfiguration', { FunctionName: own(options), Role: roleArn(options, 'admin') }),
  },
  {
    name: 'create the function with another role',
    sid: 'PassExecutionRoles',
    fence,
    applies: creates,
    prepare,
    send: (call, options) =>
      call('Lambda', 'CreateFunction', {
        FunctionName: own(options),
        Role: roleArn(options, 'admin'),
        Code: code,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
      }),
  },
  {
    name: 'hand the role to another service',
    sid: 'PassExecutionRoles',
    fence: 'StringEquals iam:PassedToService',
    prepare,
    besides: allow('cloudformation:CreateStack'),
    send: (call, options) =>
      call('CloudFormation', 'CreateStack', {
        StackName: 'theirs',
        TemplateBody: '{}',
        RoleARN: roleArn(options, options.names('passRoles')[0]!),
      }),
  },
  ...['theirs.zip', 'releases-old/a.zip'].map(
    (key): HostileRequest => ({
      name: `deploy the package ${key}`,
      sid: 'Packages',
      fence,
      applies: (options) => !options.is('versionedPackage', true) && !withKey(options),
      prepare,
      send: (call, options) =>
        call('Lambda', 'UpdateFunctionCode', { FunctionName: own(options), S3Bucket: bucketOf(options), S3Key: key }),
    }),
  ),
  {
    name: 'deploy a version of another package',
    sid: 'Packages',
    fence,
    applies: is('versionedPackage', true),
    prepare,
    send: (call, options) =>
      call('Lambda', 'UpdateFunctionCode', {
        FunctionName: own(options),
        S3Bucket: bucketOf(options),
        S3Key: 'theirs.zip',
        S3ObjectVersion: 'v1',
      }),
  },
  {
    name: 'replace the package of another function',
    sid: 'Packages',
    fence,
    applies: (options) => uploads(options) && !withKey(options),
    prepare,
    send: (call, options) => call('S3', 'PutObject', { Bucket: bucketOf(options), Key: 'theirs.zip', Body: 'PK' }),
  },
  {
    name: 'look for another bucket',
    sid: 'FindBucket',
    fence,
    prepare,
    send: (call) => call('S3', 'HeadBucket', { Bucket: 'other-bucket' }),
  },
  {
    name: 'upload with another key',
    sid: 'PackageKey',
    fence,
    prepare,
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: bucketOf(options),
        Key: keysOf(options)[0],
        Body: 'PK',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab'),
      }),
  },
  {
    name: 'use the key for another object',
    sid: 'PackageKey',
    fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
    prepare: (world, options) => {
      prepare(world, options);
      storeObject(world.objects.buckets.get(bucketOf(options)!)!, 'theirs.zip', Buffer.from('x'), {
        kmsKey: keyArn(options),
      });
    },
    besides: allow('s3:GetObject'),
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: 'theirs.zip' }),
  },
  {
    name: 'use the key itself, not through S3',
    sid: 'PackageKey',
    fence: 'StringEquals kms:ViaService',
    prepare,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: { 'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${keysOf(options)[0]}` },
      }),
  },
  {
    name: 'deploy an image of another repository',
    sid: 'ReadImages',
    fence,
    prepare,
    send: (call, options) =>
      call('Lambda', 'UpdateFunctionCode', {
        FunctionName: own(options),
        ImageUri: `${options.account}.dkr.ecr.${options.region}.amazonaws.com/my-image-old:1`,
      }),
  },
  {
    name: 'give the function another layer',
    sid: 'ReadLayers',
    fence,
    applies: configures,
    prepare,
    send: (call, options) =>
      call('Lambda', 'UpdateFunctionConfiguration', {
        FunctionName: own(options),
        Layers: [`arn:${options.partition}:lambda:${options.region}:${options.account}:layer:my-layer-old:1`],
      }),
  },
];
