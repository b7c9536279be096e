import { randomUUID } from 'node:crypto';
import { ServiceError, type Call, type Operation, type OperationOutput } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { templateOf } from './source.js';
import {
  addStackSet,
  findStackSet,
  instancesOf,
  regionsOf,
  removeStackSet,
  requireStackSet,
  targetsOf,
} from './stack-sets.js';
import { text } from './stacks.js';
import type { StackSet, StackSetOperation } from './state.js';

const arnIn = (call: Call, { id }: StackSet) =>
  arnOf(call.world, 'cloudformation', call.region, call.principal.account, `stackset/${id}`);

function describe(call: Call, stackSet: StackSet): OperationOutput {
  return {
    StackSetName: stackSet.name,
    StackSetId: stackSet.id,
    Status: 'ACTIVE',
    PermissionModel: stackSet.permissions ?? 'SELF_MANAGED',
    StackSetARN: arnIn(call, stackSet),
    TemplateBody: stackSet.template,
    Parameters: [],
    Capabilities: [],
    Tags: stackSet.tags,
    ...(stackSet.role === undefined ? {} : { AdministrationRoleARN: stackSet.role }),
  };
}

/** Every operation is done at once. */
function operate(call: Call, stackSet: StackSet, action: string, instances: readonly string[]): OperationOutput {
  const id = text(call.input['OperationId']) ?? randomUUID();
  stackSet.operations.push({ id, action, time: new Date(), instances });
  return { OperationId: id };
}

const operationOf = (stackSet: StackSet, { id, action, time }: StackSetOperation): OperationOutput => ({
  OperationId: id,
  StackSetId: stackSet.id,
  Action: action,
  Status: 'SUCCEEDED',
  CreationTimestamp: time,
  EndTimestamp: time,
});

/** @throws {ServiceError} where there was none of the id */
function requireOperation(call: Call, stackSet: StackSet): StackSetOperation {
  const id = String(call.input['OperationId'] ?? '');
  const found = stackSet.operations.find((one) => one.id === id);
  if (found !== undefined) return found;
  if (call.world.assumeExisting) return { id, action: 'UPDATE', time: new Date(), instances: [] };
  throw new ServiceError('OperationNotFoundException', `Operation ${id} not found`, 404);
}

function instanceOf(stackSet: StackSet, instance: string): OperationOutput {
  const [target = '', region = ''] = instance.split('/');
  const where = /^[0-9]{12}$/.test(target) ? { Account: target } : { OrganizationalUnitId: target };
  return { StackSetId: stackSet.id, ...where, Region: region, Status: 'CURRENT' };
}

/** @throws {ServiceError} where a request says no target or no region */
function requireInstances(call: Call): string[] {
  if (targetsOf(call).length === 0 || regionsOf(call).length === 0)
    throw new ServiceError(
      'ValidationError',
      'You must specify at least one value for Accounts or DeploymentTargets, and for Regions.',
    );
  return instancesOf(call);
}

export const stackSetOperations: Readonly<Record<string, Operation>> = {
  CreateStackSet: (call) => {
    const name = String(call.input['StackSetName'] ?? '');
    if (findStackSet(call) !== undefined)
      throw new ServiceError('NameAlreadyExistsException', `The stack set name ${name} already exists`, 409);
    const template = templateOf(call);
    if (template === undefined && !call.world.assumeExisting)
      throw new ServiceError('ValidationError', 'Either Template URL or Template Body must be specified.');
    const made = addStackSet(call, name, text(call.input['PermissionModel']) ?? 'SELF_MANAGED');
    made.template = template ?? '{}';
    made.role = text(call.input['AdministrationRoleARN']);
    made.tags = (call.input['Tags'] ?? []) as readonly unknown[];
    return { StackSetId: made.id };
  },
  UpdateStackSet: (call) => {
    const stackSet = requireStackSet(call);
    if (call.input['UsePreviousTemplate'] !== true) stackSet.template = templateOf(call) ?? stackSet.template;
    stackSet.role = text(call.input['AdministrationRoleARN']) ?? stackSet.role;
    stackSet.tags = (call.input['Tags'] ?? stackSet.tags) as readonly unknown[];
    return operate(call, stackSet, 'UPDATE', [...stackSet.instances]);
  },
  DeleteStackSet: (call) => {
    const stackSet = requireStackSet(call);
    if (stackSet.instances.size > 0) throw new ServiceError('StackSetNotEmptyException', 'StackSet is not empty', 409);
    removeStackSet(call, stackSet);
    return {};
  },
  DescribeStackSet: (call) => ({ StackSet: describe(call, requireStackSet(call)) }),
  CreateStackInstances: (call) => {
    const stackSet = requireStackSet(call);
    const instances = requireInstances(call);
    for (const instance of instances) stackSet.instances.add(instance);
    return operate(call, stackSet, 'CREATE', instances);
  },
  UpdateStackInstances: (call) => {
    const stackSet = requireStackSet(call);
    const instances = requireInstances(call);
    const missing = instances.find((instance) => !stackSet.instances.has(instance));
    if (missing !== undefined && !call.world.assumeExisting)
      throw new ServiceError('StackInstanceNotFoundException', `StackInstance ${missing} not found`, 404);
    return operate(call, stackSet, 'UPDATE', instances);
  },
  DeleteStackInstances: (call) => {
    const stackSet = requireStackSet(call);
    const instances = requireInstances(call);
    for (const instance of instances) stackSet.instances.delete(instance);
    return operate(call, stackSet, 'DELETE', instances);
  },
  ListStackInstances: (call) => {
    const stackSet = requireStackSet(call);
    return { Summaries: [...stackSet.instances].map((instance) => instanceOf(stackSet, instance)) };
  },
  DescribeStackInstance: (call) => {
    const stackSet = requireStackSet(call);
    const asked = `${String(call.input['StackInstanceAccount'])}/${String(call.input['StackInstanceRegion'])}`;
    if (!stackSet.instances.has(asked) && !call.world.assumeExisting)
      throw new ServiceError('StackInstanceNotFoundException', `StackInstance ${asked} not found`, 404);
    return { StackInstance: instanceOf(stackSet, asked) };
  },
  DescribeStackSetOperation: (call) => {
    const stackSet = requireStackSet(call);
    return { StackSetOperation: operationOf(stackSet, requireOperation(call, stackSet)) };
  },
  ListStackSetOperations: (call) => {
    const stackSet = requireStackSet(call);
    return { Summaries: stackSet.operations.map((one) => operationOf(stackSet, one)) };
  },
  ListStackSetOperationResults: (call) => {
    const stackSet = requireStackSet(call);
    const { instances } = requireOperation(call, stackSet);
    return {
      Summaries: instances.map((instance) => ({ ...instanceOf(stackSet, instance), Status: 'SUCCEEDED' })),
    };
  },
};
