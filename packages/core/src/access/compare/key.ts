import type { Operator } from '../../document/condition.js';
import { isEmpty } from '../without-value.js';
import { unsure, type Budget, type Unsure } from './budget.js';
import { findValue, holds, surely, type ValueSet, type ValueWish } from './value-set.js';

/** One condition of a statement: an operator, a key and its values. */
export interface Literal {
  /** Two conditions with the same identity hold for the same requests. */
  readonly identity: string;
  readonly operator: Operator;
  readonly key: string;
  /** Undefined for `Null`. */
  readonly values: ValueSet | undefined;
  /** Whether it holds where the key is absent, and where its only values are empty; undefined where it compares them. */
  readonly absent: boolean | undefined;
  readonly empty: boolean | undefined;
  /** For `Null`: whether it holds where the key has a value. */
  readonly present: boolean;
}

/** What a key holds in a request: nothing, one value, several. */
export type KeyValue = undefined | readonly string[];

/**
 * A wish about a condition: that it holds, that it does not, or that it may hold (it holds, or AWS does not say because
 * the key has several values).
 */
export interface LiteralWish {
  readonly literal: Literal;
  readonly wanted: 'holds' | 'fails' | 'mayHold';
}

/** Whether a condition may hold for a request: for certain, or AWS does not say. */
export function mayHold(literal: Literal, value: KeyValue, budget: Budget): boolean {
  const { operator, values } = literal;
  if (value === undefined) return literal.absent === true;
  if (isEmpty(value) && literal.empty !== undefined) return literal.empty;
  if (values === undefined) return literal.present;
  const satisfies = (text: string): boolean => surely(values, !operator.negated, text, budget);
  if (operator.set !== undefined)
    return operator.set === 'ForAllValues' ? value.every(satisfies) : value.some(satisfies);
  return value.length > 1 || satisfies(value[0]!);
}

/** How many values a key may have: one at most, any number, or at least two. */
export type Count = 'one' | 'any' | 'several';

/**
 * Finds a value of one key that fulfils all wishes about it.
 * @returns null where there is none, undefined for an absent key
 */
export function findKeyValue(wishes: readonly LiteralWish[], count: Count, budget: Budget): KeyValue | null | Unsure {
  if (contradict(wishes)) return null;
  if (count === 'several') return findSeveral(wishes, budget);
  if (wishes.every((wish) => fulfilledWhenAbsent(wish))) return undefined;
  if (wishes.every((wish) => wish.literal.values === undefined)) {
    return wishes.every(({ literal, wanted }) => literal.present === (wanted !== 'fails')) ? ['x'] : null;
  }
  const single = findSingle(wishes, budget);
  if (single !== null && single !== unsure) return single;
  const many = count === 'any' ? findSeveral(wishes, budget) : null;
  return many !== null && many !== unsure ? many : single === unsure || many === unsure ? unsure : null;
}

function contradict(wishes: readonly LiteralWish[]): boolean {
  return wishes.some(
    ({ literal, wanted }) =>
      wanted === 'fails' &&
      wishes.some((other) => other.wanted !== 'fails' && other.literal.identity === literal.identity),
  );
}

function fulfilledWhenAbsent({ literal, wanted }: LiteralWish): boolean {
  return literal.absent === (wanted !== 'fails');
}

function findSingle(wishes: readonly LiteralWish[], budget: Budget): readonly string[] | null | Unsure {
  const about: ValueWish[] = [];
  let possible = true;
  for (const { literal, wanted } of wishes) {
    const truth = wanted !== 'fails';
    if (literal.values === undefined) possible &&= literal.present === truth;
    else about.push({ values: literal.values, matched: literal.operator.negated !== truth });
  }
  const found = possible ? findValue(about, budget) : null;
  if (found !== null && found !== unsure) return [found];
  return wishes.every(fulfilledWhenEmpty) ? [''] : found;
}

function fulfilledWhenEmpty({ literal, wanted }: LiteralWish): boolean {
  const { operator, values } = literal;
  const truth = literal.empty ?? (values !== undefined && holds(values, '') !== operator.negated);
  return truth === (wanted !== 'fails');
}

/** Several values; where others will not do, two empty texts, which set operators and `Null` take as absent. */
function findSeveral(wishes: readonly LiteralWish[], budget: Budget): readonly string[] | null | Unsure {
  const found = findSeveralTexts(wishes, budget);
  return (found === null || found === unsure) && wishes.every(fulfilledByEmptyTexts) ? ['', ''] : found;
}

function fulfilledByEmptyTexts({ literal, wanted }: LiteralWish): boolean {
  // AWS does not say what several values do under an operator for one.
  return literal.empty === undefined ? wanted === 'mayHold' : literal.empty === (wanted !== 'fails');
}

/** One value for each wish that needs some value, each within the wishes about every value. */
function findSeveralTexts(wishes: readonly LiteralWish[], budget: Budget): readonly string[] | null | Unsure {
  const every: ValueWish[] = [];
  const some: ValueWish[] = [];
  for (const { literal, wanted } of wishes) {
    const truth = wanted !== 'fails';
    const { operator, values } = literal;
    if (values === undefined) {
      if (literal.present !== truth) return null;
    } else if (operator.set === undefined) {
      // AWS does not say what several values do here.
      if (wanted !== 'mayHold') return null;
    } else {
      const wish = { values, matched: operator.negated !== truth };
      ((operator.set === 'ForAllValues') === truth ? every : some).push(wish);
    }
  }
  const found: string[] = [];
  let answer: null | Unsure = null;
  for (const wish of some) {
    const value = findValue([...every, wish], budget);
    if (value === unsure) answer = unsure;
    if (value !== null && value !== unsure) found.push(value);
    else if ([...every, wish].every(({ values, matched }) => holds(values, '') === matched)) found.push('');
    else return answer;
  }
  if (!found.some((value) => value !== '')) {
    const value = findValue(every, budget);
    if (value === null || value === unsure) return value;
    found.push(value);
  }
  return found.length > 1 ? found : [...found, ...found];
}
