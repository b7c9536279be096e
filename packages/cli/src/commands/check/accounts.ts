import { loadConfig, quote, type BuiltConfigRole } from '@postern/core';
import { lazyReference } from '../../access/reference.js';
import { accountsOf, type Account } from '../../accounts/account.js';
import { checkAccount, type CheckedAccount } from '../../accounts/check-account.js';
import { kinds } from '../../accounts/finding.js';
import { ciIssuers } from '../../accounts/issuers.js';
import { readAccounts } from '../../accounts/read-accounts.js';
import { makeReport, type AccountSummary } from '../../accounts/report.js';
import { readConfigFile, type ConfigFile } from '../../config/read-file.js';
import { failureOf, Finding, InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import { examplePlace } from '../../policies/place.js';
import { readShard } from '../../policies/shard.js';
import { plainLine } from '../../reports/plain.js';
import type { CheckFlags } from './flags.js';

/** Compares the roles of a `postern.yaml` with what accounts have, one account after the other. */
export async function checkAccounts(
  config: string,
  files: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<void> {
  if (config === '-' && files.includes('-')) throw new InputError(['standard input can be one of the two only']);
  const shard = readShard(flags.shard);
  const file = await readConfigFile(config, io);
  const rolesIn = rolesOf(file);
  const isCi = ciIssuers(rolesIn.all.flatMap(({ roles }) => roles));
  const reference = lazyReference();
  const report = await makeReport(flags, { config: file.name, lineOf: file.placeOf }, io);
  const summary = { accounts: 0, roles: 0, missing: 0, extra: 0, unknown: 0, unread: 0 };
  const seen = new Set<string>();
  let hasSessions = true;
  const say = (at: string, error: string) => {
    summary.unread += 1;
    for (const message of error.split('\n')) writeLine(io.stderr, plainLine(`postern: ${quote(at)}: ${message}`));
  };
  for await (const { at, details, error, file: from } of readAccounts(files, shard, io)) {
    if (details === undefined) {
      say(at, error ?? '');
      continue;
    }
    try {
      const accounts = accountsOf(details);
      if (accounts.length === 0) say(at, 'no ARN in it says which account it is: give its roles too');
      for (const account of accounts) {
        const checked = await checkAccount(account, rolesIn.account(account), isCi, reference);
        seen.add(account.id);
        hasSessions &&= checked.hasSessions;
        count(summary, checked);
        report.account(checked, from);
      }
    } catch (unexpected) {
      say(at, failureOf(unexpected));
    }
    if (io.stderr.isTTY && summary.accounts % 25 === 0) io.stderr.write(`\r${summary.accounts} accounts`);
  }
  if (io.stderr.isTTY && summary.accounts >= 25) io.stderr.write('\n');
  report.end(summary);
  if (!hasSessions) {
    writeLine(
      io.stderr,
      'note: these details do not say how long sessions may last, as those of AWS never do, so `maxSessionDuration` was not compared: `aws iam get-role` tells it',
    );
  }
  const unseen = rolesIn.named.filter(([account]) => !seen.has(account));
  if (flags.shard === undefined) {
    for (const [account, environments] of unseen) {
      const where = environments.length === 0 ? '' : ` (${environments.join(', ')})`;
      writeLine(
        io.stderr,
        plainLine(`note: no details of ${account}${where} were given, so its roles were not compared`),
      );
    }
  }
  end(summary, file, flags, seen);
}

/** What the exit code says. */
function end(
  summary: AccountSummary,
  { name }: ConfigFile,
  { failOn = 'any', shard }: CheckFlags,
  seen: ReadonlySet<string>,
) {
  const { accounts, extra, missing, roles, unknown, unread } = summary;
  if (unread > 0) throw new InputError([`${unread} of ${accounts + unread} accounts could not be read`]);
  if (roles === 0 && shard === undefined) {
    const which = seen.size === 0 ? 'none were given' : `they are of ${[...seen].slice(0, 5).map(quote).join(', ')}`;
    throw new InputError([`no role of ${quote(name)} is in the accounts of these details: ${which}`]);
  }
  const fails = unknown > 0 || (failOn !== 'extra' && missing > 0) || (failOn !== 'missing' && extra > 0);
  if (!fails) return;
  const parts = [
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(extra > 0 ? [`${extra} extra`] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
  ];
  throw new Finding(`the accounts are not what ${quote(name)} says: ${parts.join(', ')}`);
}

function count(
  summary: { -readonly [Name in keyof AccountSummary]: number },
  { findings, roles }: CheckedAccount,
): void {
  summary.accounts += 1;
  summary.roles += roles;
  for (const { kind } of findings) summary[kinds[kind].sort] += 1;
}

interface RolesOfFile {
  readonly all: readonly BuiltConfigRole[];
  /** The accounts that the file names, each with its environments. */
  readonly named: readonly (readonly [account: string, environments: readonly string[]])[];
  /** The roles that are in an account. */
  readonly account: (account: Account) => readonly BuiltConfigRole[];
}

/** The roles of a file by account; those whose account it leaves open are in every one. */
function rolesOf({ describe, value }: ConfigFile): RolesOfFile {
  const build = (account: string, partition: string) => loadConfig(value, { place: { account, partition } });
  const { built: all, problems } = build(examplePlace.account, examplePlace.partition);
  if (problems.length > 0) throw new InputError(describe(problems));
  const accountOf = ({ given }: BuiltConfigRole) => given.settings['account'];
  const ids = new Set(all.map(accountOf).filter((id): id is string => typeof id === 'string'));
  const inAccount = new Map([...ids].map((id) => [id, all.filter((one) => accountOf(one) === id)] as const));
  const isOpen = all.some((one) => accountOf(one) === undefined);
  return {
    all,
    named: [...inAccount].map(([id, some]) => [id, [...new Set(some.flatMap(({ given }) => given.environment ?? []))]]),
    account({ id, partition }) {
      if (!isOpen) return inAccount.get(id) ?? [];
      const { built, problems: found } = build(id, partition);
      if (found.length > 0) throw new InputError(describe(found));
      return built.filter((one) => [undefined, id].includes(accountOf(one) as string | undefined));
    },
  };
}
