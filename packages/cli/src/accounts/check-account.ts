import { quote, type BuiltConfigRole } from '@postern/core';
import type { Surroundings } from '../access/request.js';
import type { Account } from './account.js';
import { compareRole, unreadTrust } from './compare-role.js';
import type { AccountFinding } from './finding.js';
import { issuersIn } from './issuers.js';

/** What came of one account. */
export interface CheckedAccount {
  readonly account: string;
  /** The environments of the file that are in it. */
  readonly environments: readonly string[];
  /** How many roles of the file were compared. */
  readonly roles: number;
  readonly findings: readonly AccountFinding[];
  /** Whether the details say how long sessions may last, of every role that was compared. */
  readonly hasSessions: boolean;
}

/**
 * Compares the roles of a file that are in an account with those that it has, and names the roles that trust a CI system and
 * are not in the file.
 * @param built the roles of the file in this account
 * @param isCi whether an issuer of tokens is that of a CI system
 */
export async function checkAccount(
  { id, roles }: Account,
  built: readonly BuiltConfigRole[],
  isCi: (issuer: string) => boolean,
  reference: Surroundings['reference'],
): Promise<CheckedAccount> {
  const findings: AccountFinding[] = [];
  // IAM tells the names of roles by letters alone, not by their case.
  const byName = new Map(roles.map((role) => [role.name.toLowerCase(), role]));
  const claimed = new Set<string>();
  let hasSessions = true;
  for (const { given, roles: some } of built) {
    const { environment, name, path } = given;
    for (const role of some) {
      const about = {
        account: id,
        role: role.roleName,
        name,
        path,
        ...(environment === undefined ? {} : { environment }),
      };
      const key = role.roleName.toLowerCase();
      claimed.add(key);
      const found = byName.get(key);
      if (found === undefined) {
        const message = `the account has no role ${quote(role.roleName)}: make it from what \`postern build\` prints`;
        findings.push({ ...about, kind: 'missing-role', message });
        continue;
      }
      if (found.maxSessionDuration === undefined) hasSessions = false;
      for (const one of await compareRole(role, found, reference)) findings.push({ ...about, ...one });
    }
  }
  for (const role of roles) {
    if (claimed.has(role.name.toLowerCase())) continue;
    for (const reason of unreadTrust(role)) {
      const message = `it is not in the file, and whether it lets in a CI system is not known: ${reason}`;
      findings.push({ account: id, role: role.name, kind: 'unknown', message });
    }
    const trusted = [...new Set(issuersIn(role.trust).filter(isCi))];
    if (trusted.length === 0) continue;
    const message = `it lets in tokens of ${trusted.map((one) => quote(one)).join(', ')}, and no role of the file is called so: write it down, or take it out of the account`;
    findings.push({ account: id, role: role.name, kind: 'unclaimed-role', message });
  }
  const environments = [...new Set(built.flatMap(({ given }) => given.environment ?? []))];
  const count = built.reduce((sum, { roles: some }) => sum + some.length, 0);
  return { account: id, environments, roles: count, findings, hasSessions };
}
