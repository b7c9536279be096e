import type { BuiltConfigRole, PolicyDocument, Role } from '@postern/core';
import { lazyReference } from '../../access/reference.js';
import { placeOfDocuments } from '../../access/request.js';
import { examplePlace } from '../../policies/place.js';
import { findDifference, type Difference } from '../diff/difference.js';

/** How a role of the file stands to what it was. */
export interface RoleChange {
  /** What the file calls it. */
  readonly name: string;
  readonly environment: string | undefined;
  readonly roleName: string;
  readonly change: 'new' | 'removed' | 'changed' | 'same';
  /** Settings that are others: what they were, and what they are. */
  readonly settings: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
  readonly trust: ComparedPart;
  readonly permissions: ComparedPart;
}

/** Documents before and after, and how they differ. */
export interface ComparedPart {
  readonly before: readonly PolicyDocument[];
  readonly after: readonly PolicyDocument[];
  readonly difference: Difference;
}

interface RoleOfConfig {
  readonly given: BuiltConfigRole['given'];
  readonly role: Role;
}

/** Compares the roles of two states of a file, by what they are called in it, environment by environment. */
export async function findChanges(
  before: readonly BuiltConfigRole[],
  after: readonly BuiltConfigRole[],
): Promise<RoleChange[]> {
  const [old, current] = [byKey(before), byKey(after)];
  const changes: RoleChange[] = [];
  for (const key of new Set([...current.keys(), ...old.keys()])) {
    changes.push(await compareRoles(old.get(key), current.get(key)));
  }
  return changes;
}

/** One role, or both of a pair, by name, environment and half. */
function byKey(built: readonly BuiltConfigRole[]): ReadonlyMap<string, RoleOfConfig> {
  return new Map(
    built.flatMap(({ given, roles }) =>
      roles.map((role, index): [string, RoleOfConfig] => {
        const half = given.halves === undefined ? '' : (['plan', 'apply'][index] ?? '');
        return [JSON.stringify([given.name, given.environment, half]), { given, role }];
      }),
    ),
  );
}

async function compareRoles(old: RoleOfConfig | undefined, current: RoleOfConfig | undefined): Promise<RoleChange> {
  const { given, role } = (current ?? old)!;
  const trust = await sideOf(trustOf(old), trustOf(current));
  const permissions = await sideOf(policiesOf(old), policiesOf(current));
  const settings = old === undefined || current === undefined ? [] : changedSettings(old.role, current.role);
  const isSame =
    settings.length === 0 && [trust, permissions].every(({ difference }) => difference.relation === 'equal');
  const change = old === undefined ? 'new' : current === undefined ? 'removed' : isSame ? 'same' : 'changed';
  const { name, environment } = given;
  return { name, environment, roleName: role.roleName, change, settings, trust, permissions };
}

/** No document where nobody gets in: one without statements would be of no type. */
function trustOf(found: RoleOfConfig | undefined): PolicyDocument[] {
  return found === undefined || found.role.trust.Statement.length === 0 ? [] : [found.role.trust];
}

function policiesOf(found: RoleOfConfig | undefined): PolicyDocument[] {
  return found === undefined ? [] : found.role.policies.map(({ document }) => document);
}

async function sideOf(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): Promise<ComparedPart> {
  const place = { ...examplePlace, ...placeOfDocuments([...after, ...before]) };
  const difference = await findDifference(before, after, false, { place, reference: lazyReference() });
  return { before, after, difference };
}

function changedSettings(before: Role, after: Role): RoleChange['settings'] {
  const settingsOf = ({ boundary, maxSessionDuration, path, place, roleName }: Role) =>
    ({ roleName, path, maxSessionDuration, boundary: boundary?.arn ?? false, account: place.account }) as const;
  const [old, current] = [settingsOf(before), settingsOf(after)];
  return (Object.keys(current) as (keyof typeof current)[])
    .filter((name) => old[name] !== current[name])
    .map((name) => ({ name, before: old[name], after: current[name] }));
}
