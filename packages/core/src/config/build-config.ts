import { quote, type Problem } from '../document/problem.js';
import { tryBuildRole } from '../role/build-role.js';
import { tryBuildPair } from '../role/plan-and-apply.js';
import type { PolicySource, Role, RoleInput } from '../role/role.js';
import type { Host } from '../use-case/host.js';
import type { Config, ConfigEntry, ConfigHalf, ConfigRole } from './config.js';
import { within } from './members.js';
import { distinct, readConfig } from './read-config.js';

/** What came of a role of the file: one, or one that plans and one that applies. */
export interface BuiltConfigRole {
  readonly given: ConfigRole;
  readonly roles: readonly Role[];
}

/** What {@link buildConfig} made: roles count only where there are no problems. */
export interface ConfigAttempt {
  readonly built: readonly BuiltConfigRole[];
  /** Each with its path in the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and builds every role of a `postern.yaml`, and gives all that is wrong with it at once.
 * @param value what JSON or YAML gave
 */
export function loadConfig(value: unknown, host: Host = {}): ConfigAttempt {
  const { problems: read, roles } = readConfig(value);
  const { built, problems } = buildConfig({ roles }, host);
  const isPlace = ({ path }: Problem) => /(^|\.)(account|region|partition)$/.test(path);
  const isIn = (path: string, outer: string) => path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
  // What was not read is missing then, which is no news.
  const follows = (problem: Problem) =>
    read.some(({ path }) => path === problem.path || isIn(path, problem.path) || isIn(problem.path, path)) ||
    (isPlace(problem) && read.some(isPlace));
  return { built, problems: [...read, ...problems.filter((problem) => read.length === 0 || !follows(problem))] };
}

/**
 * Builds every role of a `postern.yaml`, as {@link buildRole} and {@link buildPair} do, and checks that no two roles or
 * policies of an account have one name: IAM tells names by letters alone, not by their case.
 * @param config what {@link readConfig} gave
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function buildConfig({ roles }: Config, host: Host = {}): ConfigAttempt {
  const problems: Problem[] = [];
  const built = roles.map((given) => {
    const attempt = buildOne(given, host);
    problems.push(...attempt.problems.map(({ path, message }) => ({ path: pathInFile(path, given), message })));
    return { given, roles: attempt.roles };
  });
  problems.push(...sameNames(built));
  return { built, problems: distinct(problems) };
}

function buildOne(given: ConfigRole, host: Host): { roles: readonly Role[]; problems: readonly Problem[] } {
  const { halves, permissions, trust } = given;
  const settings = given.settings as Partial<RoleInput>;
  if (halves === undefined) {
    const { role, problems } = tryBuildRole(
      { ...settings, trust: sourcesOf(trust), permissions: sourcesOf(permissions) },
      host,
    );
    return { roles: [role], problems };
  }
  const half = (one: ConfigHalf) => ({ trust: sourcesOf(one.trust), permissions: sourcesOf(one.permissions) });
  const { pair, problems } = tryBuildPair(
    { ...settings, permissions: sourcesOf(permissions), plan: half(halves.plan), apply: half(halves.apply) },
    host,
  );
  return { roles: [pair.plan, pair.apply], problems };
}

function sourcesOf(entries: readonly ConfigEntry[]): PolicySource[] {
  return entries.map(({ entry, options }) => ({ entry, options }));
}

/** Where in the file the part of a role stands that a problem is about. */
function pathInFile(path: string, given: ConfigRole): string {
  const match = /^(?:(plan|apply)\.)?(trust|permissions)\[(\d+)\](?:\.(.*))?$/s.exec(path);
  const half = match?.[1] === 'plan' || match?.[1] === 'apply' ? given.halves?.[match[1]] : given;
  const entry = half?.[match?.[2] === 'trust' ? 'trust' : 'permissions'][Number(match?.[3])];
  if (match === null || entry === undefined)
    return given.placePaths.get(path) ?? (path === '' ? given.path : within(given.path, path));
  const option = match[4];
  if (option === undefined || option === '') return entry.path;
  const isOwn = Object.hasOwn(entry.options, option);
  return (isOwn ? undefined : given.placePaths.get(option)) ?? within(entry.path, option);
}

function sameNames(built: readonly BuiltConfigRole[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, BuiltConfigRole['given']>();
  const check = (
    what: string,
    name: string,
    place: { readonly account?: string; readonly environment?: string | undefined },
    given: ConfigRole,
  ) => {
    const key = JSON.stringify([what, place, name.toLowerCase()]);
    const other = seen.get(key);
    seen.set(key, other ?? given);
    if (other === undefined) return;
    const where = place.account === undefined ? '' : ` in the account ${quote(place.account)}`;
    const same = other.name === given.name;
    const others = same
      ? `${quote(other.environment)} and ${quote(given.environment)}`
      : `${quote(other.name)} and ${quote(given.name)}`;
    const next = same ? 'write `${environment}` in its `roleName`' : 'give one of them another `roleName`';
    problems.push({ path: given.path, message: `${others} would each have a ${what} ${quote(name)}${where}: ${next}` });
  };
  for (const { given, roles } of built) {
    const { account } = given.settings;
    const where = typeof account === 'string' ? { account } : { environment: given.environment };
    const names = roles.map((role) => ['role', role.roleName] as const);
    const policies = roles.flatMap((role) =>
      [...role.policies, ...(role.boundary?.policy === undefined ? [] : [role.boundary.policy])].map(
        ({ name }) => ['managed policy', name] as const,
      ),
    );
    const before = problems.length;
    for (const [what, name] of names) {
      if (typeof name === 'string') check(what, name, where, given);
    }
    // The policies of two roles of one name are of one name too, which goes without saying.
    if (problems.length > before) continue;
    for (const [what, name] of policies) check(what, name, where, given);
  }
  return problems;
}
