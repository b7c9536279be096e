import { didYouMean, quote } from '@postern/core';
import { InputError } from '../errors.js';
import { spellingOf } from '../options/spell.js';
import type { GivenEntry, GivenHalf } from './given-role.js';
import { findEntryFor, type Part } from './read-entry.js';

/** What a file says of a role. */
export interface RoleInFile extends GivenHalf {
  readonly halves: { readonly plan: GivenHalf; readonly apply: GivenHalf } | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The settings of a role, by the names that a file and core have for them. */
export const settingNames = [
  'roleName',
  'path',
  'maxSessionDuration',
  'boundary',
  'account',
  'region',
  'partition',
] as const;
const parts = ['trust', 'permissions'] as const;
const names: readonly string[] = [...settingNames, ...parts, 'plan', 'apply'];

/**
 * Reads a role as a file has it: entries are objects with one key, the id, and options under it.
 * @throws {InputError} with every problem
 */
export function readRole(value: Readonly<Record<string, unknown>>): RoleInFile {
  const problems: string[] = [];
  refuseUnknown(value, names, '', problems);
  const half = readHalf(value, '', problems);
  const isPair = value['plan'] !== undefined || value['apply'] !== undefined;
  const halves = isPair
    ? { plan: readNamed(value, 'plan', problems), apply: readNamed(value, 'apply', problems) }
    : undefined;
  if (isPair && half.trust.length > 0) {
    problems.push('trust: with plan and apply apart, each has its own: write it under `plan` and under `apply`');
  }
  if (problems.length > 0) throw new InputError(problems);
  const settings = Object.entries(value).filter(
    ([name, setting]) => (settingNames as readonly string[]).includes(name) && setting !== null,
  );
  return { ...half, halves, settings: Object.fromEntries(settings) };
}

function readNamed(value: Readonly<Record<string, unknown>>, name: 'plan' | 'apply', problems: string[]): GivenHalf {
  const found = value[name];
  if (!isObject(found)) {
    problems.push(`${name}: missing: write \`trust\` under it, and \`permissions\` of its own`);
    return { trust: [], permissions: [] };
  }
  refuseUnknown(found, parts, `${name}.`, problems);
  return readHalf(found, `${name}.`, problems);
}

function readHalf(value: Readonly<Record<string, unknown>>, prefix: string, problems: string[]): GivenHalf {
  const [trust, permissions] = parts.map((part) => readEntries(part, value[part], `${prefix}${part}`, problems));
  return { trust: trust!, permissions: permissions! };
}

function readEntries(part: Part, value: unknown, path: string, problems: string[]): GivenEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return readEntry(part, value, path, problems);
  return value.flatMap((one: unknown, index) => readEntry(part, one, `${path}[${index}]`, problems));
}

/** Several keys in one object are several entries: one use case with its options may stand below another. */
function readEntry(part: Part, value: unknown, path: string, problems: string[]): GivenEntry[] {
  const found = typeof value === 'string' ? { [value]: {} } : value;
  if (!isObject(found) || Object.keys(found).length === 0) {
    problems.push(`${path}: ${quote(value)} is no entry: write its id, and its options under it`);
    return [];
  }
  return Object.entries(found).flatMap(([id, given]): GivenEntry[] => {
    const options = given ?? {};
    try {
      const entry = findEntryFor(part, id, path);
      if (!isObject(options))
        throw new InputError([`${path}.${id}: ${quote(options)} is no set of options: write them by name`]);
      return [{ entry, options, label: `${path}.${id}`, spelling: spellingOf(options, {}) }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}

function refuseUnknown(value: object, known: readonly string[], prefix: string, problems: string[]): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) || `: it has ${known.map(quote).join(', ')}`;
    problems.push(`${prefix}${name}: ${quote(name)} is no part of a role${hint}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
