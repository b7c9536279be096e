import { SplitError } from '../access/split.js';
import { DocumentError } from '../access/documents.js';
import { parseArn } from '../document/arn.js';
import { quote } from '../document/problem.js';
import { OptionsError } from '../use-case/build.js';
import type { Host, Place } from '../use-case/host.js';
import { partitionOfRegion } from '../use-case/place.js';
import { conceal } from './concealed.js';
import { boundaryOfRole } from './boundary-of-role.js';
import { elsewhereProblem, identityProblems, placeProblems } from './identity.js';
import { layOut } from './lay-out.js';
import { putTogether } from './put-together.js';
import type { Role, RoleInput, RoleProblem, RoleSettings } from './role.js';
import { buildSource, type BuiltSource } from './sources.js';
import { trustNotes, trustSizeProblems } from './trust-size.js';
import { unreviewedWrites } from './unreviewed-writes.js';

/** What a role is called, and its policies with it, where nobody says. */
export const usualRoleName = 'ci-role';

/** Stands for a place that is wrong, so that the rest can be looked at. */
const examplePlace = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };

/** What {@link tryBuildRole} made: the role counts only where there are no problems. */
export interface RoleAttempt {
  readonly role: Role;
  readonly problems: readonly RoleProblem[];
}

/**
 * Builds a whole role: who may assume it, what it may do, where it ends. Its permissions are put together, and divided over
 * as few managed policies as they need, which is checked with {@link compare}; a boundary contains them.
 * @param host what an adapter knows of values that are not known yet
 * @throws {OptionsError} with every problem at once
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function buildRole(input: RoleInput, host: Host = {}, settings: RoleSettings = {}): Role {
  const { role, problems } = tryBuildRole(input, host, settings);
  if (problems.length > 0) throw new OptionsError('role', problems);
  return role;
}

/** Builds as {@link buildRole} does, and returns the problems. */
export function tryBuildRole(input: RoleInput, host: Host = {}, settings: RoleSettings = {}): RoleAttempt {
  const problems: RoleProblem[] = [];
  const isDeferred = host.deferred ?? (() => false);
  problems.push(...identityProblems(input, isDeferred));
  const misplaced = placeProblems(input, isDeferred);
  problems.push(...misplaced);
  // What is wrong with the place is said once, and not of every entry that takes it.
  const given = placeOf(misplaced.length > 0 ? { ...input, ...examplePlace } : input, host);
  const trustSources = Array.isArray(input.trust) ? input.trust : [input.trust];
  const buildAll = (from: Partial<Place>) => {
    const found: RoleProblem[] = [];
    const trusts = trustSources.map((source, index) => {
      const path = Array.isArray(input.trust) ? `trust[${index}]` : 'trust';
      return buildSource(source, 'trust', { index, path }, { ...host, place: from }, found);
    });
    const place = { ...from, ...firstPlace(from, trusts) };
    const permissions = input.permissions.map((source, index) =>
      buildSource(source, 'permissions', { index, path: `permissions[${index}]` }, { ...host, place }, found),
    );
    const said = permissions.find(({ place: own }) => own.partition !== undefined)?.place.partition;
    return { trusts, permissions, place, partition: place.partition ?? said, found };
  };
  let built = buildAll(given);
  if (built.found.length > 0 && given.partition === undefined) {
    // A role is in one partition: whichever source says it says it for all, and what is missing besides or wrong with the region is said alone.
    const isOpen = input.permissions.length === 0 || built.found.some(({ source }) => source?.option === 'region');
    const partition = built.partition ?? (isOpen ? examplePlace.partition : undefined);
    if (partition !== undefined) built = buildAll({ ...given, ...built.place, partition });
  }
  const { trusts, permissions, place, partition } = built;
  problems.push(...built.found);
  const missing = (path: string, what: string) => problems.push({ path, message: `missing: ${what}` });
  if (trusts.length === 0) missing('trust', 'say who may assume the role, for example jobs of `github-actions`');
  if (permissions.length === 0) missing('permissions', 'say what the role may do, with one use case at least');
  const whole = { ...place, partition };
  const known = Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined && !isDeferred(value)),
  ) as Partial<Place>;
  if (misplaced.length === 0) problems.push(...elsewhere(input, trusts, permissions, known, isDeferred));

  const roleName = input.roleName ?? usualRoleName;
  const path = input.path ?? '/';
  const trust = putTogether(trusts);
  const permitted = putTogether(permissions);
  const role: Role = {
    roleName,
    path,
    maxSessionDuration: input.maxSessionDuration ?? 3600,
    place: whole,
    trust: trust.document,
    policies: [],
    boundary: undefined,
    explanations: { trust: trust.explanations, permissions: permitted.explanations },
    notes: [],
  };
  if (problems.length > 0) return { role, problems };

  const written = permissions.map(({ document }, index) => ({ source: input.permissions[index]!, document }));
  problems.push(...unreviewedWrites(roleName, trust.document, written, host));
  if (problems.length > 0) return { role, problems };

  const hidden = conceal([trust.document, permitted.document], host);
  const [hiddenTrust, hiddenPermissions] = hidden.documents as [Role['trust'], Role['trust']];
  problems.push(...trustSizeProblems(hiddenTrust));
  const parts = attempt(problems, '', () => layOut(hiddenPermissions, permissions, settings)) ?? [];
  const policies = parts.map((document, index) => ({
    name: index === 0 ? roleName : `${roleName}-${index + 1}`,
    path,
    document: hidden.reveal(document),
  }));
  const boundary = attempt(problems, 'boundary', () => boundaryOfRole(input, role, hiddenPermissions, hidden));
  const notes = [...trusts, ...permissions].flatMap((source) => source.notes);
  return {
    role: { ...role, policies, boundary, notes: [...new Set([...notes, ...trustNotes(hiddenTrust)])] },
    problems,
  };
}

/** What is wrong with it is a problem of the role, where it is something that its user can mend. */
function attempt<Result>(problems: RoleProblem[], path: string, work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    const messages = error instanceof SplitError ? error.problems : [(error as Error).message];
    const isKnown = error instanceof SplitError || error instanceof RangeError || error instanceof DocumentError;
    if (!isKnown) throw error;
    problems.push(...messages.map((message) => ({ path, message })));
    return undefined;
  }
}

/** Where the role is, as its own options and then the host say. */
function placeOf({ account, region, partition }: RoleInput, host: Host): Partial<Place> {
  const own = region === undefined ? undefined : partitionOfRegion.get(region);
  return {
    account: account ?? host.place?.account,
    region: region ?? host.place?.region,
    partition: partition ?? own ?? host.place?.partition,
  };
}

/** What is not known of the place, as the trust policy says it: whoever is no AWS principal is of the account of the role. */
function firstPlace(given: Partial<Place>, trusts: readonly BuiltSource[]): Partial<Place> {
  const own = trusts.filter(({ document }) =>
    document.Statement.every(({ Principal }) => typeof Principal === 'object' && Principal['AWS'] === undefined),
  );
  const first = (part: 'account' | 'partition', of: readonly BuiltSource[]) =>
    given[part] ?? of.find(({ place }) => place[part] !== undefined)?.place[part];
  return { account: first('account', own), partition: first('partition', trusts) };
}

/** What belongs to the role and is in another account or partition than it. */
function elsewhere(
  { boundary, trust }: RoleInput,
  trusts: readonly BuiltSource[],
  permissions: readonly BuiltSource[],
  known: Partial<Place>,
  isDeferred: (text: string) => boolean,
): RoleProblem[] {
  const problems: RoleProblem[] = [];
  const check = (path: string, text: string, what: string) => {
    const message = isDeferred(text) ? undefined : elsewhereProblem(text, known, what);
    if (message !== undefined) problems.push({ path, message });
  };
  if (typeof boundary === 'string' && parseArn(boundary)?.service === 'iam') check('boundary', boundary, 'give one');
  for (const [index, { document }] of trusts.entries()) {
    for (const { Principal } of document.Statement) {
      const providers = typeof Principal === 'object' ? (Principal['Federated'] ?? []) : [];
      const path = Array.isArray(trust) ? `trust[${index}]` : 'trust';
      for (const provider of providers) check(path, provider, 'give the identity provider');
    }
  }
  for (const [index, { place, title }] of permissions.entries()) {
    const { partition } = place;
    if (partition === undefined || isDeferred(partition) || known.partition === undefined) continue;
    if (partition === known.partition) continue;
    const message = `${quote(title)} is for the partition ${quote(partition)} and the role is in ${quote(known.partition)}: make a role in each`;
    problems.push({ path: `permissions[${index}]`, message });
  }
  return problems;
}
