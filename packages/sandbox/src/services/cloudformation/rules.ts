import { ServiceError, type Call, type Check, type Rule } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { tagContext } from '../request-tags.js';
import { templateOf, templateUrl } from './source.js';
import { stackSetRules } from './stack-set-rules.js';
import { stackOfChangeSet, stackResource, text } from './stacks.js';
import type { Parameter } from './state.js';
import { templateChecks } from './template-checks.js';
import { readSection, readTransforms } from './template.js';

const reference = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html';
const roles = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html';
const policies = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html';
const macros = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html';
const bootstrap =
  'https://github.com/aws/aws-cdk-cli bootstrap-template.yaml: templates and parameters are read with the rights of who deploys';

const named = (call: Call) => String(call.input['StackName'] ?? '');

/** The keys that a request to make or change a stack fills. */
function contextOf(call: Call): NonNullable<Check['context']> {
  const { RoleARN, StackPolicyURL, ResourceTypes, ChangeSetName, Tags } = call.input;
  const single = {
    'cloudformation:RoleArn': text(RoleARN),
    'cloudformation:TemplateUrl': templateUrl(call),
    'cloudformation:StackPolicyUrl': text(StackPolicyURL),
    // What the key holds where the request has an ARN is not known.
    'cloudformation:ChangeSetName': text(ChangeSetName)?.startsWith('arn:') === true ? undefined : text(ChangeSetName),
  };
  const given = Object.entries(single).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return {
    ...Object.fromEntries(given),
    ...(Array.isArray(ResourceTypes) ? { 'cloudformation:ResourceTypes': ResourceTypes.map(String) } : {}),
    ...tagContext(Tags),
  };
}

const onStack = (name: string, stackOf: (call: Call) => string = named): Rule => ({
  source: reference,
  checks: (call) => [
    { action: `cloudformation:${name}`, resource: stackResource(call, stackOf(call)), context: contextOf(call) },
  ],
});

const unscoped = (name: string): Rule => ({
  source: `${reference}: no resource type`,
  checks: (call) => [
    { action: `cloudformation:${name}`, resource: '*', context: contextOf(call) },
    ...templateChecks(call),
  ],
});

function passCheck(call: Call): Check[] {
  const role = text(call.input['RoleARN']);
  if (role === undefined) return [];
  return [
    { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
  ];
}

/**
 * Transforms of AWS have an account of their own, and are known to be asked for by change sets alone; the function behind a
 * macro is called with the rights of who asks.
 */
function transformChecks(call: Call, template: string): Check[] {
  return readTransforms(template).flatMap((name): Check[] => {
    if (!name.startsWith('AWS::')) return [{ action: 'lambda:InvokeFunction', resource: functionOf(call, name) }];
    if (call.operation !== 'CreateChangeSet') return [];
    const resource = arnOf(call.world, 'cloudformation', call.region, 'aws', `transform/${name.slice('AWS::'.length)}`);
    return [{ action: 'cloudformation:CreateChangeSet', resource }];
  });
}

/** @throws {ServiceError} where nobody said which function is behind a macro */
function functionOf({ world }: Call, macro: string): string {
  const found = world.macros.get(macro);
  if (found === undefined)
    throw new ServiceError('NotImplemented', `the sandbox does not know what the macro \`${macro}\` asks for`, 501);
  return found;
}

/** Parameters whose values Systems Manager keeps are read with the rights of who asks. */
function parameterChecks(call: Call, template: string): Check[] {
  const given = (call.input['Parameters'] ?? []) as readonly Parameter[];
  return readSection(template, 'Parameters').flatMap(({ name, type, value }) => {
    if (!type.startsWith('AWS::SSM::Parameter::Value<')) return [];
    const named = given.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue ?? value;
    if (named === undefined) return [];
    const plain = named.replace(/:.*$/, '').replace(/^\//, '');
    const resource = arnOf(call.world, 'ssm', call.region, call.principal.account, `parameter/${plain}`);
    return [{ action: 'ssm:GetParameters', resource }];
  });
}

/** Imports, and the change sets of nested stacks, ask for what no rule asks for; clients say `false` and mean nothing. */
function refuseUnknown({ input }: Call, template: string): void {
  if (input['ImportExistingResources'] === true)
    throw new ServiceError('NotImplemented', 'the sandbox does not know `ImportExistingResources`', 501);
  if (input['IncludeNestedStacks'] !== true) return;
  const nested = readSection(template, 'Resources').find(({ type }) => type === 'AWS::CloudFormation::Stack');
  if (nested !== undefined)
    throw new ServiceError(
      'NotImplemented',
      `the sandbox makes no change set of the nested stack \`${nested.name}\``,
      501,
    );
}

/** An operation that brings a template: with its role, its transforms and its parameters. */
const withTemplate = (name: string): Rule => ({
  source: `${reference}; role: ${roles}; transforms: ${policies}; macros: ${macros}; ${bootstrap}`,
  checks(call) {
    const template = templateOf(call) ?? '';
    refuseUnknown(call, template);
    return [
      { action: `cloudformation:${name}`, resource: stackResource(call, named(call)), context: contextOf(call) },
      ...passCheck(call),
      ...templateChecks(call),
      ...transformChecks(call, template),
      ...parameterChecks(call, template),
    ];
  },
});

const withRole = (name: string): Rule => ({
  source: `${reference}; role: ${roles}`,
  checks: (call) => [
    { action: `cloudformation:${name}`, resource: stackResource(call, named(call)), context: contextOf(call) },
    ...passCheck(call),
  ],
});

export const rules: Readonly<Record<string, Rule>> = {
  ...stackSetRules,
  CreateChangeSet: withTemplate('CreateChangeSet'),
  CreateStack: withTemplate('CreateStack'),
  UpdateStack: withTemplate('UpdateStack'),
  DeleteStack: withRole('DeleteStack'),
  RollbackStack: withRole('RollbackStack'),
  ContinueUpdateRollback: withRole('ContinueUpdateRollback'),
  DescribeChangeSet: onStack('DescribeChangeSet', stackOfChangeSet),
  ExecuteChangeSet: onStack('ExecuteChangeSet', stackOfChangeSet),
  DeleteChangeSet: onStack('DeleteChangeSet', stackOfChangeSet),
  ...Object.fromEntries(
    [
      'DescribeStackEvents',
      'DescribeStackResource',
      'DescribeStackResources',
      'GetTemplate',
      'ListChangeSets',
      'ListStackResources',
      'SetStackPolicy',
      'UpdateTerminationProtection',
    ].map((name) => [name, onStack(name)]),
  ),
  DescribeStacks: {
    source: `${reference}; without a name it lists all: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html`,
    checks: (call) => [
      {
        action: 'cloudformation:DescribeStacks',
        resource: named(call) === '' ? '*' : stackResource(call, named(call)),
      },
    ],
  },
  DescribeEvents: {
    source: `${reference}; an operation by its id alone is of no stack that the request names`,
    checks: (call) => {
      const changeSet = text(call.input['ChangeSetName']);
      const stack = named(call) === '' ? undefined : stackResource(call, named(call));
      const ofChangeSet = changeSet?.startsWith('arn:') === true ? changeSet : undefined;
      return [{ action: 'cloudformation:DescribeEvents', resource: stack ?? ofChangeSet ?? '*' }];
    },
  },
  GetTemplateSummary: {
    source: `${reference}; ${bootstrap}`,
    checks: (call) => [
      {
        action: 'cloudformation:GetTemplateSummary',
        resource: named(call) === '' ? '*' : stackResource(call, named(call)),
        context: contextOf(call),
      },
      ...templateChecks(call),
    ],
  },
  ValidateTemplate: unscoped('ValidateTemplate'),
  ListStacks: unscoped('ListStacks'),
  ListExports: unscoped('ListExports'),
};
