import type { PolicyDocument } from '../document/document.js';
import { quote } from '../document/problem.js';
import { OptionsError } from '../use-case/build.js';
import type { Host } from '../use-case/host.js';
import { kindOf } from '../use-case/option/kind-of.js';
import { tryBuildRole, usualRoleName } from './build-role.js';
import { asKnown } from './as-known.js';
import { conceal } from './concealed.js';
import { excludeEachOther } from './exclude.js';
import { isBoundaryName } from './identity.js';
import type { PolicySource, Role, RoleInput, RoleProblem, RoleSettings } from './role.js';

/** What one role of a pair has for itself. */
export interface HalfInput {
  readonly trust: PolicySource | readonly PolicySource[];
  /** What this role alone may do. */
  readonly permissions?: readonly PolicySource[];
}

/** What a pair of roles is made of: one that plans, for code that nobody has reviewed, and one that applies. */
export interface PairInput extends Omit<RoleInput, 'trust' | 'permissions'> {
  /** What both may do, each in its way: use cases whose `access` is `plan` or `apply`, which is then left out. */
  readonly permissions?: readonly PolicySource[];
  readonly plan: HalfInput;
  readonly apply: HalfInput;
}

/** A pair of roles that nobody gets into both of. */
export interface RolePair {
  readonly plan: Role;
  readonly apply: Role;
}

/** What {@link tryBuildPair} made: the roles count only where there are no problems. */
export interface PairAttempt {
  readonly pair: RolePair;
  readonly problems: readonly RoleProblem[];
}

const halves = ['plan', 'apply'] as const;

/**
 * Builds a pair of roles for infrastructure as code: pull requests and branches plan, and what is protected applies. That
 * nobody gets into both is checked with {@link excludeEachOther}.
 * @throws {OptionsError} with every problem at once
 */
export function buildPair(input: PairInput, host: Host = {}, settings: RoleSettings = {}): RolePair {
  const { pair, problems } = tryBuildPair(input, host, settings);
  if (problems.length > 0) throw new OptionsError('roles', problems);
  return pair;
}

/** Builds as {@link buildPair} does, and returns the problems. */
export function tryBuildPair(input: PairInput, host: Host = {}, settings: RoleSettings = {}): PairAttempt {
  const { problems, ...inputs } = splitPair(input);
  const shared = input.permissions?.length ?? 0;
  // Of what belongs to one of the two, nothing else is said.
  const said = new Set(problems.map(({ path }) => path));
  const [planned, applied] = halves.map((half) => {
    const attempt = tryBuildRole(inputs[half], host, settings);
    const found = attempt.problems.map((problem) => placed(problem, half, shared));
    problems.push(...found.filter(({ path }) => !said.has(path)));
    return attempt.role;
  }) as [Role, Role];
  const pair = { plan: planned, apply: applied };
  if (problems.length === 0) problems.push(...exclusionProblems(planned.trust, applied.trust, host));
  return { pair, problems: distinct(problems) };
}

/** The two roles of a pair as what each is made of, and what of the pair itself is wrong. */
export function splitPair(input: PairInput): { plan: RoleInput; apply: RoleInput; problems: RoleProblem[] } {
  const { permissions: shared = [], plan, apply, roleName = usualRoleName, boundary, ...both } = input;
  const problems: RoleProblem[] = [];
  const given = { plan, apply };
  const [planInput, applyInput] = halves.map((half): RoleInput => {
    const together = shared.map((source, index) => forHalf(source, half, `permissions[${index}]`, problems));
    return {
      ...both,
      boundary: boundaryOfHalf(boundary, half),
      roleName: `${roleName}-${half}`,
      trust: given[half].trust,
      permissions: [...together, ...(given[half].permissions ?? [])],
    };
  }) as [RoleInput, RoleInput];
  return { plan: planInput, apply: applyInput, problems: distinct(problems) };
}

/** The boundaries of the two differ, so that their names do. */
function boundaryOfHalf(boundary: RoleInput['boundary'], half: 'plan' | 'apply'): RoleInput['boundary'] {
  if (!isBoundaryName(boundary) || boundary.name === undefined) return boundary;
  return { ...boundary, name: `${boundary.name}-${half}` };
}

/** A use case that both roles have, with the access of one of them; as it is where it is refused, so that the others keep their places. */
function forHalf(source: PolicySource, half: 'plan' | 'apply', path: string, problems: RoleProblem[]): PolicySource {
  const refuse = (where: string, message: string) => problems.push({ path: where, message });
  const next = 'give it under `plan` or under `apply`';
  if ('document' in source) {
    refuse(path, `this is a policy as it is, and both roles would get it: ${next}`);
    return source;
  }
  const { entry, options } = source;
  const access = entry.options['access'];
  const words = access === undefined ? [] : kindOf(access).settings(access);
  if (!halves.every((word) => words.includes(word))) {
    refuse(
      path,
      `${quote(entry.id)} has no \`access\` that tells a plan from an apply, and both roles would get the same: ${next}`,
    );
    return source;
  }
  if (typeof options !== 'object' || options === null) return source;
  if ('access' in options && options.access !== undefined) {
    refuse(
      `${path}.access`,
      `${quote(options.access)} is for one of the two roles: leave \`access\` out, or give the use case under \`plan\` or under \`apply\``,
    );
  }
  return { entry, options: { ...options, access: half } };
}

/** A problem of one role where it stands in the pair. */
function placed(problem: RoleProblem, half: 'plan' | 'apply', shared: number): RoleProblem {
  const { path } = problem;
  const index = /^permissions\[(\d+)\](.*)$/s.exec(path);
  if (index !== null) {
    const number = Number(index[1]);
    return number < shared ? problem : { ...problem, path: `${half}.permissions[${number - shared}]${index[2]}` };
  }
  if (path === 'trust' || /^trust[.[]/.test(path)) return { ...problem, path: `${half}.${path}` };
  return problem;
}

/** That somebody gets into both roles of a pair, or that this was not found out. */
export function exclusionProblems(plan: PolicyDocument, apply: PolicyDocument, host: Host = {}): RoleProblem[] {
  const [one, other] = conceal([asKnown(plan, host), asKnown(apply, host)], host).documents;
  const found = excludeEachOther(one!, other!);
  if (found.excludes === true) return [];
  const path = 'plan.trust';
  if (found.excludes === undefined) {
    return [
      {
        path,
        message: `whether somebody gets into both roles was not found out (${found.reason}): tell them apart by what the token says of the job`,
      },
    ];
  }
  const { action, context } = found.witness;
  const who = Object.entries(context).map(([key, value]) => `${quote(key)} ${quote([value].flat().join(', '))}`);
  const witness = who.length === 0 ? quote(action) : who.join(', ');
  return [
    {
      path,
      message: `the trust policies do not exclude each other: who has ${witness} gets into both: tell plan and apply apart, for example by branches and pull requests against a protected environment`,
    },
  ];
}

/** What is wrong with what both have is said once. */
function distinct(problems: readonly RoleProblem[]): RoleProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem])).values()];
}
