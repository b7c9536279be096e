import { quote, trustRisks, tryBuildRole, type Host } from '@postern/core';
import { sourcesOf, type GivenEntry, type GivenRole } from '../../roles/given-role.js';
import type { WholeRole } from '../../roles/whole-roles.js';

/**
 * The permissions that write in a role that lets pull requests in, one line for each. A use case that was asked for with
 * the access of a plan or a reader does what a plan does, and is left alone.
 */
export async function unreviewedWrites(roles: readonly WholeRole[], given: GivenRole, host: Host): Promise<string[]> {
  const open = roles.filter(
    ({ role, trust }) => trust.some(asksForThem) || trustRisks(role.trust).some(({ code }) => code === 'T06'),
  );
  if (open.length === 0) return [];
  const [{ writesOf }, { ServiceReference }] = await Promise.all([
    import('../../lint/abilities.js'),
    import('../../lint/service-reference.js'),
  ]);
  const reference = await ServiceReference.load();
  const lines: string[] = [];
  for (const { role, trust, permissions } of open) {
    for (const entry of permissions.filter(({ options }) => !onlyReads(options))) {
      const documents = documentsOf(entry, trust, given, host);
      const { by } = await writesOf({ documents, elsewhere: [], isOpen: false }, reference);
      if (by === undefined) continue;
      lines.push(
        `${entry.label}: can write by ${by}, and the trust of ${quote(role.roleName)} lets pull requests in, so code that nobody has reviewed: give pull requests a role of their own that can only read`,
      );
    }
  }
  return lines;
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
function documentsOf(entry: GivenEntry, trust: readonly GivenEntry[], { settings }: GivenRole, host: Host) {
  const one = { ...settings, boundary: false, trust: sourcesOf(trust), permissions: sourcesOf([entry]) };
  return tryBuildRole(one, host).role.policies.map(({ document }) => document);
}
