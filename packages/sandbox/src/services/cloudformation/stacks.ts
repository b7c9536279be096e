import { randomUUID } from 'node:crypto';
import { ServiceError, type Call } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import type { ChangeSet, Stack } from './state.js';

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const stackForm = /^arn:[^:]+:cloudformation:[^:]+:[^:]+:stack\/([^/]+)\/.+$/;

const nameIn = (named: string) => stackForm.exec(named)?.[1] ?? named;
const keyOf = (call: Call, name: string) => `${call.principal.account}/${call.region}/${name}`;

/** A stack by its name or its ARN; a deleted one by its ARN alone. */
export function findStack(call: Call, named: string): Stack | undefined {
  const { stacks } = call.world;
  const found = stacks.get(keyOf(call, nameIn(named)));
  if (!named.startsWith('arn:') || found?.id === named) return found;
  return stacks.get(named);
}

/** A stack that is named; where the world takes what is named for existing, it is made. */
export function assumeStack(call: Call, named: string): Stack | undefined {
  const found = findStack(call, named);
  if (found !== undefined || !call.world.assumeExisting || named === '') return found;
  return addStack(call, nameIn(named), 'UPDATE_COMPLETE');
}

export function addStack(call: Call, name: string, status: string, id = stackArnOf(call, name)): Stack {
  const made: Stack = {
    name,
    id,
    known: false,
    status,
    deployed: undefined,
    role: undefined,
    outputs: new Map(),
    resources: new Map(),
    changeSets: new Map(),
    events: [],
    protection: false,
    created: new Date(),
  };
  call.world.stacks.set(keyOf(call, name), made);
  return made;
}

/** Takes a stack away; it stays known by its ARN. */
export function removeStack(call: Call, stack: Stack): void {
  call.world.stacks.delete(keyOf(call, stack.name));
  call.world.stacks.set(stack.id, stack);
}

export const stacksHere = (call: Call): Stack[] =>
  [...call.world.stacks].filter(([key]) => key.startsWith(keyOf(call, ''))).map(([, stack]) => stack);

/** @throws {ServiceError} in the words that clients compare */
export function requireStack(call: Call, named = String(call.input['StackName'] ?? '')): Stack {
  const found = assumeStack(call, named);
  if (found === undefined) throw new ServiceError('ValidationError', `Stack with id ${named} does not exist`);
  return found;
}

const stackArnOf = (call: Call, name: string) =>
  arnOf(call.world, 'cloudformation', call.region, call.principal.account, `stack/${name}/${randomUUID()}`);

/**
 * The ARN that IAM is asked for. Nobody knows the end of one before the stack is there, and AWS names a stack that is not there
 * `stack/NAME/*` in its refusals.
 */
export function stackResource(call: Call, named: string): string {
  const found = findStack(call, named);
  if (found?.known === true) return found.id;
  if (found === undefined && named.startsWith('arn:')) return named;
  const name = found?.name ?? named;
  return arnOf(call.world, 'cloudformation', call.region, call.principal.account, `stack/${name}/*`);
}

/** The stack whose change set a request names: by its ARN alone, or by its name and the stack's. */
export function stackOfChangeSet(call: Call): string {
  const stack = text(call.input['StackName']);
  if (stack !== undefined) return stack;
  const named = String(call.input['ChangeSetName'] ?? '');
  const holder = stacksHere(call).find(({ changeSets }) => [...changeSets.values()].some(({ id }) => id === named));
  return holder?.name ?? '*';
}

/** @throws {ServiceError} where it does not exist */
export function requireChangeSet(call: Call): { readonly stack: Stack; readonly changeSet: ChangeSet } {
  const named = String(call.input['ChangeSetName'] ?? '');
  const stack = findStack(call, stackOfChangeSet(call));
  const changeSet = [...(stack?.changeSets.values() ?? [])].find(({ id, name }) => id === named || name === named);
  if (stack === undefined || changeSet === undefined)
    throw new ServiceError('ChangeSetNotFound', `ChangeSet [${named}] does not exist`, 404);
  return { stack, changeSet };
}
