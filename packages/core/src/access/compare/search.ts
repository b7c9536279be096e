import { once } from '../../document/once.js';
import { actionsWithoutPermission } from '../without-permission.js';
import type { Box } from './box.js';
import { unsure, type Budget, type Unsure } from './budget.js';
import { exampleActions, exampleCallers, exampleResources } from './examples.js';
import { findKeyValue, mayHold, type Count, type KeyValue, type LiteralWish } from './key.js';
import { actionPattern, anyAction, anyArn, anyText } from './text-pattern.js';
import { findInSets, surelyIn, textSet, type TextSet, type TextWish } from './text-set.js';

/** A request, its action in lower case. Letters may stand for variables in the resource and in values. */
export interface Point {
  readonly action: string;
  readonly resource: string;
  /** Who calls, as a text; undefined where no statement asks. */
  readonly caller: string | undefined;
  /** Keys that are not here are absent. */
  readonly keys: ReadonlyMap<string, KeyValue>;
}

/** What a search is about. */
export interface RequestSearch {
  /** The request must lie in all of these. */
  readonly inside: readonly Box[];
  /** It must lie in none of these. */
  readonly outside: readonly Box[];
  /** Wishes about keys besides. */
  readonly wishes: readonly LiteralWish[];
  /** How many values a key may have. */
  readonly count: (key: string) => Count;
  /** Whether letters stand for variables. */
  readonly symbolic: boolean;
}

/** Actions that no policy allows or denies make no difference. */
const outOfReach = once((): TextWish => {
  const actions = Object.keys(actionsWithoutPermission).map(actionPattern);
  return { set: textSet(actions, false, anyAction), inside: false };
});

/** The wishes on the way, and a point that fulfils them. */
interface SearchState {
  readonly actions: readonly TextWish[];
  readonly resources: readonly TextWish[];
  readonly callers: readonly TextWish[];
  readonly literals: ReadonlyMap<string, readonly LiteralWish[]>;
  readonly point: Point;
}

/**
 * Looks for a request in all of the boxes to be in and in none of those to be out of. It takes any point inside; as long
 * as some box to be out of holds it, it leaves that box by each of its sets in turn, every time with one wish more. The
 * ways do not overlap, so nothing is looked at twice.
 * @param accept told a point that was found; false if it is none after all, so that the search goes on
 * @returns the point that was accepted; null where there is none
 */
export function findPoint(
  question: RequestSearch,
  accept: (point: Point) => boolean,
  budget: Budget,
): Point | null | Unsure {
  const { inside, count, symbolic } = question;
  budget.spend(question.outside.length >> 3);
  // A box without conditions is left in fewer ways, or in none.
  const outside = question.outside.toSorted((a, b) => a.literals.length - b.literals.length);
  let doubt = false;

  function begin(): Point | null {
    const literals = new Map<string, LiteralWish[]>();
    const wishes = [
      ...question.wishes,
      ...inside.flatMap((box) => box.literals.map((literal): LiteralWish => ({ literal, wanted: 'holds' }))),
    ];
    for (const wish of wishes) {
      const list = literals.get(wish.literal.key);
      if (list === undefined) literals.set(wish.literal.key, [wish]);
      else list.push(wish);
    }
    const actions = [outOfReach(), ...inside.map((box): TextWish => ({ set: box.actions, inside: true }))];
    const resources = inside.map((box): TextWish => ({ set: box.resources, inside: true }));
    const action = known(findInSets(actions, anyAction, budget, exampleActions));
    if (action === null) return null;
    const resource = known(findResource(resources, action, budget));
    if (resource === null) return null;
    const callers = inside.flatMap(({ callers: set }): TextWish[] =>
      set === undefined ? [] : [{ set: set.possibly, inside: true }],
    );
    const caller = callers.length === 0 ? undefined : known(findInSets(callers, anyText, budget, exampleCallers));
    if (caller === null) return null;
    const keys = new Map<string, KeyValue>();
    for (const [key, list] of literals) {
      const value = findKeyValue(list, count(key), budget);
      if (value === null) return null;
      // The key is left absent; that the rest can be ruled out may be found all the same.
      if (value !== undefined && value !== unsure) keys.set(key, value);
    }
    return explore({ actions, resources, callers, literals, point: { action, resource, caller, keys } }, 0);
  }

  function known(found: string | null | Unsure): string | null {
    if (found !== unsure) return found;
    doubt = true;
    return null;
  }

  function explore(state: SearchState, depth: number): Point | null {
    budget.spend(outside.length);
    // Every step leaves one more box, unless the letters of variables hide that it does not.
    if (budget.exhausted || depth > outside.length) {
      doubt = true;
      return null;
    }
    const box = outside.find((other) => holdsPoint(other, state.point, budget));
    if (box === undefined) {
      if (accept(state.point)) return state.point;
      doubt = true;
      return null;
    }
    let { actions, resources, callers, literals } = state;
    const { point } = state;

    const away = [...actions, { set: box.actions, inside: false }];
    const action = known(findInSets(away, anyAction, budget, exampleActions));
    if (action !== null) {
      const found = explore({ ...state, actions: away, point: { ...point, action } }, depth + 1);
      if (found !== null) return found;
    }
    if (!symbolic) actions = add(actions, box.actions);

    const elsewhere = [...resources, { set: box.resources, inside: false }];
    const resource = known(findResource(elsewhere, point.action, budget));
    if (resource !== null) {
      const next = { actions, resources: elsewhere, callers, literals, point: { ...point, resource } };
      const found = explore(next, depth + 1);
      if (found !== null) return found;
    }
    if (!symbolic) resources = add(resources, box.resources);

    if (box.callers !== undefined) {
      const others = [...callers, { set: box.callers.surely, inside: false }];
      const caller = known(findInSets(others, anyText, budget, exampleCallers));
      if (caller !== null) {
        const next = { actions, resources, callers: others, literals, point: { ...point, caller } };
        const found = explore(next, depth + 1);
        if (found !== null) return found;
      }
      if (!symbolic) callers = add(callers, box.callers.surely);
    }

    for (const literal of box.literals) {
      const { key } = literal;
      // The ways are copied for each condition.
      budget.spend(literals.size >> 4);
      if (budget.exhausted) {
        doubt = true;
        return null;
      }
      const wishes = literals.get(key) ?? [];
      const other: LiteralWish[] = [...wishes, { literal, wanted: 'fails' }];
      const value = findKeyValue(other, count(key), budget);
      if (value === unsure) doubt = true;
      else if (value !== null) {
        const keys = new Map(point.keys);
        if (value === undefined) keys.delete(key);
        else keys.set(key, value);
        const narrowed = new Map(literals).set(key, other);
        const next = { actions, resources, callers, literals: narrowed, point: { ...point, keys } };
        const found = explore(next, depth + 1);
        if (found !== null) return found;
      }
      if (!symbolic) literals = new Map(literals).set(key, [...wishes, { literal, wanted: 'mayHold' }]);
    }
    return null;
  }

  return begin() ?? (doubt ? unsure : null);
}

function add(wishes: readonly TextWish[], set: TextSet): readonly TextWish[] {
  return wishes.some((wish) => wish.inside && wish.set === set) ? wishes : [...wishes, { set, inside: true }];
}

/** An ARN, or `*` where no ARN will do: a request without a resource. */
function findResource(wishes: readonly TextWish[], action: string, budget: Budget): string | null | Unsure {
  const found = findInSets(wishes, anyArn, budget, exampleResources(action));
  if (found !== null && found !== unsure) return found;
  return wishes.every(({ set, inside }) => holdsNoResource(set) === inside) ? '*' : found;
}

/** Whether a request without a resource lies in the set. */
function holdsNoResource(set: TextSet): boolean {
  return set.everything !== set.negated;
}

/** Whether the point lies in the box for certain. */
function holdsPoint(box: Box, point: Point, budget: Budget): boolean {
  return (
    surelyIn(box.actions, point.action, budget) &&
    (point.resource === '*' ? holdsNoResource(box.resources) : surelyIn(box.resources, point.resource, budget)) &&
    (box.callers === undefined || (point.caller !== undefined && surelyIn(box.callers.surely, point.caller, budget))) &&
    box.literals.every((literal) => mayHold(literal, point.keys.get(literal.key), budget))
  );
}
