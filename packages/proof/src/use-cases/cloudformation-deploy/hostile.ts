import { populate } from '@postern/sandbox';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import {
  bucketOf,
  byAction,
  deletes,
  deploys,
  isDirect,
  keyArn,
  macroOf,
  prepare,
  prepareBoth,
  reads,
  roleArn,
  templateKey,
  templateOf,
  uploads,
} from './stack.js';

const fence = 'resource';
const exact = (options: CellOptions) => options.is('scope', 'exact');
const own = (options: CellOptions) => options.names('stacks')[0]!;
const bySets = (options: CellOptions) => !reads(options) && !isDirect(options);
const allow =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];

interface OtherStack {
  readonly which: string;
  readonly name: (options: CellOptions) => string;
  readonly region?: string;
}

const others: readonly OtherStack[] = [
  { which: 'another stack', name: () => 'theirs' },
  { which: 'a stack whose name only begins alike', name: (options) => `${own(options)}-old` },
  { which: 'a stack whose name only ends alike', name: (options) => `old-${own(options)}` },
  { which: 'the stack of the same name in another region', name: own, region: 'us-west-2' },
  {
    which: 'the stack of the same name in another account',
    name: (options) =>
      `arn:${options.partition}:cloudformation:${options.region}:999999999999:stack/${own(options)}/1234abcd-12ab-34cd-56ef-1234567890ab`,
  },
];

function onOthers(
  sid: string,
  what: string,
  operation: string,
  input: (options: CellOptions) => object,
  applies: (options: CellOptions) => boolean,
): HostileRequest[] {
  return others.map(({ which, name, region }) => ({
    name: `${what} ${which}`,
    sid,
    fence,
    applies: (options) => exact(options) && options.partition === 'aws' && applies(options),
    prepare: (world, options) => {
      prepareBoth(world, options);
      for (const place of ['us-west-2', options.region])
        populate(
          { ...world, region: place },
          { stacks: [own(options), `${own(options)}-old`, `old-${own(options)}`].map((stack) => ({ name: stack })) },
        );
    },
    send: (call, options) =>
      call(
        'CloudFormation',
        operation,
        { StackName: name(options), ...input(options) },
        { region: region ?? options.region },
      ),
  }));
}

const changeSet = (options: CellOptions) => ({
  ChangeSetName: 'hostile',
  TemplateBody: templateOf(options, 'hostile', [], []),
  RoleARN: roleArn(options),
});

/** The job's own request with something else in it. */
function ownRequest(input: (options: CellOptions) => object): HostileRequest['send'] {
  return (call, options) =>
    isDirect(options)
      ? call('CloudFormation', 'UpdateStack', { StackName: own(options), TemplateBody: '{"a":1}', ...input(options) })
      : call('CloudFormation', 'CreateChangeSet', {
          StackName: own(options),
          ...changeSet(options),
          ...input(options),
        });
}

/** The same on what is no nested stack of the job. */
function nestedOfOthers(operation: 'CreateStack' | 'UpdateStack' | 'DeleteStack'): HostileRequest[] {
  const ending = '1A2B3C4D5E6F';
  const named: readonly (readonly [which: string, name: (options: CellOptions) => string, region?: string])[] = [
    ['a nested stack of another stack', () => `theirs-Network-${ending}`],
    ['a nested stack that is not named', (options) => `${own(options)}-Database-${ending}`],
    ['a nested stack in another region', (options) => `${own(options)}-Network-${ending}`, 'us-west-2'],
  ];
  return named.map(([which, name, region]) => ({
    name: `${operation} of ${which}`,
    sid: 'NestedStacks',
    fence,
    prepare: (world, options) => {
      prepareBoth(world, options);
      if (operation !== 'UpdateStack') return;
      const place = region ?? options.region;
      populate({ ...world, region: place }, { stacks: [{ name: name(options), template: '{}' }] });
    },
    send: (call, options) =>
      call(
        'CloudFormation',
        operation,
        { StackName: name(options), ...(operation === 'DeleteStack' ? {} : { TemplateBody: '{"a":1}' }) },
        { region: region ?? options.region },
      ),
  }));
}

const passes = (options: CellOptions) => roleArn(options) !== undefined;
const withKey = (options: CellOptions) => keyArn(options) !== undefined;
const role = 'ArnEquals cloudformation:RoleArn';

export const hostile: readonly HostileRequest[] = [
  ...onOthers(
    'WatchStacks',
    'look at',
    'DescribeStacks',
    () => ({}),
    () => true,
  ),
  ...onOthers('WatchStacks', 'read the template of', 'GetTemplate', () => ({}), reads),
  {
    name: 'carry out a change set of another stack',
    sid: 'WatchStacks',
    fence,
    applies: (options) => exact(options) && bySets(options) && deploys(options),
    prepare: prepareBoth,
    send: (call) => call('CloudFormation', 'ExecuteChangeSet', { StackName: 'theirs', ChangeSetName: 'waiting' }),
  },
  ...onOthers('ChangeStacks', 'make a change set of', 'CreateChangeSet', changeSet, bySets),
  ...onOthers(
    'ChangeStacks',
    'update',
    'UpdateStack',
    (options) => ({ TemplateBody: '{"a":1}', RoleARN: roleArn(options) }),
    (options) => isDirect(options),
  ),
  ...onOthers(
    'ChangeStacks',
    'delete',
    'DeleteStack',
    (options) => ({ RoleARN: roleArn(options) }),
    (options) => deletes(options) && !byAction(options),
  ),
  ...onOthers(
    'DeleteFailedStacks',
    'delete',
    'DeleteStack',
    () => ({}),
    () => true,
  ),
  {
    name: 'deploy with another role',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare: prepareBoth,
    besides: allow('iam:PassRole'),
    send: ownRequest((options) => ({ RoleARN: roleArn(options, 'admin') })),
  },
  {
    name: 'deploy with the role that the stack has',
    sid: 'ChangeStacks',
    fence: role,
    applies: passes,
    prepare: prepareBoth,
    send: ownRequest(() => ({ RoleARN: undefined })),
  },
  {
    name: 'delete the stack with another role',
    sid: 'ChangeStacks',
    fence: role,
    applies: (options) => passes(options) && deletes(options) && !byAction(options),
    prepare: prepareBoth,
    besides: allow('iam:PassRole'),
    send: (call, options) =>
      call('CloudFormation', 'DeleteStack', { StackName: own(options), RoleARN: roleArn(options, 'admin') }),
  },
  {
    name: 'hand over another role',
    sid: 'PassServiceRole',
    fence,
    prepare: prepareBoth,
    besides: allow('cloudformation:CreateChangeSet', 'cloudformation:UpdateStack'),
    send: ownRequest((options) => ({ RoleARN: roleArn(options, 'admin') })),
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
    applies: (options) => options.names('transforms').length > 0 && bySets(options),
    prepare: prepareBoth,
    send: ownRequest((options) => ({ TemplateBody: templateOf(options, 'hostile', ['Include'], []) })),
  },
  {
    name: 'deploy a template with another macro',
    sid: 'RunMacros',
    fence,
    prepare: prepareBoth,
    send: ownRequest((options) => ({
      TemplateBody: JSON.stringify({ Transform: [macroOf('their-macro')], Resources: {} }),
      RoleARN: roleArn(options),
    })),
  },
  ...nestedOfOthers('CreateStack'),
  ...nestedOfOthers('UpdateStack'),
  ...nestedOfOthers('DeleteStack'),
  ...['theirs/stack.json', 'app-old/stack.json'].map(
    (key): HostileRequest => ({
      name: `deploy the template ${key}`,
      sid: 'Templates',
      fence,
      applies: (options) => !options.is('wholeBucket', true) && !withKey(options),
      prepare: prepareBoth,
      send: ownRequest((options) => ({
        TemplateBody: undefined,
        TemplateURL: `https://s3.${options.region}.amazonaws.com/${bucketOf(options)}/${key}`,
      })),
    }),
  ),
  {
    name: 'deploy a template of another bucket',
    sid: 'Templates',
    fence,
    applies: (options) => !withKey(options),
    prepare: prepareBoth,
    send: ownRequest((options) => ({
      TemplateBody: undefined,
      TemplateURL: `https://s3.${options.region}.amazonaws.com/other-bucket/${templateKey(options)}`,
    })),
  },
  {
    name: 'replace a template of somebody else',
    sid: 'Templates',
    fence,
    applies: (options) => uploads(options) && !withKey(options),
    prepare,
    send: (call, options) =>
      call('S3', 'PutObject', { Bucket: bucketOf(options), Key: 'theirs/stack.json', Body: '{}' }),
  },
  {
    name: 'upload with another key',
    sid: 'TemplateKey',
    fence,
    applies: uploads,
    prepare,
    send: (call, options) =>
      call('S3', 'PutObject', {
        Bucket: bucketOf(options),
        Key: templateKey(options),
        Body: '{}',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn(options, '00000000-12ab-34cd-96ef-1234567890ab'),
      }),
  },
  {
    name: 'use the key for another object',
    sid: 'TemplateKey',
    fence: 'StringLike kms:EncryptionContext:aws:s3:arn',
    applies: (options) => !options.is('wholeBucket', true),
    prepare,
    besides: allow('s3:GetObject'),
    send: (call, options) => call('S3', 'GetObject', { Bucket: bucketOf(options), Key: 'theirs/stack.json' }),
  },
  {
    name: 'use the key itself, not through S3',
    sid: 'TemplateKey',
    fence: 'StringEquals kms:ViaService',
    applies: uploads,
    prepare,
    send: (call, options) =>
      call('KMS', 'GenerateDataKey', {
        KeyId: keyArn(options),
        KeySpec: 'AES_256',
        EncryptionContext: {
          'aws:s3:arn': `arn:${options.partition}:s3:::${bucketOf(options)}/${templateKey(options)}`,
        },
      }),
  },
  {
    name: 'deploy a template with another parameter',
    sid: 'ReadParameters',
    fence,
    prepare: prepareBoth,
    send: ownRequest((options) => ({ TemplateBody: templateOf(options, 'hostile', [], ['/app/image-old']) })),
  },
];
