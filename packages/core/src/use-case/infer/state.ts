import { compilePattern, readPattern } from '../../access/pattern.js';
import { hasForm } from '../option/form-option.js';
import { isLeftOut, kindOf } from '../option/kind-of.js';
import type { Option } from '../kinds/index.js';
import type { Setting } from '../option/kind.js';
import { holds, type Lookup } from '../predicate.js';
import type { UseCase } from '../use-case.js';
import { hasWildcard } from './match-template.js';
import type { Way } from './ways.js';
import { accessOf } from './weigh.js';
import type { Dials } from './assignments.js';

/** Options on the way to an answer: switches and choices, and names by option and part of the place. */
export interface State {
  readonly dials: Dials;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** How good options are. Of two the better is the first that is lower, in this order. */
export interface Rating {
  /** Requests that are not allowed. */
  readonly uncovered: number;
  /** Checks of the entry that refuse the options. */
  readonly refusals: number;
  /** How much is allowed: permissions by resources, patterns counting as many. */
  readonly access: number;
  /** How long the options are, written down: of two descriptions of the same access the shorter is likelier. */
  readonly length: number;
}

/** What two ways to add the same up may differ by. */
const sameAccess = 1e-9;

/** Whether one rating is better than another. */
export function isBetter(one: Rating, other: Rating): boolean {
  if (one.uncovered !== other.uncovered) return one.uncovered < other.uncovered;
  if (one.refusals !== other.refusals) return one.refusals < other.refusals;
  if (Math.abs(one.access - other.access) > sameAccess) return one.access < other.access;
  return one.length < other.length;
}

const everything: readonly string[] = ['*'];

/** The values of options as predicates see them; each is looked up once. */
export function lookupIn({ options }: UseCase, state: State): Lookup {
  const known = new Map<string, unknown>();
  return (name) => {
    let value = known.get(name);
    if (value === undefined && !known.has(name)) known.set(name, (value = valueOf(options[name], name, state)));
    return value;
  };
}

function valueOf(option: Option | undefined, name: string, { dials, names }: State): unknown {
  if (option === undefined) return undefined;
  if (!hasForm(option)) return name in dials ? dials[name] : defaultOf(option)[0];
  if (isLeftOut(option, dials['scope'])) return everything;
  const given = names[name];
  if (given !== undefined && given.length > 0) return given;
  const otherwise = defaultOf(option);
  return otherwise[0] === undefined ? undefined : otherwise;
}

/** The same list each time, so that what is known of it is found again. */
const defaults = new WeakMap<Option, readonly [Setting | undefined]>();

function defaultOf(option: Option): readonly [Setting | undefined] {
  let otherwise = defaults.get(option);
  if (otherwise === undefined) defaults.set(option, (otherwise = [kindOf(option).defaultOf(option)]));
  return otherwise;
}

/** Whether the options make a way allow its request. */
export function isOpen(
  { names, predicates }: Pick<Way, 'names' | 'predicates'>,
  state: State,
  lookup: Lookup,
): boolean {
  for (const [name, values] of names) {
    const given = (lookup(name) as readonly string[] | undefined) ?? state.names[name];
    if (given === undefined) return false;
    for (const value of values) if (!coverOf(given)(value)) return false;
  }
  for (const predicate of predicates) if (!holds(predicate, lookup)) return false;
  return true;
}

type Cover = (value: string) => boolean;

/** Lists of names are never changed, only replaced. */
const covers = new WeakMap<readonly string[], Cover>();

/** What a list of names and patterns covers. */
function coverOf(given: readonly string[]): Cover {
  let cover = covers.get(given);
  if (cover === undefined) {
    const names = given.length > 8 ? new Set(given) : undefined;
    const patterns = given.filter(hasWildcard).map((text) => compilePattern(readPattern(text)));
    // A pattern that was asked for stands for itself: one that takes it in besides may be far wider.
    cover = (value) =>
      (names?.has(value) ?? given.includes(value)) ||
      (patterns.length > 0 && !hasWildcard(value) && patterns.some((matches) => matches(value)));
    covers.set(given, cover);
  }
  return cover;
}

/** What options are rated for. */
export interface Goal {
  readonly useCase: UseCase;
  /** For each request the ways to allow it. */
  readonly asked: readonly (readonly Way[])[];
  /** Whether checks count that refuse the options because a name is missing, which perhaps no request tells. */
  readonly needsNames: boolean;
}

/** Rates options; undefined where they can be seen to be no better than others. */
export function rate(goal: Goal, state: State): Rating;
export function rate(goal: Goal, state: State, than: Rating): Rating | undefined;
export function rate({ useCase, asked, needsNames }: Goal, state: State, than?: Rating): Rating | undefined {
  const lookup = lookupIn(useCase, state);
  // Where nothing is left to bring, what is no narrower is no better, and that is seen sooner.
  const isWhole = than !== undefined && than.uncovered + than.refusals === 0;
  const access = isWhole ? accessOf(useCase, lookup, than.access + 1) : undefined;
  if (isWhole && access !== undefined && access > than.access + sameAccess) return undefined;
  const length = lengthOf(useCase, state);
  if (isWhole && !isBetter({ ...than, access: access ?? 0, length }, than)) return undefined;
  const uncovered = countClosed(asked, state, lookup, than?.uncovered ?? Infinity);
  if (uncovered > (than?.uncovered ?? Infinity)) return undefined;
  let refusals = hasRefusedWildcard(state, lookup) ? 1 : 0;
  for (const refusal of useCase.refuse ?? []) {
    if (holds(refusal.if, lookup) && (needsNames || !isMissing(useCase, refusal.path, lookup))) refusals += 1;
  }
  if (uncovered === than?.uncovered && refusals > than.refusals) return undefined;
  const rating = { uncovered, refusals, access: access ?? accessOf(useCase, lookup), length };
  return than === undefined || isBetter(rating, than) ? rating : undefined;
}

/** For each goal the requests that were last seen not allowed: what turns one away turns away the next as well. */
const suspects = new WeakMap<Goal['asked'], (readonly Way[])[]>();
const mostSuspects = 12;

/** How many requests are not allowed, counted until there are more than so many. */
function countClosed(asked: Goal['asked'], state: State, lookup: Lookup, most: number): number {
  const isClosed = (ways: readonly Way[]) => !ways.some((way) => isOpen(way, state, lookup));
  if (most > 0) {
    let closed = 0;
    for (const ways of asked) if (isClosed(ways) && (closed += 1) > most) return closed;
    return closed;
  }
  const first = suspects.get(asked) ?? [];
  if (first.some(isClosed)) return 1;
  const found = asked.find(isClosed);
  if (found === undefined) return 0;
  suspects.set(asked, [found, ...first.slice(0, mostSuspects - 1)]);
  return 1;
}

function hasRefusedWildcard({ names }: State, lookup: Lookup): boolean {
  if ((lookup('scope') ?? 'exact') !== 'exact') return false;
  return Object.values(names).some((list) => list.some(hasWildcard));
}

function isMissing(useCase: UseCase, name: string, lookup: Lookup): boolean {
  return hasForm(useCase.options[name]) && lookup(name) === undefined;
}

function lengthOf(useCase: UseCase, { dials, names }: State): number {
  let length = 0;
  for (const [name, value] of Object.entries(dials)) {
    const option = useCase.options[name];
    if (option !== undefined && defaultOf(option)[0] !== value) length += turnLength;
  }
  for (const name in names) length += lengthIn(names[name] ?? []);
  return length;
}

const lengths = new WeakMap<readonly string[], number>();

function lengthIn(list: readonly string[]): number {
  let length = lengths.get(list);
  if (length === undefined) lengths.set(list, (length = list.reduce((sum, text) => sum + text.length + 1, 0)));
  return length;
}

const turnLength = 2;
