import { populate, storeObject, type World } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { buildsImages, repositoryOf } from './docker.js';
import {
  addStack,
  bucketOf,
  functionOf,
  givenBucket,
  isDirect,
  isVersioned,
  keyArn,
  prefixOf,
  prepareDeployed,
  reads,
  removes,
  roleArn,
  stackOf,
  stagesOf,
} from './project.js';

const fence = 'resource';
const stranger = '999999999999';
const own = (options: CellOptions) => stackOf(options, stagesOf(options)[0]!);
const ownBucket = (options: CellOptions) => bucketOf(options, stagesOf(options)[0]!);
const ownPrefix = (options: CellOptions) => prefixOf(options, stagesOf(options)[0]!);
const ownFunction = (options: CellOptions) => functionOf(options, stagesOf(options)[0]!);
const exact = (options: CellOptions) => options.is('scope', 'exact');
const given = (options: CellOptions) => givenBucket(options) !== undefined;
const withoutKey = (options: CellOptions) => keyArn(options) === undefined;
const bySets = (options: CellOptions) => !reads(options) && !isDirect(options);
const passes = (options: CellOptions) => roleArn(options) !== undefined;
const looks = (options: CellOptions) =>
  options.is('skipUnchanged', true) || options.is('deployFunctions', true) || options.is('listFunctions', true);
const allow =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];

interface OtherService {
  readonly which: string;
  readonly name: (options: CellOptions) => string;
  readonly region?: string;
}

const here = (options: CellOptions, name: string, account = options.account) =>
  `arn:${options.partition}:cloudformation:${options.region}:${account}:stack/${name}/1234abcd-12ab-34cd-56ef-1234567890ab`;

const stacks = (of: (options: CellOptions) => string): readonly OtherService[] => [
  { which: 'another stack', name: () => 'theirs' },
  { which: 'a stack whose name only begins alike', name: (options) => `${of(options)}-old` },
  { which: 'a stack whose name only ends alike', name: (options) => `old-${of(options)}` },
  { which: 'the stack of the same name in another region', name: of, region: 'us-west-2' },
  { which: 'the stack of the same name in another account', name: (options) => here(options, of(options), stranger) },
];

/** Requests for stacks that are not the job's. */
function onStacks(
  sid: string,
  what: string,
  operation: string,
  input: (options: CellOptions) => object,
  applies: (options: CellOptions) => boolean,
  of = own,
): HostileRequest[] {
  return stacks(of).map(({ which, name, region }) => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => exact(options) && options.partition === 'aws' && applies(options),
    prepare: (world, options) => {
      prepareDeployed(world, options);
      const names = [`${of(options)}-old`, `old-${of(options)}`];
      for (const one of names) addStack(world, options, one);
      populate({ ...world, region: 'us-west-2' }, { stacks: [{ name: of(options) }] });
    },
    send: (call, options) => {
      const request = { StackName: name(options), ...input(options) };
      return call('CloudFormation', operation, request, { region: region ?? options.region });
    },
  }));
}

const template = (version: string) => JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } }, version });
const changeSet = (options: CellOptions) => ({
  ChangeSetName: 'hostile',
  TemplateBody: template('hostile'),
  RoleARN: roleArn(options),
});

/** The job's own request with something else in it. */
const ownRequest =
  (input: (options: CellOptions) => object): HostileRequest['send'] =>
  (call, options) =>
    isDirect(options)
      ? call('CloudFormation', 'UpdateStack', {
          StackName: own(options),
          TemplateBody: template('hostile'),
          ...input(options),
        })
      : call('CloudFormation', 'CreateChangeSet', {
          StackName: own(options),
          ...changeSet(options),
          ...input(options),
        });

const role = 'ArnEquals cloudformation:RoleArn';
const passed = 'StringEquals iam:PassedToService';

const stackRequests: readonly HostileRequest[] = [
  ...onStacks(
    'WatchStacks',
    'look at',
    'DescribeStacks',
    () => ({}),
    () => true,
  ),
  ...onStacks('WatchStacks', 'see what is in', 'ListStackResources', () => ({}), reads),
  {
    name: 'carry out a change set of another stack',
    sid: 'WatchStacks',
    fence,
    applies: (options) => exact(options) && bySets(options),
    prepare: prepareDeployed,
    send: (call) => call('CloudFormation', 'ExecuteChangeSet', { StackName: 'theirs', ChangeSetName: 'waiting' }),
  },
  ...onStacks('ChangeStacks', 'make a change set of', 'CreateChangeSet', changeSet, bySets),
  ...onStacks(
    'ChangeStacks',
    'update',
    'UpdateStack',
    (options) => ({ TemplateBody: template('hostile'), RoleARN: roleArn(options) }),
    (options) => !reads(options) && isDirect(options),
  ),
  ...onStacks('ChangeStacks', 'delete', 'DeleteStack', (options) => ({ RoleARN: roleArn(options) }), removes),
  {
    name: 'deploy with another role',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare: prepareDeployed,
    besides: allow('iam:PassRole'),
    send: ownRequest((options) => ({ RoleARN: roleArn(options, 'admin') })),
  },
  {
    name: 'deploy with the role that the stack has',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare: prepareDeployed,
    send: ownRequest(() => ({ RoleARN: undefined })),
  },
  {
    name: 'delete the stack with another role',
    sid: 'ChangeStacks',
    fence: role,
    applies: (options) => passes(options) && removes(options),
    prepare: prepareDeployed,
    besides: allow('iam:PassRole'),
    send: (call, options) =>
      call('CloudFormation', 'DeleteStack', { StackName: own(options), RoleARN: roleArn(options, 'admin') }),
  },
  {
    name: 'hand over another role',
    sid: 'PassServiceRole',
    fence,
    prepare: prepareDeployed,
    besides: allow('cloudformation:CreateChangeSet', 'cloudformation:UpdateStack'),
    send: ownRequest((options) => ({ RoleARN: roleArn(options, 'admin') })),
  },
  {
    name: 'hand the role to another service',
    sid: 'PassServiceRole',
    fence: passed,
    prepare: prepareDeployed,
    besides: allow('lambda:CreateFunction'),
    send: (call, options) =>
      call('Lambda', 'CreateFunction', {
        FunctionName: 'hostile',
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
    applies: (options) => options.names('transforms').length > 0 && bySets(options),
    prepare: prepareDeployed,
    send: ownRequest(() => ({ TemplateBody: JSON.stringify({ Transform: ['AWS::Include'], Resources: {} }) })),
  },
  ...onStacks(
    'ReadOutputs',
    'read the outputs of',
    'DescribeStacks',
    () => ({}),
    (options) => options.names('outputStacks').length > 0,
    (options) => options.names('outputStacks')[0]!,
  ),
];

/** Buckets and keys that are not the job's. */
function addBucket(world: World, options: CellOptions, name: string, account = options.account): void {
  if (!world.objects.buckets.has(name)) world.objects.create(name, account, options.region);
  storeObject(world.objects.buckets.get(name)!, `${ownPrefix(options)}/a/b.zip`, Buffer.from('PK'));
}

const buckets: readonly { readonly which: string; readonly name: (options: CellOptions) => string }[] = [
  { which: 'another bucket', name: () => 'theirs-bucket' },
  { which: 'a bucket whose name only ends alike', name: (options) => `old-${ownBucket(options)}` },
  {
    which: 'the bucket of a stage that begins alike',
    name: (options) => `${own(options)}2-serverlessdeploymentbucket`.toLowerCase(),
  },
];

const keys: readonly { readonly which: string; readonly key: (options: CellOptions) => string }[] = [
  { which: 'an object of somebody else', key: () => 'theirs/a.zip' },
  { which: 'a package of a stage that begins alike', key: (options) => `${ownPrefix(options)}2/a/b.zip` },
  {
    which: 'a package of another service',
    key: (options) => ownPrefix(options).replace(/\/[^/]+\//, '/other/') + '/a/b.zip',
  },
];

const list = (
  sid: string,
  operation: 'ListObjectsV2' | 'ListObjectVersions',
  name: string,
  at: HostileRequest['send'],
) => ({ name: `${operation}: ${name}`, sid, send: at }) as const;

const prepareBuckets = (world: World, options: CellOptions) => {
  prepareDeployed(world, options);
  for (const { name } of buckets) addBucket(world, options, name(options));
  for (const { key } of keys)
    storeObject(world.objects.buckets.get(ownBucket(options))!, key(options), Buffer.from('PK'));
};

/** The bucket of the job's own name, which belongs to another account. */
const prepareSniped = (world: World, options: CellOptions) => {
  prepareDeployed(world, options);
  world.objects.buckets.delete(ownBucket(options));
  addBucket(world, options, ownBucket(options), stranger);
};

const sidFor = (options: CellOptions, asked: 'list' | 'objects') =>
  asked === 'list' ? (given(options) ? 'ListArtifacts' : 'OwnBucket') : given(options) ? 'Artifacts' : 'OwnArtifacts';

const bucketRequests: readonly HostileRequest[] = [
  ...(['OwnBucket', 'ListArtifacts'] as const).flatMap((sid) =>
    buckets.map(
      ({ which, name }): HostileRequest => ({
        ...list(sid, 'ListObjectsV2', `list ${which}`, (call, options) =>
          call('S3', 'ListObjectsV2', { Bucket: name(options), Prefix: ownPrefix(options) }),
        ),
        fence,
        applies: (options) => exact(options) && sidFor(options, 'list') === sid,
        prepare: prepareBuckets,
      }),
    ),
  ),
  ...(['OwnArtifacts', 'Artifacts'] as const).flatMap((sid) => [
    ...buckets.map(
      ({ which, name }): HostileRequest => ({
        name: `${sid}: read a package in ${which}`,
        sid,
        fence,
        applies: (options) =>
          exact(options) && !reads(options) && withoutKey(options) && sidFor(options, 'objects') === sid,
        prepare: prepareBuckets,
        send: (call, options) =>
          call('S3', 'GetObject', { Bucket: name(options), Key: `${ownPrefix(options)}/a/b.zip` }),
      }),
    ),
    ...keys.flatMap(({ which, key }): HostileRequest[] => {
      const applies = (options: CellOptions) =>
        exact(options) && !reads(options) && withoutKey(options) && sidFor(options, 'objects') === sid;
      return [
        {
          name: `${sid}: replace ${which}`,
          sid,
          fence,
          applies,
          prepare: prepareBuckets,
          send: (call, options) =>
            call('S3', 'PutObject', { Bucket: ownBucket(options), Key: key(options), Body: 'PK' }),
        },
        {
          name: `${sid}: delete ${which}`,
          sid,
          fence,
          applies,
          prepare: prepareBuckets,
          send: (call, options) => call('S3', 'DeleteObject', { Bucket: ownBucket(options), Key: key(options) }),
        },
      ];
    }),
  ]),
  {
    ...list('OwnBucket', 'ListObjectsV2', 'list a bucket of the same name in another account', (call, options) =>
      call('S3', 'ListObjectsV2', { Bucket: ownBucket(options), Prefix: ownPrefix(options) }),
    ),
    fence: 'StringEquals aws:ResourceAccount',
    prepare: prepareSniped,
  },
  {
    name: 'put packages into a bucket of the same name in another account',
    sid: 'OwnArtifacts',
    fence: 'StringEquals aws:ResourceAccount',
    applies: withoutKey,
    prepare: prepareSniped,
    send: (call, options) =>
      call('S3', 'PutObject', { Bucket: ownBucket(options), Key: `${ownPrefix(options)}/a/b.zip`, Body: 'PK' }),
  },
  {
    name: 'find another bucket',
    sid: 'FindBucket',
    fence,
    prepare: prepareBuckets,
    send: (call) => call('S3', 'GetBucketLocation', { Bucket: 'theirs-bucket' }),
  },
  {
    name: 'look for another bucket',
    sid: 'LookForBucket',
    fence,
    prepare: prepareBuckets,
    send: (call) => call('S3', 'HeadBucket', { Bucket: 'theirs-bucket' }),
  },
  {
    name: 'list the keys of another service in the given bucket',
    sid: 'ListArtifacts',
    fence: 'StringLike s3:prefix',
    prepare: prepareBuckets,
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: ownBucket(options), Prefix: 'serverless/other' }),
  },
  {
    name: 'list the versions of another service in the given bucket',
    sid: 'ListArtifacts',
    fence: 'StringLike s3:prefix',
    applies: isVersioned,
    prepare: prepareBuckets,
    send: (call, options) =>
      call('S3', 'ListObjectVersions', { Bucket: ownBucket(options), Prefix: 'serverless/other' }),
  },
  {
    name: 'list another prefix where a bucket is only looked for',
    sid: 'LookForBucket',
    fence: 'Null s3:prefix',
    prepare: prepareBuckets,
    send: (call, options) => call('S3', 'ListObjectsV2', { Bucket: ownBucket(options), Prefix: 'theirs/' }),
  },
];

const keyRequests: readonly HostileRequest[] = [
  {
    name: 'upload with another key',
    sid: 'ArtifactsKey',
    fence,
    prepare: prepareDeployed,
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: ownBucket(options),
        Key: `${ownPrefix(options)}/a/b.zip`,
        Body: 'PK',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab'),
      }),
  },
  {
    name: 'use the key for an object of another bucket',
    sid: 'ArtifactsKey',
    fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
    prepare: (world, options) => {
      prepareDeployed(world, options);
      storeObject(world.objects.buckets.get('theirs-bucket')!, 'a.zip', Buffer.from('PK'), { kmsKey: keyArn(options) });
    },
    besides: allow('s3:GetObject'),
    send: (call) => call('S3', 'GetObject', { Bucket: 'theirs-bucket', Key: 'a.zip' }),
  },
  {
    name: 'use the key itself, not through S3',
    sid: 'ArtifactsKey',
    fence: 'StringEquals kms:ViaService',
    prepare: prepareDeployed,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: {
          'aws:s3:arn': `arn:${options.partition}:s3:::${ownBucket(options)}/${ownPrefix(options)}/a/b.zip`,
        },
      }),
  },
];

const functionArn = (options: CellOptions, name: string, account = options.account, region = options.region) =>
  `arn:${options.partition}:lambda:${region}:${account}:function:${name}`;

const otherFunctions: readonly OtherService[] = [
  { which: 'another function', name: (options) => functionArn(options, 'theirs') },
  {
    which: 'a function of a stage that begins alike',
    name: (options) => functionArn(options, `${own(options)}2-hello`),
  },
  {
    which: 'a function whose name only ends alike',
    name: (options) => functionArn(options, `old-${ownFunction(options)}`),
  },
  {
    which: 'the function of the same name in another account',
    name: (options) => functionArn(options, ownFunction(options), stranger),
  },
  {
    which: 'the function of the same name in another region',
    name: (options) => functionArn(options, ownFunction(options), options.account, 'us-west-2'),
    region: 'us-west-2',
  },
];

const functionRequests: readonly HostileRequest[] = otherFunctions.flatMap(({ which, name, region }) => {
  const prepare: HostileRequest['prepare'] = async (world, options) => {
    prepareDeployed(world, options);
    const names = [`${own(options)}2-hello`, `old-${ownFunction(options)}`, 'theirs'];
    await populate(world, { functions: names.map((one) => ({ name: one, versions: 1 })) });
    await populate({ ...world, region: 'us-west-2' }, { functions: [{ name: ownFunction(options), versions: 1 }] });
  };
  const place = (options: CellOptions) => ({ region: region ?? options.region });
  return [
    {
      name: `download the code of ${which}`,
      sid: 'Functions',
      fence,
      applies: (options) => exact(options) && looks(options),
      prepare,
      send: (call, options) => call('Lambda', 'GetFunction', { FunctionName: name(options) }, place(options)),
    },
    {
      name: `put code into ${which}`,
      sid: 'Functions',
      fence,
      applies: (options) =>
        exact(options) && (options.is('deployFunctions', true) || options.is('rollbackFunctions', true)),
      prepare,
      send: (call, options) => {
        const input = { FunctionName: name(options), ZipFile: Buffer.from('PK') };
        return call('Lambda', 'UpdateFunctionCode', input, place(options));
      },
    },
    {
      name: `download a version of ${which}`,
      sid: 'ReadVersions',
      fence,
      applies: exact,
      prepare,
      send: (call, options) =>
        call('Lambda', 'GetFunction', { FunctionName: name(options), Qualifier: '1' }, place(options)),
    },
  ] satisfies HostileRequest[];
});

const parameterArn = ({ partition, region, account }: CellOptions, name: string) =>
  `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;

const variableRequests: readonly HostileRequest[] = [
  ...(['/app/token-old', '/app', '/other/token'] as const).map(
    (Name): HostileRequest => ({
      name: `read the parameter ${Name}`,
      sid: 'ReadParameters',
      fence,
      prepare: (world, options) => {
        prepareDeployed(world, options);
        world.parameters.set(Name, 'theirs');
      },
      send: (call) => call('SSM', 'GetParameter', { Name }),
    }),
  ),
  {
    name: 'read the parameter of the same name in another region',
    sid: 'ReadParameters',
    fence,
    applies: (options) => options.names('parameterKeys').length === 0,
    prepare: prepareDeployed,
    send: (call, options) =>
      call('SSM', 'GetParameter', { Name: options.names('parameters')[0] }, { region: 'us-west-2' }),
  },
  {
    name: 'decrypt another parameter',
    sid: 'ParameterKeys',
    fence: 'StringLike kms:EncryptionContext:PARAMETER_ARN',
    prepare: (world, options) => {
      prepareDeployed(world, options);
      world.parameterKeys.set('/app/token-old', keyArn(options, options.names('parameterKeys')[0])!);
    },
    besides: allow('ssm:GetParameter'),
    send: (call) => call('SSM', 'GetParameter', { Name: '/app/token-old', WithDecryption: true }),
  },
  {
    name: 'decrypt a parameter with another key',
    sid: 'ParameterKeys',
    fence,
    prepare: (world, options) => {
      prepareDeployed(world, options);
      world.parameterKeys.set(
        options.names('parameters')[0]!,
        keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab')!,
      );
    },
    send: (call, options) =>
      call('SSM', 'GetParameter', { Name: options.names('parameters')[0], WithDecryption: true }),
  },
  {
    name: 'use the key of the parameters itself',
    sid: 'ParameterKeys',
    fence: 'StringEquals kms:ViaService',
    prepare: prepareDeployed,
    send: (call, options) =>
      call('KMS', 'Decrypt', {
        KeyId: keyArn(options, options.names('parameterKeys')[0]),
        CiphertextBlob: Buffer.from('sealed'),
        EncryptionContext: { PARAMETER_ARN: parameterArn(options, options.names('parameters')[0]!) },
      }),
  },
  ...(
    [
      ['another object of its bucket', 'settings', 'theirs.json'],
      ['an object whose key only begins alike', 'settings', 'app.json.bak'],
      ['the same key in another bucket', 'theirs-bucket', 'app.json'],
    ] as const
  ).map(
    ([which, Bucket, Key]): HostileRequest => ({
      name: `read ${which} for a variable`,
      sid: 'ReadVariableObjects',
      fence,
      prepare: (world, options) => {
        prepareDeployed(world, options);
        storeObject(world.objects.buckets.get(Bucket)!, Key, Buffer.from('theirs'));
      },
      send: (call) => call('S3', 'GetObject', { Bucket, Key }),
    }),
  ),
];

const repositories: readonly OtherService[] = [
  { which: 'another repository', name: () => 'theirs' },
  {
    which: 'a repository whose name only begins alike',
    name: (options) => `${repositoryOf(options, stagesOf(options)[0]!)}-old`,
  },
  {
    which: 'the repository of the same name in another region',
    name: (options) => repositoryOf(options, stagesOf(options)[0]!),
    region: 'us-west-2',
  },
];

/** Repositories that are not the job's. */
const repositoryRequests = repositories.flatMap(({ which, name, region }): HostileRequest[] => {
  const on = (
    sid: string,
    what: string,
    operation: string,
    input: object,
    applies: (options: CellOptions) => boolean,
  ): HostileRequest => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => exact(options) && applies(options),
    prepare: (world, options) => {
      prepareDeployed(world, options);
      if (operation !== 'CreateRepository')
        world.registry.create(options.account, region ?? options.region, name(options));
    },
    send: (call, options) =>
      call('ECR', operation, { repositoryName: name(options), ...input }, { region: region ?? options.region }),
  });
  const names = (options: CellOptions) => options.names('imageRepositories').length > 0;
  const both = (options: CellOptions) => buildsImages(options) && removes(options);
  return [
    on('BuiltImages', 'push an image to', 'PutImage', { imageManifest: '{}', imageTag: 'app' }, buildsImages),
    on('BuiltImages', 'upload a layer to', 'InitiateLayerUpload', {}, buildsImages),
    on('BuiltImages', 'make', 'CreateRepository', {}, buildsImages),
    on('BuiltImages', 'delete', 'DeleteRepository', { force: true }, both),
    on('NamedImages', 'look at the images of', 'DescribeImages', { imageIds: [{ imageTag: 'latest' }] }, names),
  ];
});

const layerRequests = (['another layer', 'a layer whose name only begins alike', 'of another account'] as const).map(
  (which): HostileRequest => ({
    name: `give a function ${which === 'of another account' ? 'the layer of another account' : which}`,
    sid: 'ReadLayers',
    fence,
    prepare: prepareDeployed,
    send: (call, options) => {
      const [own = ''] = options.names('layers');
      const name = which === 'another layer' ? 'theirs' : which === 'of another account' ? own : `${own}-old`;
      const account = which === 'of another account' ? stranger : options.account;
      return call('Lambda', 'UpdateFunctionConfiguration', {
        FunctionName: ownFunction(options),
        Layers: [`arn:${options.partition}:lambda:${options.region}:${account}:layer:${name}:1`],
      });
    },
  }),
);

export const hostile: readonly HostileRequest[] = [
  ...stackRequests,
  ...bucketRequests,
  ...keyRequests,
  ...functionRequests,
  ...repositoryRequests,
  ...layerRequests,
  ...variableRequests,
];
