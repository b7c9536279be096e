import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import {
  loadConfig,
  parse,
  quote,
  type BuiltConfigRole,
  type DocumentSource,
  type PolicyDocument,
  type Role,
} from '@postern/core';
import { accountsOf, type Account, type AccountRole } from '../../accounts/account.js';
import { unreadPart } from '../../accounts/compare-role.js';
import { readAccounts } from '../../accounts/read-accounts.js';
import { choose } from '../../config/built-roles.js';
import { boundedText, configNames, readConfigText, type ConfigFile } from '../../config/read-file.js';
import { reportChanges } from '../../config/report-changes.js';
import { InputError } from '../../errors.js';
import { writeLine, type Io } from '../../io.js';
import type { FoundDocument } from '../../policies/found.js';
import { isObject } from '../../policies/json-values.js';
import { plainLine } from '../../reports/plain.js';
import { examplePlace } from '../../policies/place.js';
import { findChanges } from '../plan/changes.js';
import type { DiffFlags } from './flags.js';

/** A file of roles, and the one that is meant where one is named behind `#`. */
interface RolesSide {
  readonly label: string;
  readonly file: ConfigFile;
  readonly role: string | undefined;
}

/**
 * Reads a side of a comparison as a `postern.yaml`, whole or as `FILE#ROLE`.
 * @returns undefined where it is something else
 */
export async function readRoles(argument: string, io: Io): Promise<RolesSide | undefined> {
  const hash = existsSync(argument) ? -1 : argument.lastIndexOf('#');
  const [path, role] = hash < 0 ? [argument, undefined] : [argument.slice(0, hash), argument.slice(hash + 1)];
  if (!/\.(ya?ml|json)$/i.test(path) || !existsSync(path)) return undefined;
  const found = statSync(path);
  const isMeant = (configNames as readonly string[]).includes(basename(path));
  if (!found.isFile() || (found.size > 1024 * 1024 && !isMeant)) return undefined;
  try {
    const file = await readConfigText(await boundedText(path, io), path);
    const { value } = file;
    return isObject(value) && Object.hasOwn(value, 'roles') && Object.hasOwn(value, 'version')
      ? { label: argument, file, role }
      : undefined;
  } catch (error) {
    // What is no such file is read as what it is; one that is meant to be such is refused as such.
    if (error instanceof InputError && !isMeant) return undefined;
    throw error;
  }
}

/** Compares files of roles with one another, or one with the details of an account, role by role. */
export async function diffRoles(
  a: string,
  b: string,
  [before, after]: readonly [RolesSide | undefined, RolesSide | undefined],
  flags: DiffFlags,
  io: Io,
): Promise<void> {
  const problems = [before, after].flatMap((side) => (side === undefined ? [] : problemsOf(side)));
  if (problems.length > 0) throw new InputError(problems);
  const sides =
    before === undefined || after === undefined
      ? await withAccount(before ?? after!, before === undefined ? a : b, io)
      : [builtOf(before), builtOf(after)];
  const [old, current] = before === undefined ? [...sides].reverse() : sides;
  const changes = await findChanges(old!, current!);
  const { failOn, json, markdown, sarif } = flags;
  const sarifOf = sarif ? b.replace(/#[^#]*$/, '') : undefined;
  reportChanges(changes, { json, markdown, sarifOf, failOn, names: [a, b], same: 'both have the same roles' }, io);
}

function problemsOf({ file: { describe, value } }: RolesSide): string[] {
  return describe(loadConfig(value, { place: examplePlace }).problems);
}

function builtOf({ file: { value }, role }: RolesSide, place = examplePlace): readonly BuiltConfigRole[] {
  const { built } = loadConfig(value, { place });
  return choose(built, role === undefined ? undefined : [role], '#', 'role of the file', ({ given }) => given.name);
}

/** The roles of a file that are in an account, and what the account has of them. */
async function withAccount(side: RolesSide, path: string, io: Io): Promise<[BuiltConfigRole[], BuiltConfigRole[]]> {
  const own: BuiltConfigRole[] = [];
  const its: BuiltConfigRole[] = [];
  let accounts = 0;
  for await (const { at, details, error } of readAccounts([path], { index: 1, count: 1 }, io)) {
    if (details === undefined) throw new InputError([`${quote(at)}: ${error ?? ''}`]);
    for (const account of accountsOf(details)) {
      accounts += 1;
      const { id, partition } = account;
      const built = builtOf(side, { ...examplePlace, account: id, partition }).filter(({ given }) =>
        [undefined, id].includes(given.settings['account'] as string | undefined),
      );
      own.push(...built);
      its.push(...built.flatMap((one) => inAccount(one, account, io)));
    }
  }
  if (own.length > 0) return [own, its];
  throw new InputError([
    accounts === 0
      ? `${quote(path)}: no ARN in it says which account it is: give details of an account`
      : `no role of ${quote(side.label)} is in the accounts of ${quote(path)}: compare it with its own account`,
  ]);
}

/** What an account has of a role of the file, or of both of a pair. */
function inAccount({ given, roles }: BuiltConfigRole, account: Account, io: Io): BuiltConfigRole[] {
  const found = roles.map((role) => {
    const its = account.roles.find(({ name }) => name.toLowerCase() === role.roleName.toLowerCase());
    return its === undefined ? undefined : asRole(its, role, io);
  });
  const [first, second] = found;
  if (first !== undefined && (roles.length === 1 || second !== undefined)) return [{ given, roles: found as Role[] }];
  // Of a pair of which one is missing, the other is still compared.
  return found.some((role) => role !== undefined)
    ? [{ given, roles: found.map((role, index) => role ?? absent(roles[index]!)) }]
    : [];
}

/** Stands for a role of a pair that the account does not have: nobody gets in, and nothing is allowed. */
function absent(role: Role): Role {
  return { ...role, trust: nobody, policies: [], boundary: undefined };
}

const nobody: PolicyDocument = { Version: '2012-10-17', Statement: [] };

function asRole(its: AccountRole, own: Role, io: Io): Role {
  const read = (document: FoundDocument, type: 'trust' | 'identity'): PolicyDocument => {
    const { document: found, problems } = parse(document as DocumentSource, { type });
    if (found !== null) return found;
    throw new InputError(
      problems.map(({ message, path }) => `${quote(its.arn)}: ${path === '' ? '' : `${path}: `}${message}`),
    );
  };
  if (its.unread.length > 0) {
    throw new InputError(its.unread.map((part) => `${quote(its.arn)}: ${unreadPart(part)}`));
  }
  if (its.maxSessionDuration === undefined) {
    const message = 'the details do not say how long a session may last, so `maxSessionDuration` is not compared';
    writeLine(io.stderr, plainLine(`note: role/${its.name}: ${message}`));
  }
  for (const arn of its.elsewhere) {
    writeLine(io.stderr, plainLine(`note: role/${its.name}: ${quote(arn)} is attached and not in the file`));
  }
  return {
    ...absent(own),
    roleName: its.name,
    path: its.path,
    maxSessionDuration: its.maxSessionDuration ?? own.maxSessionDuration,
    trust: its.trust === undefined ? nobody : read(its.trust, 'trust'),
    policies: its.policies.map((document) => ({ name: '', path: '/', document: read(document, 'identity') })),
    boundary: its.boundary === undefined ? undefined : { arn: its.boundary.arn },
  };
}
