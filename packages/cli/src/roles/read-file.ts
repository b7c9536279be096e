import { isMembers, readEntries, refuseUnknown, type Members, type Part, type Problem } from '@postern/core';
import { InputError } from '../errors.js';
import { spellingOf } from '../options/spell.js';
import type { GivenEntry, GivenHalf } from './given-role.js';

/** What a file says of a role. */
export interface RoleInFile extends GivenHalf {
  readonly halves: { readonly plan: GivenHalf; readonly apply: GivenHalf } | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The settings of a role, by the names that a file and core have for them. */
const settingNames = ['roleName', 'path', 'maxSessionDuration', 'boundary', 'account', 'region', 'partition'] as const;
const parts = ['trust', 'permissions'] as const;
const names: readonly string[] = [...settingNames, ...parts, 'plan', 'apply'];

/**
 * Reads a role as a file has it, with entries as a `postern.yaml` has them.
 * @throws {InputError} with every problem
 */
export function readRole(value: Members): RoleInFile {
  const problems: Problem[] = [];
  refuseUnknown(value, names, '', 'a role', problems);
  const half = readHalf(value, '', problems);
  const isPair = value['plan'] !== undefined || value['apply'] !== undefined;
  const halves = isPair
    ? { plan: readNamed(value, 'plan', problems), apply: readNamed(value, 'apply', problems) }
    : undefined;
  if (isPair && half.trust.length > 0) {
    const message = 'with plan and apply apart, each has its own: write it under `plan` and under `apply`';
    problems.push({ path: 'trust', message });
  }
  if (problems.length > 0) throw new InputError(problems.map(({ message, path }) => `${path}: ${message}`));
  const settings = Object.entries(value).filter(
    ([name, setting]) => (settingNames as readonly string[]).includes(name) && setting !== null,
  );
  return { ...half, halves, settings: Object.fromEntries(settings) };
}

function readNamed(value: Members, name: 'plan' | 'apply', problems: Problem[]): GivenHalf {
  const found = value[name];
  if (!isMembers(found)) {
    problems.push({ path: name, message: 'missing: write `trust` under it, and `permissions` of its own' });
    return { trust: [], permissions: [] };
  }
  refuseUnknown(found, parts, name, 'one of two roles', problems);
  return readHalf(found, `${name}.`, problems);
}

function readHalf(value: Members, prefix: string, problems: Problem[]): GivenHalf {
  const read = (part: Part): GivenEntry[] =>
    readEntries(part, value[part], `${prefix}${part}`, problems).map(({ entry, options, path }) => ({
      entry,
      options,
      label: path,
      spelling: spellingOf(options, {}),
    }));
  return { trust: read('trust'), permissions: read('permissions') };
}
