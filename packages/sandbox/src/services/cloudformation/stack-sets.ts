import { randomUUID } from 'node:crypto';
import { ServiceError, type Call } from '../../server/call.js';
import { arnOf } from '../../world/world.js';
import { text } from './stacks.js';
import type { StackSet } from './state.js';

const keyOf = (call: Call, name: string) => `${call.principal.account}/${call.region}/${name}`;

/** What a request names: a name, or `NAME:ID`. */
const asked = (call: Call) => String(call.input['StackSetName'] ?? '');
const nameIn = (named: string) => named.replace(/:[^:]*$/, '');

export function findStackSet(call: Call): StackSet | undefined {
  const found = call.world.stackSets.get(keyOf(call, nameIn(asked(call))));
  return found !== undefined && (asked(call) === found.name || asked(call) === found.id) ? found : undefined;
}

/** A stack set that is named; where the world takes what is named for existing, it is made. */
function assumeStackSet(call: Call): StackSet | undefined {
  const found = findStackSet(call);
  if (found !== undefined || !call.world.assumeExisting || asked(call) === '') return found;
  const name = nameIn(asked(call));
  call.world.assumed.set(
    `the stack set \`${name}\` is taken to have self-managed permissions: with service-managed ones, AWS asks for each target and type of resource besides`,
    `stackset/${name}:`,
  );
  return addStackSet(call, name, undefined);
}

export function addStackSet(call: Call, name: string, permissions: string | undefined): StackSet {
  const made: StackSet = {
    name,
    id: `${name}:${randomUUID()}`,
    permissions,
    template: '{}',
    role: undefined,
    tags: [],
    instances: new Set(),
    operations: [],
  };
  call.world.stackSets.set(keyOf(call, name), made);
  return made;
}

export function removeStackSet(call: Call, { name }: StackSet): void {
  call.world.stackSets.delete(keyOf(call, name));
}

/** @throws {ServiceError} where it does not exist */
export function requireStackSet(call: Call): StackSet {
  const found = assumeStackSet(call);
  if (found === undefined)
    throw new ServiceError('StackSetNotFoundException', `StackSet ${asked(call)} not found`, 404);
  return found;
}

/** The ARN that IAM is asked for. Nobody knows the end of one before the stack set is there, so that policies say a star. */
export function stackSetResource(call: Call): string {
  const name = nameIn(asked(call));
  return arnOf(call.world, 'cloudformation', call.region, call.principal.account, `stackset/${name}:*`);
}

interface DeploymentTargets {
  readonly Accounts?: readonly string[];
  readonly OrganizationalUnitIds?: readonly string[];
}

/** The accounts and organizational units that a request is for. */
export function targetsOf({ input }: Call): string[] {
  const { Accounts, OrganizationalUnitIds } = (input['DeploymentTargets'] ?? {}) as DeploymentTargets;
  const own = (input['Accounts'] ?? []) as readonly string[];
  return [...own, ...(Accounts ?? []), ...(OrganizationalUnitIds ?? [])].map(String);
}

export const regionsOf = ({ input }: Call): string[] => ((input['Regions'] ?? []) as readonly string[]).map(String);

/** The instances that a request is for: each target in each region. */
export const instancesOf = (call: Call): string[] =>
  targetsOf(call).flatMap((target) => regionsOf(call).map((region) => `${target}/${region}`));

export const isServiceManaged = (call: Call): boolean =>
  (findStackSet(call)?.permissions ?? text(call.input['PermissionModel'])) === 'SERVICE_MANAGED';
