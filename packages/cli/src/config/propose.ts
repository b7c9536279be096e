import { compilePattern, readPattern, takesSeveral, type ConfigEntry, type ConfigRole } from '@postern/core';
import type { Found, JobRole, Told } from '@postern/detect';
import { keyOf } from './first-file.js';
import { pairsOf } from './first-pairs.js';
import type { NewOption, Proposal } from './proposal.js';
import { spell, type PlacedOptions } from './same-resource.js';

/**
 * What the CI files say and the roles of a `postern.yaml` do not.
 * @param roles the roles of the file, in each environment
 */
export function proposalsFor(found: Found, roles: readonly ConfigRole[]): Proposal[] {
  const pairs = pairsOf(found);
  const all = found.roles.flatMap((role) => proposalsOf(found, role, roles));
  const isNew = (role: JobRole) => all.some((one) => one.what === 'role' && one.role === role);
  return all.flatMap((proposal): Proposal[] => {
    if (proposal.what !== 'role') return [proposal];
    const pair = pairs.find(({ plan, apply }) => [plan, apply].includes(proposal.role) && isNew(plan) && isNew(apply));
    if (pair === undefined) return [proposal];
    return pair.apply === proposal.role ? [{ ...proposal, pair }] : [];
  });
}

/** The use cases of a file that no job of the CI files is seen to need. */
export function unneededIn(found: Found, roles: readonly ConfigRole[]): ConfigEntry[] {
  const spare = entriesIn(roles).filter(({ entry }) => found.jobs.every(({ useCase }) => useCase !== entry.id));
  return [...new Map(spare.map((one) => [one.path, one])).values()];
}

/** The roles of a file that are the one that was found; none where it is not in it by name. */
export function ownRoles({ name }: JobRole, roles: readonly ConfigRole[]): ConfigRole[] {
  return roles.filter((one) => one.name === keyOf(name) || one.settings['roleName'] === name);
}

/** The roles of a file that one that is not in it by name may be: those that no other one is. */
function otherRoles(found: Found, role: JobRole, roles: readonly ConfigRole[]): readonly ConfigRole[] {
  const claimed = new Set(found.roles.filter((one) => one !== role).flatMap((one) => ownRoles(one, roles)));
  // Both roles of a pair have one name in the file.
  return roles.filter((one) => !claimed.has(one) || one.halves !== undefined);
}

/** What the CI files say of one role and the roles of a file do not; of a pair that is not there, each role by itself. */
export function proposalsOf(found: Found, role: JobRole, roles: readonly ConfigRole[]): Proposal[] {
  const own = ownRoles(role, roles);
  const others = own.length > 0 ? own : otherRoles(found, role, roles);
  const given = role.jobs.map((index) =>
    entriesIn(others).filter(({ entry }) => entry.id === found.jobs[index]!.useCase),
  );
  const lacking = given.filter((entries) => entries.length === 0).length;
  // A role that the CI files name is none that has a part of what it does.
  if (own.length === 0 && (lacking === given.length || (role.exists === true && lacking > 0)))
    return [{ what: 'role', role, pair: undefined }];
  const isSure = own.length > 0 || (found.roles.length === 1 && pathsOf(roles).length === 1);
  const into = isSure ? targetOf(others) : undefined;
  const ofJobs = role.jobs.flatMap((job, place): Proposal[] => {
    const entries = given[place]!;
    if (entries.length === 0) return [{ what: 'useCase', role, job, into }];
    return optionsOf(found, role, job, entries).map((one) => ({ ...one, isOnly: one.isOnly && isSure }));
  });
  return [...ofJobs, ...trustOf(role, own)];
}

function pathsOf(placed: readonly { readonly path: string }[]): string[] {
  return [...new Set(placed.map(({ path }) => path))];
}

/** Where a use case would be added: to a role, or to what applies of a pair, since pull requests get into the other. */
function targetOf(roles: readonly ConfigRole[]): string | undefined {
  const [path, another] = pathsOf(roles);
  if (path === undefined || another !== undefined) return undefined;
  return roles[0]!.halves === undefined ? path : `${path}.apply`;
}

/** Which jobs a trust entry lets in, by the names of its options. */
const letsIn = ['environments', 'branches', 'tags', 'pullRequests', 'mergeRequests'] as const;
/** Options that let in what these do not name. */
const letsMoreIn = ['everyContext', 'everyRepository', 'customSubjects', 'jobWorkflowRef'];

/** What starts the jobs of a role, and none of its trust entries lets in. Jobs that name an environment are told by it alone. */
function trustOf(role: JobRole, own: readonly ConfigRole[]): NewOption[] {
  const { trust } = role;
  const entries = own
    .flatMap(({ trust: whole, halves }) => [
      ...whole,
      ...(halves === undefined ? [] : [...halves.plan.trust, ...halves.apply.trust]),
    ])
    .filter(({ entry }) => entry.id === trust.provider);
  if (entries.length === 0 || entries.some(({ options }) => letsMoreIn.some((name) => options[name] !== undefined)))
    return [];
  const byEnvironment = trust.options['environments'] !== undefined;
  return letsIn.flatMap((option) => {
    const value = trust.options[option];
    if (value === undefined) return [];
    const given = entries.filter(({ options }) => options[option] !== undefined);
    if (given.length === 0 && option !== 'environments' && byEnvironment) return [];
    const lacking = itemsOf(value).filter((one) => !given.some(({ options }) => holds(options[option], one)));
    if (lacking.length === 0) return [];
    const paths = pathsOf(entries);
    return [
      { what: 'trust', role, job: undefined, option, value, lacking, path: paths[0]!, isOnly: paths.length === 1 },
    ];
  });
}

/** What a job's options are in the CI files and in none of the entries of its use case. */
function optionsOf({ jobs }: Found, role: JobRole, job: number, entries: readonly PlacedEntry[]): NewOption[] {
  const { open, options } = jobs[job]!;
  const paths = pathsOf(entries);
  return (
    Object.entries(options)
      .filter(([name]) => !open.includes(name) && !['account', 'region'].includes(name))
      // One value is asked for, and each of several may occur: that is a question, not an answer.
      .filter(
        ([name, value]) => !Array.isArray(value) || value.length === 1 || takesSeveral(entries[0]!.entry.options, name),
      )
      // Each half of a pair gives its own access.
      .filter(([name]) => name !== 'access' || !entries.some(({ isOfPair }) => isOfPair))
      .flatMap(([option, value]) => {
        const lacking = itemsOf(value).filter((one) => !entries.some((entry) => gives(entry, option, one)));
        if (lacking.length === 0) return [];
        return [
          { what: 'option' as const, role, job, option, value, lacking, path: paths[0]!, isOnly: paths.length === 1 },
        ];
      })
  );
}

function itemsOf(value: Told): readonly (string | boolean)[] {
  return typeof value === 'object' ? value : [value];
}

/** Whether an entry has what is told of its option. */
function gives(entry: PlacedEntry, option: string, told: unknown): boolean {
  const given = spell(entry, option, entry.options[option]);
  return spell(entry, option, told).every(({ name, text }) =>
    given.some(
      (one) => holds(one.text, text) || (name !== undefined && one.name !== undefined && holds(one.name, name)),
    ),
  );
}

function holds(given: unknown, told: unknown): boolean {
  const has = [given ?? []].flat().map((text) => compilePattern(readPattern(String(text))));
  return [told].flat().every((one) => has.some((matches) => matches(String(one))));
}

/** A use case of the file, and where its role is. */
export interface PlacedEntry extends ConfigEntry {
  readonly place: PlacedOptions['place'];
  /** Whether both roles of a pair have it. */
  readonly isOfPair: boolean;
}

/** The use cases of roles. */
export function entriesIn(roles: readonly ConfigRole[]): PlacedEntry[] {
  return roles.flatMap(({ halves, permissions, settings }) => {
    const own = halves === undefined ? [] : [...halves.plan.permissions, ...halves.apply.permissions];
    const placed = (entry: ConfigEntry, isOfPair: boolean) => ({
      ...entry,
      isOfPair,
      place: placeIn({ ...settings, ...entry.options }),
    });
    return [
      ...permissions.map((entry) => placed(entry, halves !== undefined)),
      ...own.map((entry) => placed(entry, false)),
    ];
  });
}

function placeIn(settings: ConfigRole['settings']): PlacedOptions['place'] {
  const said = (['account', 'region', 'partition'] as const).filter((part) => typeof settings[part] === 'string');
  return Object.fromEntries(said.map((part) => [part, settings[part]]));
}
