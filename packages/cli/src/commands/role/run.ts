import {
  tryBuildPair,
  tryBuildRole,
  usualRoleName,
  type Explanation,
  type Host,
  type RoleInput,
  type RoleProblem,
} from '@postern/core';
import { InputError } from '../../errors.js';
import { formats } from '../../formats/index.js';
import { writeLine, type Io } from '../../io.js';
import { commandLine, describeProblem } from '../../options/spell.js';
import { wordProblems } from '../../options/words.js';
import { writeOutput } from '../../output.js';
import { openKeys } from '../../printing/symbolic-place.js';
import { entryOf, sourcesOf, type GivenRole } from '../../roles/given-role.js';
import { describeRole, openPlace, providerNotes } from '../../roles/notes.js';
import type { WholeRole, WholeRoles } from '../../roles/whole-roles.js';
import type { RoleFlags } from './flags.js';
import { readGivenRole } from './read.js';

/** Prints a whole role, or a pair of them. */
export async function role(flags: RoleFlags, io: Io): Promise<void> {
  const { format: word = 'json', output, explain: explained } = flags;
  const problems = wordProblems('--format', word, Object.keys(formats));
  const format = await formats[Object.hasOwn(formats, word) ? word : 'json']!();
  const given = await readGivenRole(flags, io, problems);
  if (problems.length > 0) throw new InputError(problems);
  const host: Host = { spell: commandLine.spell!, ...(format.needsPlace ? {} : openPlace) };
  const built = buildGivenRoles(given, host);
  problems.push(...built.problems);
  if (format.needsPlace && problems.length === 0) problems.push(...placeProblems(built.roles));
  if (problems.length === 0) problems.push(...new Set(built.roles.flatMap(({ role: one }) => openKeys(one.trust))));
  if (problems.length > 0) throw new InputError(problems);

  const text = format.whole(built);
  if (output === undefined) io.stdout.write(text);
  else writeOutput(output, text, io);

  for (const { role: one } of built.roles) describeRole(one, io);
  const notes = built.roles.flatMap(({ role: one }) => one.notes);
  for (const note of new Set([...notes, ...providerNotes(built, word)])) writeLine(io.stderr, `note: ${note}`);
  if (explained) await explainRoles(built.roles, io);
}

type BuiltRoles = WholeRoles & { readonly problems: readonly string[] };

function buildGivenRoles(given: GivenRole, host: Host): BuiltRoles {
  const { settings, halves, permissions } = given;
  const shared = settings as Partial<RoleInput>;
  const describe = (found: readonly RoleProblem[]) => found.map((problem) => problemLine(problem, given));
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

async function explainRoles(roles: readonly WholeRole[], io: Io): Promise<void> {
  const { printExplanationTable } = await import('../../printing/explanation-table.js');
  for (const { role: one } of roles) {
    const all: readonly Explanation[] = [...one.explanations.trust, ...one.explanations.permissions];
    writeLine(io.stderr, one.roleName);
    writeLine(io.stderr, printExplanationTable(all, io.stderr.columns ?? 120));
  }
}
