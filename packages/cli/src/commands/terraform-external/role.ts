import { print, quote, type BuiltConfigRole, type Role } from '@postern/core';
import { builtRoles, choose } from '../../config/built-roles.js';
import { readConfigFile } from '../../config/read-file.js';
import { InputError } from '../../errors.js';
import type { Io } from '../../io.js';

/** What is asked of a file: texts, as Terraform has them. */
type Query = Readonly<Record<string, unknown>>;

const names = ['file', 'environment', 'role', 'half'] as const;

/**
 * Answers what a role of a `postern.yaml` is.
 * @returns its parts as texts; documents as JSON, and several as a list of them
 * @throws {InputError} with every problem of the query, or of the file
 */
export async function answerRole(query: Query, io: Io): Promise<Record<string, string>> {
  const problems = Object.entries(query).flatMap(([name, value]) => {
    if (!(names as readonly string[]).includes(name))
      return [`${quote(name)} is no part of a query for a role: it has ${names.map(quote).join(', ')}`];
    return typeof value === 'string' ? [] : [`\`${name}\` is no text: write one`];
  });
  const { environment, file, half, role } = query as Record<string, string | undefined>;
  if (file === '-') problems.push('`file`: the query stands on standard input: name a file');
  if (role === undefined) problems.push('the query has no `role`: name one by its name in the file');
  if (half !== undefined && half !== 'plan' && half !== 'apply')
    problems.push(`\`half\`: ${quote(half)} is neither \`plan\` nor \`apply\``);
  if (problems.length > 0) throw new InputError(problems);
  const built = builtRoles(await readConfigFile(file, io), true);
  const named = choose(built, [role!], '`role`', 'role of the file', ({ given }) => given.name);
  return describe(halfOf(inEnvironment(named, environment, role!), half));
}

function inEnvironment(
  named: readonly BuiltConfigRole[],
  environment: string | undefined,
  role: string,
): BuiltConfigRole {
  const wanted = environment === undefined || environment === '' ? undefined : [environment];
  const found = choose(named, wanted, '`environment`', `environment of ${quote(role)}`, (one) => one.given.environment);
  const [only, ...others] = found;
  if (others.length === 0) return only!;
  const known = found.map(({ given }) => quote(given.environment)).join(', ');
  throw new InputError([`${quote(role)} is made in several environments: give one as \`environment\`: ${known}`]);
}

function halfOf({ given, roles }: BuiltConfigRole, half: string | undefined): Role {
  const [first, second] = roles as readonly [Role, Role?];
  if (second !== undefined && half === undefined) {
    throw new InputError([`${quote(given.name)} plans and applies apart: give \`half\` as \`plan\` or \`apply\``]);
  }
  if (second === undefined && half !== undefined) {
    throw new InputError([`\`half\`: ${quote(given.name)} is one role: leave \`half\` out`]);
  }
  return half === 'apply' && second !== undefined ? second : first;
}

function describe({ boundary, maxSessionDuration, path, policies, roleName, trust }: Role): Record<string, string> {
  const own = boundary?.policy;
  return {
    name: roleName,
    path,
    max_session_duration: String(maxSessionDuration),
    trust: print(trust, 0),
    policies: JSON.stringify(policies.map(({ document }) => document)),
    boundary: own === undefined ? '' : print(own.document, 0),
    boundary_name: own?.name ?? '',
    boundary_arn: boundary?.arn ?? '',
  };
}
