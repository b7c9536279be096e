import { randomUUID } from 'node:crypto';
import { ServiceError, type Call, type Operation, type OperationOutput } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { makeOutputs, makeResources } from './made.js';
import { mayMake } from './may-make.js';
import { deleteNested, deployNested } from './nested.js';
import { templateObject, templateOf } from './source.js';
import { stackSetOperations } from './stack-set-operations.js';
import {
  addStack,
  findStack,
  removeStack,
  requireChangeSet,
  requireStack,
  stackOfChangeSet,
  stacksHere,
  text,
} from './stacks.js';
import type { ChangeSet, Deployed, Parameter, Stack } from './state.js';
import { readSection } from './template.js';

const inReview = 'REVIEW_IN_PROGRESS';
const named = (call: Call) => String(call.input['StackName'] ?? '');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What a request is to deploy; values that are to stay are those of the stack. */
function deployedBy(call: Call, present: Deployed | undefined): Deployed {
  const usesPrevious = call.input['UsePreviousTemplate'] === true;
  const template = usesPrevious ? (present?.template ?? '{}') : templateOf(call);
  if (template === undefined && !call.world.assumeExisting)
    throw new ServiceError(
      'ValidationError',
      templateObject(call) === undefined
        ? 'Either Template URL or Template Body must be specified.'
        : 'S3 error: The specified key does not exist.',
    );
  return {
    template: template ?? '{}',
    parameters: valuesOf(call, template ?? '{}', present),
    tags: listOf(call.input['Tags'] ?? present?.tags),
    capabilities: listOf(call.input['Capabilities']),
  };
}

/** The value of each parameter: as it is given, as it was where it is to stay, else the default. */
function valuesOf(call: Call, template: string, present: Deployed | undefined): Parameter[] {
  const given = listOf(call.input['Parameters']) as readonly Parameter[];
  const declared = readSection(template, 'Parameters');
  const names = new Set([...declared.map(({ name }) => name), ...given.map(({ ParameterKey = '' }) => ParameterKey)]);
  return [...names].map((ParameterKey) => {
    const own = given.find((one) => one.ParameterKey === ParameterKey);
    const before = present?.parameters.find((one) => one.ParameterKey === ParameterKey)?.ParameterValue;
    const usual = declared.find(({ name }) => name === ParameterKey)?.value ?? '';
    const kept = own?.UsePreviousValue === true ? before : own?.ParameterValue;
    return { ParameterKey, ParameterValue: kept ?? usual };
  });
}

const isSame = (one: Deployed, other: Deployed | undefined) =>
  JSON.stringify([one.template, one.parameters, one.tags]) ===
  JSON.stringify([other?.template, other?.parameters, other?.tags]);

/** Every change of a stack is done at once. */
function deploy(call: Call, stack: Stack, deployed: Deployed, role: string | undefined): void {
  const isNew = stack.deployed === undefined && stack.status === inReview;
  stack.role = role ?? stack.role;
  const makes = () => mayMake(call, stack, deployed.template) && deployNested(call, stack, deployed.template);
  if (stack.role === undefined && !makes()) {
    stack.status = isNew ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
    record(stack);
    return;
  }
  stack.deployed = deployed;
  stack.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
  makeResources(call, stack);
  makeOutputs(stack);
  record(stack);
  noteRole(call, stack);
}

function record(stack: Stack): void {
  // Clients wait for an event that is newer than their change set.
  const last = stack.events.at(-1)?.time.getTime() ?? 0;
  stack.events.push({ status: stack.status, time: new Date(Math.max(Date.now(), last + 1)) });
}

/** A stack that failed is as it was before, at once; one that did not is left alone. */
function rollBack(call: Call): Stack {
  const stack = requireStack(call);
  if (!stack.status.endsWith('_FAILED')) return stack;
  stack.status = stack.status === 'CREATE_FAILED' ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
  record(stack);
  return stack;
}

/** Without a role, CloudFormation makes the resources with the rights of who asked for it. */
function noteRole({ world }: Call, { name, role }: Stack): void {
  if (role === undefined)
    world.assumed.set(
      `the stack \`${name}\` is deployed with the rights of the job, since no role is passed: what its resources need is not known`,
      `stack/${name}/`,
    );
}

/** What a change set is made for that is to create a stack: one in review, which its first event says. */
function addReviewed(call: Call): Stack {
  const stack = addStack(call, named(call), inReview);
  record(stack);
  return stack;
}

const wasUpdated = ({ events }: Stack) => events.filter(({ status }) => status !== inReview).length > 1;

function describe(stack: Stack): OperationOutput {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: stack.status,
    CreationTime: stack.created,
    ...(wasUpdated(stack) ? { LastUpdatedTime: stack.events.at(-1)!.time } : {}),
    DisableRollback: false,
    EnableTerminationProtection: stack.protection,
    RollbackConfiguration: {},
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    NotificationARNs: [],
    Parameters: stack.deployed?.parameters ?? [],
    Tags: stack.deployed?.tags ?? [],
    Capabilities: stack.deployed?.capabilities ?? [],
    Outputs: [...stack.outputs].map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    ...(stack.role === undefined ? {} : { RoleARN: stack.role }),
  };
}

const eventsOf = (stack: Stack): OperationOutput[] =>
  stack.events
    .map(({ status, time }, index) => ({
      StackId: stack.id,
      EventId: `${stack.name}-${index + 1}`,
      StackName: stack.name,
      LogicalResourceId: stack.name,
      PhysicalResourceId: stack.id,
      ResourceType: 'AWS::CloudFormation::Stack',
      Timestamp: time,
      ResourceStatus: status,
    }))
    .reverse();

function resourcesOf(stack: Stack): OperationOutput[] {
  const declared = readSection(stack.deployed?.template ?? '', 'Resources');
  const types = new Map(declared.map(({ name, type }) => [name, type]));
  return [...new Set([...types.keys(), ...stack.resources.keys()])].map((name) => ({
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: name,
    PhysicalResourceId: stack.resources.get(name) ?? `${stack.name}-${name}`.toLowerCase(),
    ResourceType: types.get(name) ?? 'Custom::Resource',
    Timestamp: stack.created,
    LastUpdatedTimestamp: stack.created,
    ResourceStatus: 'CREATE_COMPLETE',
  }));
}

const nothing =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

function describeChangeSet(stack: Stack, changeSet: ChangeSet): OperationOutput {
  const { deployed, empty, executed } = changeSet;
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetType: changeSet.kind,
    CreationTime: changeSet.created,
    Parameters: deployed.parameters,
    Tags: deployed.tags,
    Capabilities: deployed.capabilities,
    Status: empty ? 'FAILED' : 'CREATE_COMPLETE',
    ...(empty ? { StatusReason: nothing } : {}),
    ExecutionStatus: empty ? 'UNAVAILABLE' : executed ? 'EXECUTE_COMPLETE' : 'AVAILABLE',
    Changes: empty ? [] : changesOf(stack, deployed),
  };
}

function changesOf(stack: Stack, { template }: Deployed): OperationOutput[] {
  const Action = stack.deployed === undefined ? 'Add' : 'Modify';
  const declared = readSection(template, 'Resources');
  const changed = declared.length === 0 ? [{ name: stack.name, type: 'AWS::CloudFormation::Stack' }] : declared;
  return changed.map(({ name, type }) => ({
    Type: 'Resource',
    ResourceChange: { Action, LogicalResourceId: name, ResourceType: type, Scope: [], Details: [] },
  }));
}

export const operations: Readonly<Record<string, Operation>> = {
  ...stackSetOperations,
  DescribeStacks: (call) => ({
    Stacks: (named(call) === '' ? stacksHere(call) : [requireStack(call)]).map(describe),
  }),
  ListStacks: (call) => ({
    StackSummaries: stacksHere(call).map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      CreationTime: stack.created,
      StackStatus: stack.status,
    })),
  }),
  ListExports: () => ({ Exports: [] }),
  CreateStack: (call) => {
    const found = findStack(call, named(call));
    if (found !== undefined && found.status !== inReview)
      throw new ServiceError('AlreadyExistsException', `Stack [${named(call)}] already exists`);
    const deployed = deployedBy(call, undefined);
    const stack = addStack(call, named(call), inReview);
    stack.protection = call.input['EnableTerminationProtection'] === true;
    deploy(call, stack, deployed, text(call.input['RoleARN']));
    return { StackId: stack.id };
  },
  UpdateStack: (call) => {
    const stack = requireStack(call);
    const deployed = deployedBy(call, stack.deployed);
    if (isSame(deployed, stack.deployed)) throw new ServiceError('ValidationError', 'No updates are to be performed.');
    deploy(call, stack, deployed, text(call.input['RoleARN']));
    return { StackId: stack.id };
  },
  DeleteStack: (call) => {
    const stack = findStack(call, named(call));
    if (stack === undefined) return {};
    if (stack.protection)
      throw new ServiceError(
        'ValidationError',
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    const role = text(call.input['RoleARN']) ?? stack.role;
    noteRole(call, { ...stack, role });
    const isDeleted = role !== undefined || deleteNested(call, stack);
    stack.status = isDeleted ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
    record(stack);
    if (!isDeleted) return {};
    removeStack(call, stack);
    return {};
  },
  RollbackStack: (call) => ({ StackId: rollBack(call).id }),
  ContinueUpdateRollback: (call) => {
    rollBack(call);
    return {};
  },
  SetStackPolicy: (call) => {
    requireStack(call);
    return {};
  },
  UpdateTerminationProtection: (call) => {
    const stack = requireStack(call);
    stack.protection = call.input['EnableTerminationProtection'] === true;
    return { StackId: stack.id };
  },
  CreateChangeSet: (call) => {
    const kind = String(call.input['ChangeSetType'] ?? 'UPDATE');
    const found = kind === 'CREATE' ? findStack(call, named(call)) : requireStack(call);
    if (kind === 'CREATE' && found !== undefined && found.status !== inReview)
      throw new ServiceError(
        'ValidationError',
        `Stack [${named(call)}] already exists and cannot be created again with the changeSet [${String(call.input['ChangeSetName'])}].`,
      );
    const deployed = deployedBy(call, found?.deployed);
    const stack = found ?? addReviewed(call);
    const name = String(call.input['ChangeSetName'] ?? '');
    if (stack.changeSets.get(name)?.executed === false)
      throw new ServiceError(
        'AlreadyExistsException',
        `ChangeSet ${name} cannot be created due to a mismatch with existing attribute`,
      );
    const resource = `changeSet/${name}/${randomUUID()}`;
    const changeSet: ChangeSet = {
      name,
      id: arnOf(call.world, 'cloudformation', call.region, call.principal.account, resource),
      kind,
      deployed,
      role: text(call.input['RoleARN']),
      created: new Date(),
      empty: isSame(deployed, stack.deployed),
      executed: false,
    };
    stack.changeSets.set(name, changeSet);
    return { Id: changeSet.id, StackId: stack.id };
  },
  DescribeChangeSet: (call) => {
    const { stack, changeSet } = requireChangeSet(call);
    return describeChangeSet(stack, changeSet);
  },
  ListChangeSets: (call) => {
    const stack = requireStack(call);
    return { Summaries: [...stack.changeSets.values()].map((one) => describeChangeSet(stack, one)) };
  },
  ExecuteChangeSet: (call) => {
    const { stack, changeSet } = requireChangeSet(call);
    if (changeSet.empty || changeSet.executed)
      throw new ServiceError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status`,
      );
    deploy(call, stack, changeSet.deployed, changeSet.role);
    changeSet.executed = true;
    return {};
  },
  DeleteChangeSet: (call) => {
    const stack = findStack(call, stackOfChangeSet(call));
    const asked = String(call.input['ChangeSetName'] ?? '');
    for (const { name, id } of stack?.changeSets.values() ?? [])
      if (name === asked || id === asked) stack?.changeSets.delete(name);
    return {};
  },
  DescribeStackEvents: (call) => ({ StackEvents: eventsOf(requireStack(call)) }),
  DescribeEvents: (call) => {
    const asked =
      text(call.input['StackName']) ?? (call.input['ChangeSetName'] === undefined ? undefined : stackOfChangeSet(call));
    const stack = asked === undefined ? undefined : findStack(call, asked);
    return { OperationEvents: stack === undefined ? [] : eventsOf(stack) };
  },
  GetTemplate: (call) => {
    const changeSet = call.input['ChangeSetName'] === undefined ? undefined : requireChangeSet(call).changeSet;
    const deployed = changeSet?.deployed ?? requireStack(call).deployed;
    return { TemplateBody: deployed?.template ?? '{}', StagesAvailable: ['Original', 'Processed'] };
  },
  GetTemplateSummary: (call) =>
    summaryOf(templateOf(call) ?? (named(call) === '' ? '' : (requireStack(call).deployed?.template ?? ''))),
  ValidateTemplate: (call) => {
    const { Parameters } = summaryOf(templateOf(call) ?? '');
    return { Parameters, Capabilities: [] };
  },
  ListStackResources: (call) => ({ StackResourceSummaries: resourcesOf(requireStack(call)) }),
  DescribeStackResources: (call) => {
    const asked = text(call.input['LogicalResourceId']);
    const found = resourcesOf(requireStack(call));
    return { StackResources: found.filter((one) => asked === undefined || one['LogicalResourceId'] === asked) };
  },
  DescribeStackResource: (call) => {
    const asked = String(call.input['LogicalResourceId'] ?? '');
    const stack = requireStack(call);
    const found = resourcesOf(stack).find((one) => one['LogicalResourceId'] === asked);
    if (found === undefined)
      throw new ServiceError('ValidationError', `Resource ${asked} does not exist for stack ${stack.name}`);
    return { StackResourceDetail: found };
  },
};

function summaryOf(template: string): OperationOutput {
  const resources = readSection(template, 'Resources');
  return {
    Parameters: readSection(template, 'Parameters').map(({ name, type, value }) => ({
      ParameterKey: name,
      ParameterType: type,
      NoEcho: false,
      ...(value === undefined ? {} : { DefaultValue: value }),
    })),
    ResourceTypes: [...new Set(resources.map(({ type }) => type))],
    Capabilities: [],
  };
}
