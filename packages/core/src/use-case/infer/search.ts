import { holds } from '../predicate.js';
import { hasForm } from '../option/form-option.js';
import { isLeftOut, kindOf, takesSeveral } from '../option/kind-of.js';
import type { UseCase } from '../use-case.js';
import { assignmentsFor, valuesOf, type Dials } from './assignments.js';
import { hasWildcard } from './match-template.js';
import { isBetter, isOpen, lookupIn, rate, type Goal, type Rating, type State } from './state.js';
import type { Way } from './ways.js';

/** What {@link search} found. */
export interface SearchResult {
  readonly state: State;
  readonly rating: Rating;
  /** How much of the budget is left; nothing where it ended before all was tried. */
  readonly left: number;
}

/** Options that nobody chooses by what a policy allows. */
const untouched: ReadonlySet<string> = new Set(['allowUnknownRegion']);

/**
 * Looks for the options that allow most of the requests and as little else as may be: names from the requests first, then
 * whatever brings the next request, then every switch, choice and name turned and taken out, alone, in pairs, and with what
 * makes good for it.
 * @param start what is known already, and is kept
 * @param budget how many options are rated at most, fewer where there are very many ways to allow the requests
 */
export function search(goal: Goal, start: State, budget: number): SearchResult {
  const fixed = new Set([...Object.keys(start.names), ...Object.keys(start.dials)]);
  const sure = goal.asked.reduce((state, ways) => adoptSure(goal.useCase, ways, state, fixed), start);
  const walk = walker(goal, fixed, start.dials, budget);
  let best = walk.climb({ state: sure, rating: rate(goal, sure) });
  for (let changed = true; changed && walk.left > 0; ) {
    changed = false;
    for (const turned of turnsOf(goal, best.state, fixed)) {
      const state = turned(best.state);
      const rating = rate(goal, state);
      // Where a request is not allowed yet, the way to it may lead through options that allow more.
      if (best.rating.uncovered === 0 && rating.access >= best.rating.access) continue;
      const frozen = differences(best.state, state);
      const other = [true, false]
        .map((isThrifty) => walk.climb({ state, rating }, frozen, isThrifty))
        .reduce((one, next) => (isBetter(next.rating, one.rating) ? next : one));
      if (!isBetter(other.rating, best.rating)) continue;
      best = walk.climb(other);
      changed = true;
      break;
    }
  }
  return { ...best, left: walk.left };
}

interface RatedState {
  readonly state: State;
  readonly rating: Rating;
}

/** The switches, choices and lists in which two states differ. */
function differences(one: State, other: State): ReadonlySet<string> {
  const all = new Set([...Object.keys(one.dials), ...Object.keys(other.dials)]);
  const dials = [...all].filter((name) => one.dials[name] !== other.dials[name]);
  return new Set([...dials, ...Object.keys(one.names).filter((name) => one.names[name] !== other.names[name])]);
}

/** Climbs from options to better ones, within a budget. */
function walker(goal: Goal, fixed: ReadonlySet<string>, pinned: Dials, budget: number) {
  const pins = Object.entries(pinned);
  const cost = Math.max(1, goal.asked.reduce((sum, ways) => sum + ways.length, 0) / 200);
  const walk = {
    left: budget,
    /**
     * @param frozen what is not to be changed
     * @param isThrifty whether to take the step that allows least for each request that it brings, not the one that brings
     * most: one wide way that brings all requests hides the narrow ones that bring them together
     */
    climb(from: RatedState, frozen: ReadonlySet<string> = new Set(), isThrifty = false): RatedState {
      let best = from;
      const keeps = ({ dials, names }: State) =>
        [...frozen].every((name) => dials[name] === from.state.dials[name] && names[name] === from.state.names[name]);
      const attempt = (state: State, than?: Rating): RatedState | undefined => {
        if (walk.left <= 0 || !keeps(state)) return undefined;
        if (pins.some(([name, value]) => state.dials[name] !== value)) return undefined;
        walk.left -= cost;
        const rating = than === undefined ? rate(goal, state) : rate(goal, state, than);
        return rating && { state, rating };
      };
      const takeBest = (states: Iterable<State>): boolean => {
        const before = best;
        for (const state of states) {
          if (walk.left <= 0) break;
          best = attempt(state, best.rating) ?? best;
        }
        return best !== before;
      };
      const takeCheapest = (states: Iterable<State>): boolean => {
        const { rating: before } = best;
        let cheapest: { readonly step: RatedState; readonly price: number } | undefined;
        for (const state of states) {
          if (walk.left <= 0) break;
          const step = attempt(state);
          if (step === undefined || step.rating.refusals > before.refusals) continue;
          const brought = before.uncovered - step.rating.uncovered;
          if (brought <= 0) continue;
          const price = (step.rating.access - before.access) / brought;
          if (cheapest === undefined || price < cheapest.price) cheapest = { step, price };
        }
        if (cheapest !== undefined) best = cheapest.step;
        return cheapest !== undefined;
      };
      const takeMove = isThrifty ? takeCheapest : takeBest;
      for (;;) {
        while (best.rating.uncovered > 0 && takeMove(moves(goal, best.state, fixed)));
        const turns = turnsOf(goal, best.state, fixed);
        let isTurned = false;
        for (const turned of turns) {
          const next = attempt(turned(best.state), best.rating);
          if (next === undefined) continue;
          best = next;
          isTurned = true;
        }
        if (isTurned) continue;
        const { state } = best;
        if (frozen.size > 0 || !takeBest(pairsOf(turns, state))) return best;
      }
    },
  };
  return walk;
}

function* pairsOf(turns: readonly Turn[], state: State): Generator<State> {
  for (const [index, one] of turns.entries()) for (const other of turns.slice(index + 1)) yield other(one(state));
}

/** Adopts the names of a request that are the same however it is read. */
function adoptSure(useCase: UseCase, ways: readonly Way[], state: State, fixed: ReadonlySet<string>): State {
  const [first, ...others] = ways;
  if (first === undefined) return state;
  const names = first.names.filter(([name, values]) =>
    others.every((way) => way.names.some(([other, its]) => other === name && isSameList(its, values))),
  );
  if (names.some(([, values]) => values.some(hasWildcard))) return state;
  const clashes = names.some(([name, [value]]) => {
    const known = state.names[name];
    return known !== undefined && !takesSeveral(useCase.options, name) && known[0] !== value;
  });
  return clashes ? state : adopt(useCase, { ...first, names }, state, fixed);
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);

/** The state with the names of a way in it; those that are fixed stay. */
function adopt(useCase: UseCase, way: Way, state: State, fixed: ReadonlySet<string>): State {
  const names: Record<string, readonly string[]> = { ...state.names };
  for (const [name, values] of way.names) {
    if (fixed.has(name)) continue;
    const option = useCase.options[name];
    if (option !== undefined && values.includes(String(kindOf(option).defaultOf(option)))) continue;
    const known = names[name] ?? [];
    const added = values.filter((value) => !known.includes(value));
    if (added.length > 0) names[name] = takesSeveral(useCase.options, name) ? [...known, ...added] : added;
  }
  return { ...state, names };
}

/** What could bring a request that is not allowed yet. */
function* moves({ useCase, asked }: Goal, state: State, fixed: ReadonlySet<string>): Generator<State> {
  const now = lookupIn(useCase, state);
  const tried = new Set<string>();
  let requests = 0;
  for (const ways of asked) {
    if (ways.length === 0 || ways.some((way) => isOpen(way, state, now))) continue;
    // The rest has its turn when these are done.
    if ((requests += 1) > 40) return;
    for (const way of ways) {
      for (const named of scopesFor(useCase, way, adopt(useCase, way, state, fixed))) {
        const lookup = lookupIn(useCase, named);
        for (const dials of assignmentsFor(useCase.options, { all: way.predicates }, lookup)) {
          for (const next of settled(useCase, { ...named, dials: { ...named.dials, ...dials } })) {
            const key = JSON.stringify(next);
            if (tried.has(key)) continue;
            tried.add(key);
            yield next;
          }
        }
      }
    }
  }
}

/** The state, and where the entry refuses it, the ways out that turn switches and choices. */
function* settled(useCase: UseCase, state: State): Generator<State> {
  yield state;
  const lookup = lookupIn(useCase, state);
  const refused = (useCase.refuse ?? []).filter((refusal) => holds(refusal.if, lookup));
  if (refused.length === 0) return;
  const ways = assignmentsFor(useCase.options, { all: refused.map((refusal) => ({ not: refusal.if })) }, lookup);
  for (const dials of ways) if (Object.keys(dials).length > 0) yield { ...state, dials: { ...state.dials, ...dials } };
}

/** A name with a wildcard needs a wider scope; one that is all wildcard may stand for everything in the account. */
function scopesFor(useCase: UseCase, way: Way, state: State): State[] {
  const wild = way.names.filter(([, values]) => values.some(hasWildcard));
  if (wild.length === 0 || !Object.hasOwn(useCase.options, 'scope')) return [state];
  const pattern = { ...state, dials: { ...state.dials, scope: 'pattern' } };
  const isAll = wild.every(([name, values]) => values.includes('*') && takesSeveral(useCase.options, name));
  return isAll ? [everything(useCase, state), pattern] : [pattern];
}

/** Under scope `account` the lists that it governs are left out. */
function everything(useCase: UseCase, state: State): State {
  const names = Object.entries(state.names).filter(([name]) => !isLeftOut(useCase.options[name], 'account'));
  return { names: Object.fromEntries(names), dials: { ...state.dials, scope: 'account' } };
}

type Turn = (state: State) => State;

/** Every switch and choice with another value, and every name taken out. */
function turnsOf({ useCase, asked }: Goal, state: State, fixed: ReadonlySet<string>): Turn[] {
  const dials = Object.keys(useCase.options).flatMap((name): Turn[] => {
    if (untouched.has(name) || fixed.has(name) || name === 'scope') return [];
    return valuesOf(useCase.options, name).map((value) => turn(name, value));
  });
  const names = Object.entries(state.names).flatMap(([name, list]): Turn[] => {
    if (fixed.has(name)) return [];
    const without = (gone: string): Turn => {
      return (from) => ({
        ...from,
        names: { ...from.names, [name]: (from.names[name] ?? []).filter((one) => one !== gone) },
      });
    };
    const clear: Turn = (from) => ({ ...from, names: { ...from.names, [name]: [] } });
    return list.length === 1 ? [clear] : list.length <= 60 ? [clear, ...list.map(without)] : [clear];
  });
  const scopes: Turn[] =
    fixed.has('scope') || (state.dials['scope'] ?? 'exact') === 'exact'
      ? []
      : [turn('scope', 'exact'), turn('scope', 'pattern'), (from) => everything(useCase, from)];
  return [...dials, ...names, ...scopes, ...fencesOf(useCase, asked, state, fixed)];
}

/** A name that no request needs may still be a fence that all of them pass, and one name do for another. */
function fencesOf(
  useCase: UseCase,
  asked: readonly (readonly Way[])[],
  state: State,
  fixed: ReadonlySet<string>,
): Turn[] {
  const pairs = new Map<string, Turn>();
  const lists = new Map<string, Set<string>>();
  for (const [name, values] of namesAsked(asked)) {
    const [value] = values;
    if (pairs.size >= mostFences || value === undefined) continue;
    const option = useCase.options[name];
    if (!hasForm(option) || fixed.has(name) || kindOf(option).defaultOf(option) === value) continue;
    const known = state.names[name] ?? [];
    // One name may stand in the place of another, which was taken for what both allow.
    const isOther = known.length === 1 && known[0] !== value && !kindOf(option).several;
    if ((known.length > 0 && !isOther) || values.some(hasWildcard)) continue;
    if (kindOf(option).several) {
      const list = lists.get(name) ?? new Set();
      for (const one of values) list.add(one);
      lists.set(name, list);
    } else pairs.set(JSON.stringify([name, value]), (from) => ({ ...from, names: { ...from.names, [name]: [value] } }));
  }
  // A list is one fence with all that the requests name of it.
  const whole = [...lists]
    .filter(([, values]) => values.size <= mostFences)
    .map(
      ([name, values]): Turn =>
        (from) => ({ ...from, names: { ...from.names, [name]: [...values] } }),
    );
  return [...pairs.values(), ...whole];
}

const asks = new WeakMap<Goal['asked'], Way['names']>();

/** Every name that some request has, with those it has together with it, once. */
function namesAsked(asked: Goal['asked']): Way['names'] {
  let names = asks.get(asked);
  if (names === undefined) {
    const all = asked.flatMap((ways) => ways.flatMap((way) => way.names));
    asks.set(asked, (names = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]));
  }
  return names;
}

/** More names are not tried as fences. */
const mostFences = 20;

const turn = (name: string, value: Dials[string]): Turn => {
  return (state) => ({ ...state, dials: { ...state.dials, [name]: value } });
};
