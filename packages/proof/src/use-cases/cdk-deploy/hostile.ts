import { populate } from '@postern/sandbox';
import { bootstrapRole, type BootstrapRole, type CdkPlace } from '../../cdk-assembly.js';
import type { CellOptions, HostileRequest } from '../../scenario.js';
import { appOf, placesOf, prepare, swaps } from './environment.js';

const stranger = '999999999999';
const fence = 'resource';

const sids: Readonly<Record<string, BootstrapRole>> = {
  DeployRole: 'deploy',
  FilePublishingRole: 'file-publishing',
  ImagePublishingRole: 'image-publishing',
  LookupRole: 'lookup',
  NamedRoles: 'deploy',
};

/** Roles that are not the job's: each differs in one thing from one that is. */
const others: readonly (readonly [
  which: string,
  arn: (own: string, place: CdkPlace, options: CellOptions) => string,
])[] = [
  [
    'the role of another qualifier',
    (own, _, options) => own.replace(`cdk-${options.name('qualifier')}-`, 'cdk-team-b-'),
  ],
  ['a role whose name only begins alike', (own) => `${own}-old`],
  ['a role whose name only ends alike', (own) => own.replace('role/', 'role/old-')],
  ['the role of another account', (own, { account }) => own.replaceAll(account, stranger)],
  ['the name in another account', (own, { account }) => own.replace(`::${account}:`, `::${stranger}:`)],
  ['the role of another region', (own, { region }) => own.replace(region, 'ap-south-1')],
  ['the execution role', (_, place, options) => bootstrapRole(appOf(options, 1), 'cfn-exec', place)],
];

const call = (RoleArn: string, ...tags: readonly string[]) => ({
  RoleArn,
  RoleSessionName: 'hostile',
  ...(tags.length === 0 ? {} : { Tags: tags.map((Key) => ({ Key, Value: 'x' })) }),
});

const anyRole = () => [{ Effect: 'Allow' as const, Action: ['sts:AssumeRole'], Resource: ['*'] }];
const ownTag = (options: CellOptions) => options.names('sessionTags')[0] ?? 'Team';

const roleRequests = Object.entries(sids).flatMap(([sid, role]): HostileRequest[] => {
  const own = (options: CellOptions) => bootstrapRole(appOf(options, 1), role, placesOf(options)[0]!);
  // What a role of another name has in it, only the usual names have.
  const named = sid === 'NamedRoles' ? others.filter(([which]) => !/qualifier|region/.test(which)) : others;
  return [
    ...named.map(([which, arn]): HostileRequest => {
      const other = (options: CellOptions) => arn(own(options), placesOf(options)[0]!, options);
      return {
        name: `${sid}: assume ${which}`,
        sid: `Assume${sid}`,
        fence,
        send: (send, options) => send('STS', 'AssumeRole', call(other(options))),
      };
    }),
    {
      name: `${sid}: tag the session of another role`,
      sid: `Tag${sid}`,
      fence,
      besides: anyRole,
      send: (send, options) => send('STS', 'AssumeRole', call(`${own(options)}-old`, ownTag(options))),
    },
    {
      name: `${sid}: set a tag that is not named`,
      sid: `Tag${sid}`,
      fence: 'ForAllValues:StringEquals aws:TagKeys',
      send: (send, options) => send('STS', 'AssumeRole', call(own(options), ownTag(options), 'Department')),
    },
  ];
});

/** Stacks, functions and code that are not the job's to swap. */
const swapRequests: readonly HostileRequest[] = [
  ...(['dev-2', 'old-dev', 'production'] as const).map(
    (name): HostileRequest => ({
      name: `read the stack ${name}`,
      sid: 'ReadHotswapStacks',
      fence,
      applies: swaps,
      prepare: async (world, options) => {
        await prepare(world, options);
        await populate(world, { stacks: [{ name, template: '{}' }] });
      },
      send: (send) => send('CloudFormation', 'GetTemplate', { StackName: name }),
    }),
  ),
  {
    name: 'read the stack of the same name in another region',
    sid: 'ReadHotswapStacks',
    fence,
    send: (send, options) =>
      send('CloudFormation', 'GetTemplate', { StackName: options.names('hotswapStacks')[0] }, { region: 'us-west-2' }),
  },
  ...(['dev-api-2', 'old-dev-api', 'production'] as const).map(
    (name): HostileRequest => ({
      name: `put code into the function ${name}`,
      sid: 'SwapFunctions',
      fence,
      applies: swaps,
      send: (send) => send('Lambda', 'UpdateFunctionCode', { FunctionName: name, ZipFile: Buffer.from('code') }),
    }),
  ),
  {
    name: 'put code into the function of the same name in another account',
    sid: 'SwapFunctions',
    fence,
    send: (send, options) => {
      const arn = `arn:${options.partition}:lambda:${options.region}:${stranger}:function:${options.names('hotswapFunctions')[0]}`;
      return send('Lambda', 'UpdateFunctionCode', { FunctionName: arn, ZipFile: Buffer.from('code') });
    },
  },
  ...(['cdk-team-b-assets', 'cdk-hnb659fds-assets-old'] as const).map((name): HostileRequest => {
    const bucket = ({ account, region }: CellOptions) => `${name}-${account}-${region}`;
    return {
      name: `read an object of ${name}`,
      sid: 'ReadHotswapAssets',
      fence,
      prepare: (world, options) => void world.objects.create(bucket(options), options.account, options.region),
      send: (send, options) => send('S3', 'GetObject', { Bucket: bucket(options), Key: 'code.zip' }),
    };
  }),
];

export const hostile: readonly HostileRequest[] = [...roleRequests, ...swapRequests];
export const tagStatements = Object.keys(sids).map((sid) => `Tag${sid}`);
