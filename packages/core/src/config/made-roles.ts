import { didYouMean, quote, type Problem } from '../document/problem.js';
import type { BuiltConfigRole } from './build-config.js';

/**
 * Roles that the file has in another account than a program works in.
 * @param where what of the program is in the account, such as `the stack`
 */
export function accountProblems(roles: readonly BuiltConfigRole[], account: string, where: string): Problem[] {
  return roles.flatMap(({ given: { path, placePaths, settings } }) => {
    const own = settings['account'];
    if (own === undefined || own === account) return [];
    const message = `${quote(settings['roleName'])} is in ${quote(own)}, and ${where} in ${quote(account)}: choose the environment of that account`;
    return [{ path: placePaths.get('account') ?? path, message }];
  });
}

/**
 * What a program made of one sort, by its name in the file.
 * @throws {Error} with the nearest name where there is none, and where it is of the other sort
 */
export function findMade<One>(
  all: ReadonlyMap<string, One>,
  name: string,
  what: 'role' | 'pair',
  others: ReadonlyMap<string, unknown>,
): One {
  const found = all.get(name);
  if (found !== undefined) return found;
  if (others.has(name)) {
    const other = what === 'role' ? 'a pair for plan and apply' : 'one role';
    throw new Error(`${quote(name)} is ${other}: ask for it as that`);
  }
  const listed = all.size === 0 ? ': there is none' : `: there are ${[...all.keys()].map(quote).join(', ')}`;
  throw new Error(
    `${quote(name)} is no ${what} of the file in this environment${didYouMean(name, all.keys()) || listed}`,
  );
}
