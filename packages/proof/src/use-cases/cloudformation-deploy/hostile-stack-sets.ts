import type { CellOptions, HostileRequest } from '../../scenario.js';
import {
  addStackSet,
  adminRole,
  changesInstances,
  deletesSets,
  hasSets,
  isManaged,
  ownSet,
  prepareSets,
  setTemplate,
} from './stack-sets.js';
import { deploys } from './stack.js';

const fence = 'resource';
const allow =
  (...actions: readonly string[]) =>
  () => [{ Effect: 'Allow' as const, Action: [...actions], Resource: ['*'] }];

const others: readonly {
  readonly which: string;
  readonly name: (options: CellOptions) => string;
  readonly region?: string;
}[] = [
  { which: 'another stack set', name: () => 'their-set' },
  { which: 'a stack set whose name only begins alike', name: (options) => `${ownSet(options)}-old` },
  { which: 'a stack set whose name only ends alike', name: (options) => `old-${ownSet(options)}` },
  { which: 'the stack set of the same name in another region', name: ownSet, region: 'us-west-2' },
];

/** With everything there that a request may name. */
function prepare(world: Parameters<typeof prepareSets>[0], options: CellOptions): void {
  prepareSets(world, options);
  const own = ownSet(options);
  for (const name of [own, `${own}-old`, `old-${own}`]) addStackSet(world, options, name);
  addStackSet(world, options, own, 'us-west-2');
}

const where = (options: CellOptions, target?: string, regions = options.names('stackSetRegions')) => ({
  ...(isManaged(options)
    ? { DeploymentTargets: { OrganizationalUnitIds: [target ?? options.names('stackSetTargets')[0]!] } }
    : { Accounts: [target ?? '210987654321'] }),
  Regions: regions,
});

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
    applies: (options) => hasSets(options) && applies(options),
    prepare,
    send: (call, options) =>
      call(
        'CloudFormation',
        operation,
        { StackSetName: name(options), ...input(options) },
        { region: region ?? options.region },
      ),
  }));
}

const update = (options: CellOptions) => ({
  TemplateBody: setTemplate(options, 'hostile'),
  AdministrationRoleARN: adminRole(options),
});

const withRole = (options: CellOptions) => adminRole(options) !== undefined;
const role = 'ArnEquals cloudformation:RoleArn';
const regionFence = 'ForAllValues:StringEquals cloudformation:TargetRegion';

export const hostileStackSets: readonly HostileRequest[] = [
  ...onOthers(
    'WatchStackSets',
    'look at',
    'DescribeStackSet',
    () => ({}),
    () => true,
  ),
  ...onOthers('WatchStackSets', 'delete', 'DeleteStackSet', () => ({}), deletesSets),
  ...onOthers('UpdateStackSets', 'update', 'UpdateStackSet', update, deploys),
  ...onOthers(
    'ChangeStackInstances',
    'make instances of',
    'CreateStackInstances',
    (options) => where(options),
    changesInstances,
  ),
  ...onOthers(
    'ChangeStackInstances',
    'delete instances of',
    'DeleteStackInstances',
    (options) => ({ ...where(options), RetainStacks: false }),
    deletesSets,
  ),
  {
    name: 'create a stack set with another role',
    sid: 'CreateStackSets',
    fence: role,
    applies: withRole,
    prepare,
    besides: allow('iam:PassRole'),
    send: (call, options) =>
      call('CloudFormation', 'CreateStackSet', {
        StackSetName: 'hostile',
        TemplateBody: setTemplate(options, 'hostile'),
        AdministrationRoleARN: adminRole(options, 'admin'),
      }),
  },
  {
    name: 'create a stack set with the role that all may use',
    sid: 'CreateStackSets',
    fence: role,
    applies: withRole,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'CreateStackSet', {
        StackSetName: 'hostile',
        TemplateBody: setTemplate(options, 'hostile'),
      }),
  },
  {
    name: 'update the stack set with another role',
    sid: 'UpdateStackSets',
    fence: role,
    applies: withRole,
    prepare,
    besides: allow('iam:PassRole'),
    send: (call, options) =>
      call('CloudFormation', 'UpdateStackSet', {
        StackSetName: ownSet(options),
        ...update(options),
        AdministrationRoleARN: adminRole(options, 'admin'),
      }),
  },
  {
    name: 'update the stack set with the role that it has',
    sid: 'UpdateStackSets',
    fence: role,
    applies: withRole,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'UpdateStackSet', {
        StackSetName: ownSet(options),
        TemplateBody: setTemplate(options, 'hostile'),
      }),
  },
  {
    name: 'give the stack set a template with another type of resource',
    sid: 'UpdateStackSets',
    fence,
    applies: isManaged,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'UpdateStackSet', {
        StackSetName: ownSet(options),
        TemplateBody: setTemplate(options, 'hostile', ['AWS-IAM-Role']),
      }),
  },
  {
    name: 'deploy to another organizational unit',
    sid: 'ChangeStackInstances',
    fence,
    applies: (options) => isManaged(options) && changesInstances(options),
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'CreateStackInstances', {
        StackSetName: ownSet(options),
        ...where(options, 'ou-ab12-00000000'),
      }),
  },
  {
    name: 'deploy to another region besides',
    sid: 'ChangeStackInstances',
    fence: regionFence,
    applies: changesInstances,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'CreateStackInstances', {
        StackSetName: ownSet(options),
        ...where(options, undefined, [...options.names('stackSetRegions'), 'ap-south-1']),
      }),
  },
  {
    name: 'deploy to no region',
    sid: 'ChangeStackInstances',
    fence: 'Null cloudformation:TargetRegion',
    applies: changesInstances,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'CreateStackInstances', {
        StackSetName: ownSet(options),
        ...where(options, undefined, []),
      }),
  },
  {
    name: 'delete from another region',
    sid: 'ChangeStackInstances',
    fence: regionFence,
    applies: deletesSets,
    prepare,
    send: (call, options) =>
      call('CloudFormation', 'DeleteStackInstances', {
        StackSetName: ownSet(options),
        ...where(options, undefined, ['ap-south-1']),
        RetainStacks: true,
      }),
  },
  {
    name: 'hand over another role for stack sets',
    sid: 'PassAdministrationRole',
    fence,
    prepare,
    besides: allow('cloudformation:UpdateStackSet'),
    send: (call, options) =>
      call('CloudFormation', 'UpdateStackSet', {
        StackSetName: ownSet(options),
        ...update(options),
        AdministrationRoleARN: adminRole(options, 'admin'),
      }),
  },
  {
    name: 'hand the administration role to another service',
    sid: 'PassAdministrationRole',
    fence: 'StringEquals iam:PassedToService',
    prepare,
    besides: allow('lambda:CreateFunction'),
    send: (call, options) =>
      call('Lambda', 'CreateFunction', {
        FunctionName: 'theirs',
        Role: adminRole(options),
        Code: { ZipFile: Buffer.from('PK') },
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
      }),
  },
];
