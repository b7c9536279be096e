import { didYouMean, quote, type Problem } from '../document/problem.js';

/** An object of the file. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path of a member. */
export function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Refuses members that nobody knows, with the nearest that there is. */
export function refuseUnknown(
  value: Members,
  known: readonly string[],
  path: string,
  what: string,
  problems: Problem[],
): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) || `: it has ${known.map(quote).join(', ')}`;
    problems.push({ path: within(path, name), message: `${quote(name)} is no part of ${what}${hint}` });
  }
}

const name = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** Refuses names of roles or environments that could name no file, and two that differ by case alone. */
export function refuseNames(names: readonly string[], path: string, what: string, problems: Problem[]): void {
  const seen = new Map<string, string>();
  for (const one of names) {
    const where = within(path, one);
    if (!name.test(one)) {
      const message = `${quote(one)} is no name of ${what} here: use 1 to 64 letters, digits and \`_.-\`, a letter or digit first`;
      problems.push({ path: where, message });
    }
    const other = seen.get(one.toLowerCase());
    if (other !== undefined) {
      problems.push({ path: where, message: `${quote(one)} differs from ${quote(other)} by case alone: rename one` });
    }
    seen.set(one.toLowerCase(), one);
  }
}
