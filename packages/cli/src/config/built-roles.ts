import { didYouMean, loadConfig, quote, type BuiltConfigRole, type Problem } from '@postern/core';
import { InputError } from '../errors.js';
import { openKeys } from '../printing/symbolic-place.js';
import { openPlace } from '../roles/notes.js';
import type { ConfigFile } from './read-file.js';

/**
 * Builds every role of a file, so that it is either right or not, whatever is asked for.
 * @param needsPlace whether account, region and partition must be known
 * @throws {InputError} with every problem, by line and column
 */
export function builtRoles({ describe, value }: ConfigFile, needsPlace: boolean): BuiltConfigRole[] {
  const host = needsPlace ? {} : openPlace;
  const { built, problems } = loadConfig(value, host);
  const all = [...problems, ...(problems.length > 0 ? [] : built.flatMap((one) => placeProblems(one, needsPlace)))];
  if (all.length > 0) throw new InputError(describe(all));
  return [...built];
}

/** What has to be known of the place of a role. */
function placeProblems({ given, roles }: BuiltConfigRole, needsPlace: boolean): Problem[] {
  const { path } = given;
  const open = new Set(roles.flatMap((role) => openKeys(role.trust)));
  const problems = [...open].map((message) => ({ path, message }));
  if (!needsPlace) return problems;
  const [{ place }] = roles as readonly [BuiltConfigRole['roles'][number]];
  if (place.account === undefined) {
    const message =
      'its account is missing, and the ARNs of the policies need it: write `account` at the top of the file';
    problems.push({ path, message });
  }
  if (place.partition === undefined) {
    const message = 'its region is missing, and the partition follows from it: write `region` at the top of the file';
    problems.push({ path, message });
  }
  return problems;
}

/**
 * What of several is asked for.
 * @param flag what messages begin with
 * @throws {InputError} for each name that none has
 */
export function choose<One>(
  all: readonly One[],
  names: readonly string[] | undefined,
  flag: string,
  what: string,
  nameOf: (one: One) => string | undefined,
): readonly One[] {
  if (names === undefined) return all;
  const known = [...new Set(all.flatMap((one) => nameOf(one) ?? []))];
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const others = known.length === 0 ? `: there is none` : `: there are ${known.slice(0, 20).map(quote).join(', ')}`;
      return `${flag}: ${quote(name)} is no ${what}${didYouMean(name, known) || others}`;
    });
  if (problems.length > 0) throw new InputError(problems);
  return all.filter((one) => names.includes(nameOf(one) ?? ''));
}
