import type { Request } from '../../access/request.js';
import { search, type SearchResult } from './search.js';
import { branchesOf, without, type Bans } from './bans.js';
import { isBetter, rate, type Goal, type State } from './state.js';

/** What {@link narrow} found. */
export interface Narrowed extends SearchResult {
  /** A permission that no request asks for, where not every way out of it was tried. */
  readonly beyond?: Request | undefined;
}

interface NarrowedResult extends SearchResult {
  readonly bans: Bans;
  /** The permissions that no request asks for. */
  readonly surplus: readonly Request[];
}

/** Gives the permissions of options that no request asks for; undefined where the options do not build. */
export type SurplusOf = (state: State) => readonly Request[] | undefined;

/** How far is looked on. */
export interface NarrowSettings {
  /** Where more permissions than that are allowed besides, they are no slip of the search. */
  readonly surplus: number;
  /** How many options are rated at most in all the searches. */
  readonly budget: number;
}

/**
 * Looks on where options allow more than was asked for. One search ends where no single step is better, so each name and
 * choice that brings what is too much is forbidden in turn, and the search begins anew without it; of what is found the
 * least is taken, and forbidding goes on there.
 */
export function narrow(
  goal: Goal,
  start: State,
  first: SearchResult,
  surplusOf: SurplusOf,
  reach: NarrowSettings,
): Narrowed {
  const surplus = surplusOf(first.state) ?? [];
  if (surplus.length > reach.surplus) return first;
  let best: NarrowedResult = { ...first, bans: { names: [], pinned: {} }, surplus };
  const open = [best];
  const tried = new Set<string>();
  let left = reach.budget;
  while (best.surplus.length > 0) {
    const from = open.sort(order)[0];
    if (from === undefined) return best;
    const isLess = (state: State) => (surplusOf(state)?.length ?? 0) < from.surplus.length;
    const bans = branchesOf(goal, start, from, isLess).find((one) => !tried.has(keyOf(one)));
    if (bans === undefined) {
      open.shift();
      continue;
    }
    if (left <= 0) return { ...best, beyond: best.surplus[0] };
    tried.add(keyOf(bans));
    const begin = { ...start, dials: { ...start.dials, ...bans.pinned } };
    const next = search({ ...goal, asked: without(goal, bans) }, begin, left);
    left = next.left;
    const rating = rate(goal, next.state);
    if (rating.uncovered > first.rating.uncovered || rating.refusals > first.rating.refusals) continue;
    const its = surplusOf(next.state);
    if (its === undefined) continue;
    const found = { state: next.state, rating, left: first.left, bans, surplus: its };
    open.push(found);
    if (isNarrower(found, best)) best = found;
  }
  return best;
}

const keyOf = ({ names, pinned }: Bans): string =>
  JSON.stringify([names.map(String).sort(), Object.entries(pinned).map(String).sort()]);

/**
 * Whether options allow less than others: nothing besides, or fewer permissions that the others allow as well or that weigh no
 * more. Fewer alone may be more, such as one without a fence for two with it.
 */
function isNarrower(one: NarrowedResult, other: NarrowedResult): boolean {
  if (order(one, other) >= 0) return false;
  if (one.rating.uncovered < other.rating.uncovered || one.surplus.length === 0) return true;
  const known = new Set(other.surplus.map((permission) => JSON.stringify(permission)));
  return (
    one.rating.access <= other.rating.access || one.surplus.every((permission) => known.has(JSON.stringify(permission)))
  );
}

/** The better first: what allows more of the requests, then what allows fewer permissions besides. */
function order(one: NarrowedResult, other: NarrowedResult): number {
  return (
    one.rating.uncovered - other.rating.uncovered ||
    one.surplus.length - other.surplus.length ||
    Number(isBetter(other.rating, one.rating)) - Number(isBetter(one.rating, other.rating))
  );
}
