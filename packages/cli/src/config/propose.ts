import {
  compilePattern,
  quote,
  readConfig,
  readPattern,
  takesSeveral,
  type ConfigEntry,
  type ConfigRole,
} from '@postern/core';
import type { Found, Role } from '@postern/detect';
import { InputError } from '../errors.js';
import { jobLines, keyOf, roleLines } from './first-file.js';
import { readConfigText } from './read-file.js';
import { spell, type Placed } from './same-resource.js';
import { yamlValue } from './yaml-value.js';

/**
 * What the CI files say and a `postern.yaml` that is there does not, as lines for a person. Nothing of the file is changed.
 * @throws {InputError} where the file cannot be read
 */
export async function proposals(found: Found, text: string, name: string): Promise<string[]> {
  const { describe, value } = await readConfigText(text, name);
  const { problems, roles } = readConfig(value);
  if (problems.length > 0) throw new InputError(describe(problems));
  return found.roles.flatMap((role) => ofRole(found, role, roles));
}

/**
 * What a `postern.yaml` gives and no job of the CI files is seen to need.
 * @throws {InputError} where the file cannot be read
 */
export async function unneeded(found: Found, text: string, name: string): Promise<string[]> {
  const { describe, value } = await readConfigText(text, name);
  const { roles } = readConfig(value);
  const spare = entriesIn(roles).filter(({ entry }) => found.jobs.every(({ useCase }) => useCase !== entry.id));
  return describe(
    [...new Map(spare.map((one) => [one.path, one])).values()].map(({ entry, path }) => ({
      path,
      message: `no job of the CI files is seen to need ${quote(entry.id)}`,
    })),
  );
}

function ofRole(found: Found, role: Role, roles: readonly ConfigRole[]): string[] {
  const own = roles.filter(({ name, settings }) => name === keyOf(role.name) || settings['roleName'] === role.name);
  const others = own.length > 0 ? own : roles;
  const given = role.jobs.map((index) =>
    entriesIn(others).filter(({ entry }) => entry.id === found.jobs[index]!.useCase),
  );
  if (own.length === 0 && given.every((entries) => entries.length === 0)) {
    return ['', 'A role that is not in it:', ...roleLines(found, role)];
  }
  const ofJobs = role.jobs.flatMap((index, place) => {
    const entries = given[place]!;
    if (entries.length === 0)
      return ['', `In the role ${role.name}, a use case that is not in it:`, ...jobLines(found, index)];
    return optionLines(found, index, entries);
  });
  return [...ofJobs, ...trustLines(role, own)];
}

/** Which jobs a trust entry lets in, by the names of its options. */
const letsIn = ['environments', 'branches', 'tags', 'pullRequests', 'mergeRequests'] as const;
/** Options that let in what these do not name. */
const letsMoreIn = ['everyContext', 'everyRepository', 'customSubjects', 'jobWorkflowRef'];

/** What starts the jobs of a role, and none of its trust entries lets in. Jobs that name an environment are told by it alone. */
function trustLines({ trust, name: role }: Role, own: readonly ConfigRole[]): string[] {
  const entries = own
    .flatMap(({ trust: whole, halves }) => [
      ...whole,
      ...(halves === undefined ? [] : [...halves.plan.trust, ...halves.apply.trust]),
    ])
    .filter(({ entry }) => entry.id === trust.provider);
  if (entries.length === 0 || entries.some(({ options }) => letsMoreIn.some((name) => options[name] !== undefined)))
    return [];
  const byEnvironment = trust.options['environments'] !== undefined;
  return letsIn
    .filter((name) => {
      const told = trust.options[name];
      if (told === undefined) return false;
      const given = entries.filter(({ options }) => options[name] !== undefined);
      if (given.length === 0) return name === 'environments' || !byEnvironment;
      return !given.some(({ options }) => holds(options[name], told));
    })
    .flatMap((name) => [
      '',
      `${entries[0]!.path}: the jobs of the role ${role} run by, and it does not let in:`,
      `  ${name}: ${yamlValue(trust.options[name])}`,
    ]);
}

/** What a job's options are in the CI files and in none of the entries of its use case. */
function optionLines({ jobs }: Found, index: number, entries: readonly GivenEntry[]): string[] {
  const { at, open, options, useCase } = jobs[index]!;
  const [site] = at;
  return (
    Object.entries(options)
      .filter(([name]) => !open.includes(name) && !['account', 'region'].includes(name))
      // One value is asked for, and each of several may occur: that is a question, not an answer.
      .filter(
        ([name, value]) => !Array.isArray(value) || value.length === 1 || takesSeveral(entries[0]!.entry.options, name),
      )
      // Each half of a pair gives its own access.
      .filter(([name]) => name !== 'access' || !entries.some(({ isOfPair }) => isOfPair))
      .filter(([name, value]) => !entries.some((entry) => gives(entry, name, value)))
      .flatMap(([name, value]) => [
        '',
        `${entries[0]!.path}: ${site === undefined ? 'the CI files say' : `${site.file}:${site.line} says`} of ${useCase}:`,
        `  ${name}: ${yamlValue(value)}`,
      ])
  );
}

/** Whether an entry has what is told of its option. */
function gives(entry: GivenEntry, option: string, told: unknown): boolean {
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
interface GivenEntry extends ConfigEntry {
  readonly place: Placed['place'];
  /** Whether both roles of a pair have it. */
  readonly isOfPair: boolean;
}

function entriesIn(roles: readonly ConfigRole[]): GivenEntry[] {
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

function placeIn(settings: ConfigRole['settings']): Placed['place'] {
  const said = (['account', 'region', 'partition'] as const).filter((part) => typeof settings[part] === 'string');
  return Object.fromEntries(said.map((part) => [part, settings[part]]));
}
