import { ServiceError, type Call } from '../../server/call.js';
import type { TaskDefinition } from './state.js';
import { arnOf } from '../../world/world.js';

export function ecsArn(call: Call, resource: string): string {
  return arnOf(call.world, 'ecs', call.region, call.principal.account, resource);
}

/** What stands behind the last slash of an ARN, or the name itself. */
export const nameOf = (text: unknown) =>
  String(text ?? '')
    .split('/')
    .at(-1)!;
export const clusterOf = (call: Call) => nameOf(call.input['cluster'] ?? 'default');
export const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** A service by name or ARN; one ARN may name another cluster than the request. */
export function serviceArn(call: Call, named: unknown): string {
  const text = String(named ?? '');
  return text.startsWith('arn:') ? text : ecsArn(call, `service/${clusterOf(call)}/${text}`);
}

export function taskArn(call: Call, named: string): string {
  return named.startsWith('arn:') ? named : ecsArn(call, `task/${clusterOf(call)}/${named}`);
}

/** `FAMILY`, `FAMILY:REVISION` or an ARN, as family and revision. */
export function splitFamily(text: unknown): { family: string; revision: number | undefined } {
  const [family, revision] = nameOf(text).split(':');
  return { family: family ?? '', revision: revision === undefined ? undefined : Number(revision) };
}

export function findTaskDefinition(call: Call, named: unknown): TaskDefinition | undefined {
  const { family, revision } = splitFamily(named);
  const { taskDefinitions } = call.world.containers;
  let list = taskDefinitions.get(family);
  if (list === undefined && call.world.assumeExisting && family !== '') {
    list = [
      { family, revision: revision ?? 1, input: { family, containerDefinitions: [] }, tags: [], status: 'ACTIVE' },
    ];
    taskDefinitions.set(family, list);
  }
  return revision === undefined
    ? list?.findLast(({ status }) => status === 'ACTIVE')
    : list?.find((one) => one.revision === revision);
}

export function requireTaskDefinition(call: Call, named: unknown): TaskDefinition {
  const found = findTaskDefinition(call, named);
  if (found === undefined) throw new ServiceError('ClientException', 'Unable to describe task definition.');
  return found;
}

export const definitionArn = (call: Call, { family, revision }: TaskDefinition) =>
  ecsArn(call, `task-definition/${family}:${revision}`);
