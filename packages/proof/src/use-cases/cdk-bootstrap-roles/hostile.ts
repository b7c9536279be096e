import { populate, storeObject } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { appOf, assumedIn, bucketOf, domain, keyArn, placeOf, prepare, repositoryOf, stranger } from './environment.js';
import { bootstrapRole } from '../../cdk-assembly.js';

const fence = 'resource';
const exact = (options: CellOptions) => options.is('scope', 'exact');
const withoutKey = (options: CellOptions) => keyArn(options) === undefined;
const all =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];
const own = (options: CellOptions) => options.names('stacks')[0] ?? 'app';
const template = '{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}';

/** Stacks that are not named: others, and those whose names begin or end alike. */
const otherStacks = (options: CellOptions) => ['production', `${own(options)}-old`, `old-${own(options)}`];

function onStacks(sid: string, what: string, operation: string, input: object): HostileRequest[] {
  return [
    ...[0, 1, 2].map(
      (index): HostileRequest => ({
        name: `${what} ${['another stack', 'a stack whose name begins alike', 'a stack whose name ends alike'][index]}`,
        sid,
        fence,
        applies: exact,
        prepare: async (world, options) => {
          await prepare(world, options);
          const [name] = otherStacks(options).slice(index);
          await populate(world, { stacks: [{ name, template }] });
        },
        send: (send, options) =>
          send('CloudFormation', operation, { ...input, StackName: otherStacks(options)[index] }),
      }),
    ),
    {
      name: `${what} the stack of the same name in another region`,
      sid,
      fence,
      send: (send, options) =>
        send('CloudFormation', operation, { ...input, StackName: own(options) }, { region: 'us-west-2' }),
    },
  ];
}

/** Objects of buckets that are not the bootstrap stack's. */
function onObjects(sid: string, what: string, operation: string, input: object): HostileRequest[] {
  const buckets = (options: CellOptions) => [`${bucketOf(options)}-old`, `old-${bucketOf(options)}`, 'team-b-assets'];
  return [0, 1, 2].map(
    (index): HostileRequest => ({
      name: `${what} ${['a bucket whose name begins alike', 'a bucket whose name ends alike', 'another bucket'][index]}`,
      sid,
      fence,
      applies: withoutKey,
      prepare: async (world, options) => {
        await prepare(world, options);
        const bucket = world.objects.create(buckets(options)[index]!, options.account, options.region);
        storeObject(bucket, 'template.json', Buffer.from(template));
      },
      send: (send, options) => send('S3', operation, { ...input, Bucket: buckets(options)[index] }),
    }),
  );
}

/** The bucket of the right name, which somebody else made first. */
function onTakenBucket(sid: string, what: string, operation: string, input: object): HostileRequest {
  return {
    name: `${what} a bucket of the name in another account`,
    sid,
    fence: 'StringEquals aws:ResourceAccount',
    applies: withoutKey,
    prepare: async (world, options) => {
      await prepare(world, options);
      const taken = world.objects.create(bucketOf(options), stranger, options.region);
      storeObject(taken, 'template.json', Buffer.from(template));
    },
    send: (send, options) => send('S3', operation, { ...input, Bucket: bucketOf(options) }),
  };
}

/** The key for objects elsewhere, another key, and the key past S3. */
function onKey(sid: string, operation: 'GetObject' | 'PutObject'): HostileRequest[] {
  const other = '00000000-12ab-34cd-96ef-1234567890ab';
  const elsewhere = 'team-b-assets';
  const write = operation === 'PutObject' ? { Body: 'x' } : {};
  const at = (bucket: string) => ({ Bucket: bucket, Key: 'template.json', ...write });
  const keyed = (name: (options: CellOptions) => string, key: (options: CellOptions) => string | undefined) =>
    (async (world, options) => {
      await prepare(world, options);
      const bucket = world.objects.create(name(options), options.account, options.region);
      const kmsKey = key(options);
      if (kmsKey !== undefined) bucket.kmsKey = kmsKey;
      storeObject(bucket, 'template.json', Buffer.from(template), { kmsKey });
    }) satisfies HostileRequest['prepare'];
  return [
    {
      name: `${sid}: use the key for an object elsewhere`,
      sid,
      fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
      prepare: keyed(() => elsewhere, keyArn),
      besides: all('s3:GetObject', 's3:PutObject'),
      send: (send) => send('S3', operation, at(elsewhere)),
    },
    {
      name: `${sid}: use another key`,
      sid,
      fence,
      prepare: keyed(bucketOf, (options) => keyArn(options, other)),
      send: (send, options) => send('S3', operation, at(bucketOf(options))),
    },
    {
      name: `${sid}: use the key itself, not through S3`,
      sid,
      fence: 'StringEquals kms:ViaService',
      prepare,
      send: (send, options) =>
        send('KMS', 'Decrypt', {
          KeyId: keyArn(options),
          CiphertextBlob: Buffer.from(`${keyArn(options)}\n${Buffer.from('x').toString('base64')}`),
          EncryptionContext: { 'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/template.json` },
        }),
    },
  ];
}

const executor = (options: CellOptions) => bootstrapRole(appOf(options, 1), 'cfn-exec', placeOf(options));
const otherRoles: Readonly<Record<string, (options: CellOptions) => string>> = {
  'an administrator': ({ partition, account }) => `arn:${partition}:iam::${account}:role/admin`,
  'a role whose name begins alike': (options) => `${executor(options)}-old`,
  'the execution role of another account': (options) => executor(options).replaceAll(options.account, stranger),
  'the deploy role itself': (options) => assumedIn(options)[0],
};

const parameter = (sid: string, which: string, name: string): HostileRequest => ({
  name: `${sid}: read ${which}`,
  sid,
  fence,
  prepare: async (world, options) => {
    await prepare(world, options);
    world.parameters.set(name, 'theirs');
  },
  send: (send) => send('SSM', 'GetParameter', { Name: name }),
});

/** Hosted zones that are not named: of a domain of its own, of the same domain, and one whose id begins alike. */
const otherZones = (options: CellOptions) => [
  { id: 'Z9OTHER', name: 'internal.example.org' },
  { id: 'Z9SAME', name: domain },
  { id: `${options.names('hostedZones')[0] ?? 'Z9'}0`, name: domain },
];

const onZones = ['another hosted zone', 'another hosted zone of the domain', 'a hosted zone whose id begins alike'].map(
  (which, index): HostileRequest => ({
    name: `read ${which}`,
    sid: 'LookUpPrivateZones',
    fence,
    prepare: async (world, options) => {
      await prepare(world, options);
      await populate(world, { hostedZones: [{ ...otherZones(options)[index], vpcs: ['vpc-0a1b2c3d9'] }] });
    },
    send: (send, options) => send('Route53', 'GetHostedZone', { Id: otherZones(options)[index]!.id }),
  }),
);

export const hostile: readonly HostileRequest[] = [
  parameter('ReadBootstrapVersion', 'the version of another bootstrap stack', '/cdk-bootstrap/other/version'),
  parameter('ReadBootstrapVersion', 'another parameter', '/app/token'),
  parameter('LookUpParameters', 'another parameter', '/app/token'),
  parameter('LookUpParameters', 'a parameter whose name begins alike', '/app/domain-old'),
  ...onZones,
  ...onStacks('ReadStacks', 'read the template of', 'GetTemplate', {}),
  ...onStacks('DeployStacks', 'make a change set of', 'CreateChangeSet', {
    ChangeSetName: 'hostile',
    TemplateBody: template,
  }).map(
    (request): HostileRequest => ({
      ...request,
      applies: (options) => request.applies?.(options) !== false && options.is('method', 'change-set', 'both'),
    }),
  ),
  ...onStacks('DeployStacks', 'destroy', 'DeleteStack', {}).map(
    (request): HostileRequest => ({
      ...request,
      applies: (options) => request.applies?.(options) !== false && options.is('destroy', true),
    }),
  ),
  ...Object.entries(otherRoles).map(
    ([which, arn]): HostileRequest => ({
      name: `pass ${which} to CloudFormation`,
      sid: 'PassExecutionRole',
      fence,
      prepare,
      besides: all('cloudformation:CreateStack'),
      send: (send, options) =>
        send('CloudFormation', 'CreateStack', {
          StackName: 'hostile',
          TemplateBody: template,
          RoleARN: arn(options),
        }),
    }),
  ),
  {
    name: 'pass the execution role to Lambda',
    sid: 'PassExecutionRole',
    fence: 'StringEquals iam:PassedToService',
    prepare,
    besides: all('lambda:CreateFunction'),
    send: (send, options) =>
      send('Lambda', 'CreateFunction', {
        FunctionName: 'hostile',
        Role: executor(options),
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('code') },
      }),
  },
  ...onObjects('ReadTemplates', 'read an object of', 'GetObject', { Key: 'template.json' }),
  onTakenBucket('ReadTemplates', 'read a template of', 'GetObject', { Key: 'template.json' }),
  ...onKey('TemplateKey', 'GetObject'),
  ...onObjects('FindAssets', 'list', 'ListObjectsV2', {}),
  onTakenBucket('FindAssets', 'list', 'ListObjectsV2', {}),
  ...onObjects('WriteAssets', 'write into', 'PutObject', { Key: 'template.json', Body: 'x' }),
  onTakenBucket('WriteAssets', 'write into', 'PutObject', { Key: 'template.json', Body: 'x' }),
  ...onKey('AssetKey', 'PutObject'),
  ...['my-app', 'old'].map((which): HostileRequest => {
    const name = (options: CellOptions) => (which === 'old' ? `${repositoryOf(options)}-old` : which);
    return {
      name: which === 'old' ? 'look at a repository whose name begins alike' : 'look at another repository',
      sid: 'PushImages',
      fence,
      prepare: async (world, options) => {
        await prepare(world, options);
        world.registry.create(options.account, options.region, name(options));
      },
      send: (send, options) => send('ECR', 'InitiateLayerUpload', { repositoryName: name(options) }),
    };
  }),
];
