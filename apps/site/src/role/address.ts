import type { TrustEntry } from '@postern/core';
import { fromAddress, toAddress } from '../tool/address.js';

/** What a visitor chose of the role beside a job. */
export interface RoleChoice {
  /** The id of who may assume it. */
  readonly trust: string;
  /** Its options as they stand in an address, so that they can be kept before the entry is loaded. */
  readonly options: string;
  readonly name: string;
  readonly hasBoundary: boolean;
}

const prefix = 'trust.';

/** The role as what stands behind the `#` of an address, after the options of the job; empty where there is none. */
export function roleAddress(role: RoleChoice | undefined): string {
  if (role === undefined) return '';
  const parts = new URLSearchParams({ trust: role.trust });
  for (const [name, value] of new URLSearchParams(role.options)) parts.append(prefix + name, value);
  if (role.name !== '') parts.append('role.name', role.name);
  if (role.hasBoundary) parts.append('role.boundary', 'true');
  return parts.toString();
}

/**
 * Reads a role from an address.
 * @param known the ids of those who may assume roles
 */
export function roleIn(address: string, known: readonly string[]): RoleChoice | undefined {
  const parts = new URLSearchParams(address.replace(/^#/, ''));
  const trust = parts.get('trust') ?? '';
  if (!known.includes(trust)) return undefined;
  const options = new URLSearchParams();
  for (const [name, value] of parts) if (name.startsWith(prefix)) options.append(name.slice(prefix.length), value);
  return {
    trust,
    options: options.toString(),
    name: parts.get('role.name') ?? '',
    hasBoundary: parts.get('role.boundary') === 'true',
  };
}

/** The options of who may assume the role. */
export function trustOptions(entry: TrustEntry, { options }: RoleChoice): Readonly<Record<string, unknown>> {
  return fromAddress(entry, options, [])?.options ?? {};
}

/** The role with other options. */
export function withTrustOptions(
  entry: TrustEntry,
  role: RoleChoice,
  options: Readonly<Record<string, unknown>>,
): RoleChoice {
  return { ...role, options: toAddress(entry, { options, format: 'json' }) };
}
