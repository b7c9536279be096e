import { ServiceError, type Call, type Check, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { tagContext } from '../request-tags.js';
import { templateChecks } from './template-checks.js';
import { templateOf, templateUrl } from './source.js';
import { findStackSet, isServiceManaged, regionsOf, stackSetResource, targetsOf } from './stack-sets.js';
import { text } from './stacks.js';
import { readSection, readTransforms } from './template.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html';
const roles = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html';
const managed =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security_iam_id-based-policy-examples.html, by region and resource types; the types of AWS have no account';

const administrationRole = (call: Call) => text(call.input['AdministrationRoleARN']);

function contextOf(call: Call): NonNullable<Check['context']> {
  const regions = regionsOf(call);
  const single = {
    'cloudformation:RoleArn': administrationRole(call),
    'cloudformation:TemplateUrl': templateUrl(call),
  };
  const given = Object.entries(single).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return {
    ...Object.fromEntries(given),
    ...(regions.length === 0 ? {} : { 'cloudformation:TargetRegion': regions }),
    ...tagContext(call.input['Tags']),
  };
}

/** Who acts for the organization names stack sets of another account, and which resources that asks for is not known. */
function refuseUnknown(call: Call, template: string): void {
  if (call.input['CallAs'] === 'DELEGATED_ADMIN')
    throw new ServiceError('NotImplemented', 'the sandbox does not know what a delegated administrator asks for', 501);
  const [transform] = readTransforms(template);
  if (transform !== undefined)
    throw new ServiceError(
      'NotImplemented',
      `the sandbox does not know what the transform \`${transform}\` of a stack set asks for`,
      501,
    );
}

/** What is deployed where: with service-managed permissions, each target and each type of the template is asked for. */
function managedChecks(call: Call, template: string): Check[] {
  if (!isServiceManaged(call)) return [];
  const name = String(call.input['StackSetName']).replace(/:[^:]*$/, '');
  const types = new Set(readSection(template, 'Resources').map(({ type }) => type.replaceAll('::', '-')));
  const { world, region, principal } = call;
  const resources = [
    ...targetsOf(call).map((target) =>
      arnOf(world, 'cloudformation', region, principal.account, `stackset-target/${name}:*/${target}`),
    ),
    ...[...types].map((type) => arnOf(world, 'cloudformation', region, '', `type/resource/${type}`)),
  ];
  return resources.map((resource) => ({
    action: `cloudformation:${call.operation}`,
    resource,
    context: contextOf(call),
  }));
}

function passCheck(call: Call): Check[] {
  const role = administrationRole(call);
  if (role === undefined) return [];
  return [
    { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  ];
}

const stored = (call: Call) => findStackSet(call)?.template ?? '';

function templateIn(call: Call): string {
  return call.input['UsePreviousTemplate'] === true ? stored(call) : (templateOf(call) ?? '');
}

const onStackSet = (name: string): Rule => ({
  source: reference,
  checks: (call) => {
    refuseUnknown(call, '');
    return [{ action: `cloudformation:${name}`, resource: stackSetResource(call) }];
  },
});

const onInstances = (name: string): Rule => ({
  source: `${reference}; targets and types: ${managed}`,
  checks: (call) => {
    refuseUnknown(call, '');
    return [
      { action: `cloudformation:${name}`, resource: stackSetResource(call), context: contextOf(call) },
      ...managedChecks(call, stored(call)),
    ];
  },
});

export const stackSetRules: Readonly<Record<string, Rule>> = {
  CreateStackSet: {
    source: `${reference}: no resource type; role: ${roles}`,
    checks: (call) => {
      refuseUnknown(call, templateIn(call));
      return [
        { action: 'cloudformation:CreateStackSet', resource: '*', context: contextOf(call) },
        ...passCheck(call),
        ...templateChecks(call),
      ];
    },
  },
  UpdateStackSet: {
    source: `${reference}; role: ${roles}; targets and types: ${managed}`,
    checks: (call) => {
      refuseUnknown(call, templateIn(call));
      return [
        { action: 'cloudformation:UpdateStackSet', resource: stackSetResource(call), context: contextOf(call) },
        ...managedChecks(call, templateIn(call)),
        ...passCheck(call),
        ...templateChecks(call),
      ];
    },
  },
  ...Object.fromEntries(
    ['CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances'].map((name) => [name, onInstances(name)]),
  ),
  ...Object.fromEntries(
    [
      'DeleteStackSet',
      'DescribeStackInstance',
      'DescribeStackSet',
      'DescribeStackSetOperation',
      'ListStackInstances',
      'ListStackSetOperationResults',
      'ListStackSetOperations',
    ].map((name) => [name, onStackSet(name)]),
  ),
};
