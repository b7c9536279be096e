import type { ChosenEntry, Host, PolicySource, RoleProblem } from '@postern/core';
import { kebabCase } from '../options/spell.js';

/** An entry with its options, and how they were written. */
export interface GivenEntry extends ChosenEntry {
  readonly options: Readonly<Record<string, unknown>>;
  /** How messages about it begin, such as `--trust github-actions`. */
  readonly label: string;
  /** How messages write its options. */
  readonly spelling: Host;
}

/** A role as it was given: its own settings by the names that core has for them. */
export interface GivenRole {
  readonly trust: readonly GivenEntry[];
  readonly permissions: readonly GivenEntry[];
  /** Where plan and apply are apart: what each has for itself. Then `trust` is empty, and `permissions` are shared. */
  readonly halves: { readonly plan: GivenHalf; readonly apply: GivenHalf } | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How messages write a setting of the role. */
  readonly spell: (setting: string) => string;
}

/** What one role of a pair has for itself. */
export interface GivenHalf {
  readonly trust: readonly GivenEntry[];
  readonly permissions: readonly GivenEntry[];
}

/** Sources as core takes them. */
export function sourcesOf(entries: readonly GivenEntry[]): PolicySource[] {
  return entries.map(({ entry, options }) => ({ entry, options }));
}

/** The entry that a problem is about, in a role or in a pair, and the option. */
export function entryOf(problem: RoleProblem, given: GivenRole): { entry: GivenEntry; option: string } | undefined {
  const match = /^(?:(plan|apply)\.)?(trust|permissions)\[(\d+)\](?:\.(.*))?$/s.exec(problem.path);
  if (match === null) return undefined;
  const [, half, of, index, option = ''] = match;
  const holder = half === 'plan' || half === 'apply' ? given.halves?.[half] : given;
  const entry = holder?.[of === 'trust' ? 'trust' : 'permissions'][Number(index)];
  return entry === undefined ? undefined : { entry, option };
}

/** The flag of a setting of a role: core has other names for some. */
export function flagOf(setting: string): string {
  return `--${kebabCase(setting === 'roleName' ? 'name' : setting)}`;
}
