import { quote, trustRisks, tryBuildRole, type Host } from '@postern/core';
import { sourcesOf, type GivenEntry } from './given-role.js';
import type { WholeRoles } from './whole-roles.js';

/** A use case that writes in a role that lets pull requests in. */
export interface UnreviewedWrite {
  readonly entry: GivenEntry;
  readonly message: string;
}

/**
 * The permissions that write in roles that let pull requests in. A use case that was asked for with
 * the access of a plan or a reader does what a plan does, and is left alone.
 */
export async function unreviewedWrites({ roles, settings }: WholeRoles, host: Host): Promise<UnreviewedWrite[]> {
  const open = roles.filter(
    ({ role, trust }) => trust.some(asksForThem) || trustRisks(role.trust).some(({ code }) => code === 'T06'),
  );
  if (open.length === 0) return [];
  const [{ writesOf }, { ServiceReference }] = await Promise.all([
    import('../lint/abilities.js'),
    import('../lint/service-reference.js'),
  ]);
  const reference = await ServiceReference.load();
  const found: UnreviewedWrite[] = [];
  for (const { role, trust, permissions } of open) {
    for (const entry of permissions.filter(({ options }) => !onlyReads(options))) {
      const documents = documentsOf(entry, trust, settings, host);
      const { by } = await writesOf({ documents, elsewhere: [], isOpen: false }, reference);
      if (by === undefined) continue;
      found.push({
        entry,
        message: `can write by ${by}, and the trust of ${quote(role.roleName)} lets pull requests in, so code that nobody has reviewed: give pull requests a role of their own that can only read`,
      });
    }
  }
  return found;
}

/** GitLab's merge requests have the subject of a branch, so the document alone does not show them. */
function asksForThem({ options }: GivenEntry): boolean {
  const { pullRequests, mergeRequests, customSubjects } = options;
  const customized = Array.isArray(customSubjects) ? customSubjects.map(String) : [];
  return (
    pullRequests === true || mergeRequests === true || customized.some((subject) => /_request_event(:|$)/.test(subject))
  );
}

function onlyReads({ access }: GivenEntry['options']): boolean {
  return access === 'plan' || access === 'read';
}

/** What one entry alone allows, in the place of the role. */
function documentsOf(entry: GivenEntry, trust: readonly GivenEntry[], settings: WholeRoles['settings'], host: Host) {
  const one = { ...settings, boundary: false, trust: sourcesOf(trust), permissions: sourcesOf([entry]) };
  return tryBuildRole(one, host).role.policies.map(({ document }) => document);
}
