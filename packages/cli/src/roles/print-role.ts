import { tryBuildPair, tryBuildRole, usualRoleName, type Host, type RoleInput, type RoleProblem } from '@postern/core';
import { commandLine, describeProblem } from '../options/spell.js';
import type { Format } from '../printing/format.js';
import { openKeys } from '../printing/symbolic-place.js';
import { entryOf, sourcesOf, type GivenRole } from './given-role.js';
import { openPlace, providerNotes, sizesOf } from './notes.js';
import type { WholeRole, WholeRoles } from './whole-roles.js';

/** A whole role as it is printed, or what is wrong with it. */
export interface PrintedRole extends WholeRoles {
  readonly problems: readonly RoleLine[];
  /** Empty where there are problems. */
  readonly text: string;
  /** How large its documents are, of what they may have. */
  readonly sizes: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Prints a whole role, or a pair of them.
 * @param word the word of the format
 */
export function printRole(given: GivenRole, format: Format, word: string): PrintedRole {
  const host: Host = { spell: commandLine.spell!, ...(format.needsPlace ? {} : openPlace) };
  const built = buildGivenRoles(given, host);
  const problems = [...built.problems];
  const whole = (lines: Iterable<string>) => [...lines].map((line) => ({ line, path: '', message: line }));
  if (format.needsPlace && problems.length === 0) problems.push(...whole(placeProblems(built.roles)));
  if (problems.length === 0) problems.push(...whole(new Set(built.roles.flatMap(({ role }) => openKeys(role.trust)))));
  if (problems.length > 0) return { ...built, problems, text: '', sizes: [], notes: [] };
  const notes = built.roles.flatMap(({ role }) => role.notes);
  return {
    ...built,
    problems,
    text: format.whole(built),
    sizes: built.roles.flatMap(({ role }) => sizesOf(role)),
    notes: [...new Set([...notes, ...providerNotes(built, word)])],
  };
}

/** What is wrong with a role: where it was given, and what is the matter. */
export interface RoleLine {
  /** As the command line says it. */
  readonly line: string;
  /** Where in the role, such as `trust[0].owner`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

type BuiltRoles = WholeRoles & { readonly problems: readonly RoleLine[] };

function buildGivenRoles(given: GivenRole, host: Host): BuiltRoles {
  const { settings, halves, permissions } = given;
  const shared = settings as Partial<RoleInput>;
  const describe = (found: readonly RoleProblem[]) =>
    found.map((problem) => ({ line: problemLine(problem, given), path: problem.path, message: problem.message }));
  if (halves === undefined) {
    const { role: one, problems } = tryBuildRole(
      { ...shared, trust: sourcesOf(given.trust), permissions: sourcesOf(permissions) },
      host,
    );
    const whole: WholeRole = { role: one, trust: given.trust, permissions, suffix: '' };
    return { roles: [whole], pair: undefined, settings, problems: describe(problems) };
  }
  const half = (name: 'plan' | 'apply') => ({
    trust: sourcesOf(halves[name].trust),
    permissions: sourcesOf(halves[name].permissions),
  });
  const { pair, problems } = tryBuildPair(
    { ...shared, permissions: sourcesOf(permissions), plan: half('plan'), apply: half('apply') },
    host,
  );
  return {
    roles: [
      { role: pair.plan, ...halves.plan, suffix: 'Plan' },
      { role: pair.apply, ...halves.apply, suffix: 'Apply' },
    ],
    pair: { roleName: shared.roleName ?? usualRoleName, shared: permissions },
    settings,
    problems: describe(problems),
  };
}

/** A problem of core as a line: where it was given, and what is wrong with it. */
function problemLine(problem: RoleProblem, given: GivenRole): string {
  const found = entryOf(problem, given);
  if (found !== undefined) {
    const { entry, option } = found;
    return `${entry.label}: ${describeProblem({ path: option, message: problem.message }, entry.spelling)}`;
  }
  const { path, message } = problem;
  if (path === '') return message;
  const half = /^(plan|apply)\.(trust|permissions)$/.exec(path);
  return `${half === null ? given.spell(path) : given.spell(`${half[1]}-${half[2]}`)}: ${message}`;
}

/** Documents alone are of one place, which has to be known. */
function placeProblems(roles: readonly WholeRole[]): string[] {
  const [first] = roles;
  const { account, partition } = first!.role.place;
  return [
    ...(account === undefined
      ? ['--account: missing, and the ARNs of the policies need it: for example `--account 123456789012`']
      : []),
    ...(partition === undefined
      ? ['--region: missing, and the partition follows from it: for example `--region eu-west-1`']
      : []),
  ];
}
