import { compilePattern, readPattern } from '../../access/pattern.js';
import { hasForm } from '../option/form-option.js';
import { isLeftOut, kindOf } from '../option/kind-of.js';
import { holds, type Lookup, type Predicate } from '../predicate.js';
import { partsOf, type Slot, type Template } from '../template.js';
import { isWhen, type UseCase } from '../use-case.js';
import { hasWildcard } from './match-template.js';
import type { Way } from './ways.js';
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

/** Whether one rating is better than another. */
export function isBetter(one: Rating, other: Rating): boolean {
  if (one.uncovered !== other.uncovered) return one.uncovered < other.uncovered;
  if (one.refusals !== other.refusals) return one.refusals < other.refusals;
  if (Math.abs(one.access - other.access) > 1e-9) return one.access < other.access;
  return one.length < other.length;
}

const everything: readonly string[] = ['*'];

/** The values of options as predicates see them. */
export function lookupIn(useCase: UseCase, { dials, names }: State): Lookup {
  return (name) => {
    const option = useCase.options[name];
    if (option === undefined) return undefined;
    if (!hasForm(option)) return name in dials ? dials[name] : kindOf(option).defaultOf(option);
    if (isLeftOut(option, dials['scope'])) return everything;
    const given = names[name];
    if (given !== undefined && given.length > 0) return given;
    const otherwise = kindOf(option).defaultOf(option);
    return otherwise === undefined ? undefined : [otherwise];
  };
}

/** Whether the options make a way allow its request. */
export function isOpen(way: Way, state: State, lookup: Lookup): boolean {
  for (const [name, values] of way.names) {
    const given = (lookup(name) as readonly string[] | undefined) ?? state.names[name];
    if (given === undefined) return false;
    const covers = coverOf(given);
    if (!values.every(covers)) return false;
  }
  return way.predicates.every((predicate) => holds(predicate, lookup));
}

type Cover = (value: string) => boolean;

/** Lists of names are never changed, only replaced. */
const covers = new WeakMap<readonly string[], Cover>();

/** What a list of names and patterns covers. */
function coverOf(given: readonly string[]): Cover {
  let cover = covers.get(given);
  if (cover === undefined) {
    const names = new Set(given);
    const patterns = given.filter(hasWildcard).map((text) => compilePattern(readPattern(text)));
    // A pattern that was asked for stands for itself: one that takes it in besides may be far wider.
    cover = (value) => names.has(value) || (!hasWildcard(value) && patterns.some((matches) => matches(value)));
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
  let uncovered = 0;
  for (const ways of asked) {
    if (ways.some((way) => isOpen(way, state, lookup))) continue;
    uncovered += 1;
    if (than !== undefined && uncovered > than.uncovered) return undefined;
  }
  const isSame = uncovered === than?.uncovered;
  let refusals = hasRefusedWildcard(state, lookup) ? 1 : 0;
  for (const refusal of useCase.refuse ?? []) {
    if (holds(refusal.if, lookup) && (needsNames || !isMissing(useCase, refusal.path, lookup))) refusals += 1;
  }
  if (than !== undefined && isSame && refusals > than.refusals) return undefined;
  const rating = { uncovered, refusals, access: accessOf(useCase, lookup), length: lengthOf(useCase, state) };
  return than === undefined || isBetter(rating, than) ? rating : undefined;
}

function hasRefusedWildcard({ names }: State, lookup: Lookup): boolean {
  if ((lookup('scope') ?? 'exact') !== 'exact') return false;
  return Object.values(names).some((list) => list.some(hasWildcard));
}

function isMissing(useCase: UseCase, name: string, lookup: Lookup): boolean {
  return hasForm(useCase.options[name]) && lookup(name) === undefined;
}

/** A fence makes a statement narrower, so it counts a little less with each. */
const fenced = 0.9;

function accessOf(useCase: UseCase, lookup: Lookup): number {
  const isActive = (predicate: Predicate | undefined) => predicate === undefined || holds(predicate, lookup);
  let access = 0;
  /** What several statements allow alike counts once. */
  const alike = new Map<string, number>();
  for (const { when, actions, resources, conditions = [] } of useCase.statements) {
    if (!isActive(when)) continue;
    const present = Object.entries(actions).filter(([, reason]) => !isWhen(reason) || isActive(reason.when));
    const [only, ...others] = 'unscoped' in resources ? [] : resources;
    if (only !== undefined && 'slot' in only && only.slot === 'arn' && others.length + conditions.length === 0) {
      const names = (lookup(only.option) as readonly string[] | undefined) ?? [];
      for (const [action] of present)
        for (const name of names) alike.set(`${action} ${name}`, name === '*' ? wholeWeight : weight(name));
      continue;
    }
    const count = present.length;
    let share = 'unscoped' in resources ? 1 : textsOf(resources, lookup, isActive);
    for (const condition of conditions) {
      if (!isActive(condition.when)) continue;
      // However much a fence lets through, without it more gets through.
      const texts = textsOf(condition.values, lookup, isActive);
      share *= fenced * (texts / (1 + texts));
    }
    access += count * share;
  }
  for (const one of alike.values()) access += one;
  return access;
}

type Part = Template | Slot | string | { readonly when: Predicate; readonly then: Template | Slot | string };

/** How many texts templates make, patterns counting as many. */
function textsOf(parts: readonly Part[], lookup: Lookup, isActive: (predicate: Predicate) => boolean): number {
  let sum = 0;
  for (const part of parts) {
    if (isWhen<Template | Slot | string>(part) && !isActive(part.when)) continue;
    const slots = partsOf(isWhen<Template | Slot | string>(part) ? part.then : part);
    const options = new Set(
      slots.flatMap((slot) => (typeof slot === 'object' && 'option' in slot ? [slot.option] : [])),
    );
    // Where the entry itself puts a star behind a name, each name stands for many.
    let texts = slots.some((slot) => typeof slot === 'string' && slot.endsWith('*')) ? starWeight : 1;
    let whole = wholeWeight;
    let named = 0;
    for (const name of options) {
      const items = (lookup(name) as readonly string[] | undefined) ?? [];
      // The shortest of them: a name more never reaches less.
      named += items.length === 0 ? 0 : Math.min(...items.map((text) => text.length));
      texts *= items.reduce((total, text) => total + (text === '*' ? whole : weight(text)), 0);
      if (items.includes('*')) whole = fenced;
    }
    sum += texts * endWeight(slots, named);
  }
  return sum;
}

/**
 * How much more than one text a template reaches that ends with a star behind a slash: all that is in a resource, or in what
 * a star stands for, counts as a pattern, and what is below a name reaches less, the more is named.
 */
function endWeight(slots: Template, named: number): number {
  const last = slots.at(-1);
  const before = slots.at(-2);
  if (typeof last !== 'string' || !last.endsWith('/*')) return 1;
  // Where a name ends in a star itself, what is behind it is the same thing, as where an option has that star.
  if (last.length > 3 && last.endsWith('*/*')) return 1;
  if (typeof before !== 'object') return `${before}${last}`.endsWith('*/*') ? 50 : 1;
  return last === '/*' && before.slot === 'arn' ? 50 : 1 + 0.5 / (1 + named);
}

const starWeight = 50;
const weight = (text: string): number => (hasWildcard(text) ? starWeight : 1);
/** Everything is more than what any three patterns together make; behind a text of its own it is a little less. */
const wholeWeight = 10_000_000;

function lengthOf(useCase: UseCase, { dials, names }: State): number {
  let length = 0;
  for (const [name, value] of Object.entries(dials)) {
    const option = useCase.options[name];
    if (option !== undefined && kindOf(option).defaultOf(option) !== value) length += turnLength;
  }
  for (const list of Object.values(names)) for (const text of list) length += text.length + 1;
  return length;
}

const turnLength = 2;
