import type { TrustEntry } from '@postern/core';
import { fromAddress, toAddress } from '../tool/address.js';

/** Who may assume a role. */
export interface TrustChoice {
  /** The id of the trust entry. */
  readonly trust: string;
  /** Its options as they stand in an address, so that they can be kept before the entry is loaded. */
  readonly options: string;
}

/** What a visitor chose of the role beside a job. */
export interface RoleChoice extends TrustChoice {
  /** Who may plan, where plan and apply are two roles; then the others may apply. */
  readonly plan: TrustChoice | undefined;
  /** What is set of the role itself, as it is written. */
  readonly settings: RoleSettingTexts;
}

/** What can be set of a role itself, in the order of its flags. */
export const settingNames = [
  'name',
  'path',
  'maxSessionDuration',
  'boundary',
  'account',
  'region',
  'partition',
] as const;
/** A boundary is `true` where it is made, or an ARN. */
export type RoleSettingTexts = Readonly<Partial<Record<(typeof settingNames)[number], string>>>;

const planName = 'plan-trust';

/** The role as what stands behind the `#` of an address, after the options of the job; empty where there is none. */
export function roleAddress(role: RoleChoice | undefined): string {
  if (role === undefined) return '';
  const parts = new URLSearchParams();
  const add = (name: string, { trust, options }: TrustChoice) => {
    parts.append(name, trust);
    for (const [option, value] of new URLSearchParams(options)) parts.append(`${name}.${option}`, value);
  };
  add('trust', role);
  if (role.plan !== undefined) add(planName, role.plan);
  for (const name of settingNames) {
    const text = role.settings[name];
    if (text !== undefined) parts.append(`role.${name}`, text);
  }
  return parts.toString();
}

/**
 * Reads a role from an address.
 * @param known the ids of those who may assume roles
 */
export function roleIn(address: string, known: readonly string[]): RoleChoice | undefined {
  const parts = new URLSearchParams(address.replace(/^#/, ''));
  const read = (of: string): TrustChoice | undefined => {
    const trust = parts.get(of) ?? '';
    if (!known.includes(trust)) return undefined;
    const options = new URLSearchParams();
    for (const [name, value] of parts) if (name.startsWith(`${of}.`)) options.append(name.slice(of.length + 1), value);
    return { trust, options: options.toString() };
  };
  const trust = read('trust');
  if (trust === undefined) return undefined;
  const settings = settingNames.map((name) => [name, parts.get(`role.${name}`) ?? ''] as const);
  return { ...trust, plan: read(planName), settings: Object.fromEntries(settings.filter(([, text]) => text !== '')) };
}

/** Whether a name in the address of a job is about the role beside it; those that name a trust entry have it as their value. */
export function isOfRole(name: string): 'trust entry' | 'part' | undefined {
  if (name === 'trust' || name === planName) return 'trust entry';
  const isPart = name.startsWith('trust.') || name.startsWith(`${planName}.`);
  return isPart || settingNames.some((setting) => name === `role.${setting}`) ? 'part' : undefined;
}

/** The options of who may assume the role. */
export function trustOptions(entry: TrustEntry, { options }: TrustChoice): Readonly<Record<string, unknown>> {
  return fromAddress(entry, options, [])?.options ?? {};
}

/** A trust entry with options, as it stands in an address. */
export function trustChoice(entry: TrustEntry, options: Readonly<Record<string, unknown>>): TrustChoice {
  return { trust: entry.id, options: toAddress(entry, { options, format: 'json' }) };
}
