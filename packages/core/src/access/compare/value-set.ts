import type { Operator } from '../../document/condition.js';
import { once } from '../../document/once.js';
import { beyond, between, compareDecimals, printDecimal, readDecimal, type Decimal } from '../decimal.js';
import { isInRange, readAddress, readDate, readRange, stands, type AddressRange } from '../match-value.js';
import { unsure, type Budget, type Unsure } from './budget.js';
import { exampleValues } from './examples.js';
import { hasSymbol } from './letters.js';
import { anyText, arnValuePattern, fromLetters, valuePattern, type Binding } from './text-pattern.js';
import { findInSets, matchesSome, surelyIn, textSet, type TextSet, type TextWish } from './text-set.js';

/** The values of a condition key that some value of a condition matches, negation left out. */
export type ValueSet =
  | { readonly kind: 'text'; readonly set: TextSet; readonly symbolic: boolean }
  | {
      readonly kind: 'number' | 'date';
      readonly order: Operator['order'];
      readonly bounds: readonly Decimal[];
      readonly symbolic: false;
    }
  | { readonly kind: 'address'; readonly ranges: readonly AddressRange[]; readonly symbolic: false };

/** Reads the values of one condition under its operator. */
export function valueSet(
  operator: Operator,
  values: readonly string[],
  variables: boolean,
  binding: Binding,
): ValueSet | undefined {
  const { comparison, order } = operator;
  switch (comparison) {
    case 'null':
      return undefined;
    case 'numeric':
    case 'date': {
      const [kind, read] = comparison === 'date' ? (['date', readDate] as const) : (['number', readDecimal] as const);
      return { kind, order, bounds: values.flatMap((value) => read(value) ?? []), symbolic: false };
    }
    case 'ipAddress':
      return { kind: 'address', ranges: values.flatMap((value) => readRange(value) ?? []), symbolic: false };
    default: {
      const found = values.map((value) =>
        comparison === 'arn'
          ? arnValuePattern(value, variables, binding)
          : valuePattern(value, comparison, variables, binding),
      );
      const set = textSet(found, false, anyText);
      return { kind: 'text', set, symbolic: set.symbolic || set.unclear };
    }
  }
}

/** Whether the value matches, as far as the letters of variables are themselves. */
export function holds(values: ValueSet, text: string): boolean {
  switch (values.kind) {
    case 'text':
      return matchesSome(values.set, text);
    case 'address': {
      const address = readAddress(text);
      return address !== undefined && values.ranges.some((range) => isInRange(address, range));
    }
    default: {
      const number = values.kind === 'date' ? readDate(text) : readDecimal(text);
      return number !== undefined && values.bounds.some((bound) => stands(number, values.order, bound));
    }
  }
}

/** Whether the value is matched for certain, or for certain is not. */
export function surely(values: ValueSet, matched: boolean, text: string, budget: Budget): boolean {
  if (values.kind === 'text') return surelyIn({ ...values.set, negated: !matched }, text, budget);
  return !hasSymbol(text) && holds(values, text) === matched;
}

/** A wish about the value of a condition key: that it is matched, or that it is not. */
export interface ValueWish {
  readonly values: ValueSet;
  readonly matched: boolean;
}

const emptyText = once((): TextSet => textSet([fromLetters([])], false, anyText));

/**
 * Finds a value that is not the empty text and fulfils all wishes.
 * @returns null where there is none
 */
export function findValue(wishes: readonly ValueWish[], budget: Budget): string | null | Unsure {
  const texts = wishes.flatMap(({ values, matched }): TextWish[] =>
    values.kind === 'text' ? [{ set: values.set, inside: matched }] : [],
  );
  const notEmpty = { set: emptyText(), inside: false };
  const byText = findInSets([...texts, notEmpty], anyText, budget, exampleValues);
  if (byText === null || texts.length === wishes.length) return byText;
  const bounds = wishes.reduce((sum, { values }) => sum + boundsOf(values), 0);
  const fulfils = (text: string): boolean => {
    budget.spend(bounds >> 3);
    return !budget.exhausted && wishes.every(({ values, matched }) => holds(values, text) === matched);
  };
  const finite = texts.find(({ set, inside }) => inside && set.wild.length === 0 && !set.unclear && !set.symbolic);
  const others = wishes.filter(({ values }) => values.kind !== 'text');
  if (finite !== undefined) {
    const listed = [...finite.set.literals].find((text) => text !== '' && fulfils(text));
    return listed ?? (budget.exhausted ? unsure : null);
  }
  const { texts: candidates, complete } = candidatesOf(others.map(({ values }) => values));
  const found = (byText === unsure ? candidates : [...candidates, byText]).find(fulfils);
  return found ?? (complete && texts.length === 0 && !budget.exhausted ? null : unsure);
}

function boundsOf(values: ValueSet): number {
  if (values.kind === 'text') return values.set.wild.length;
  return values.kind === 'address' ? values.ranges.length : values.bounds.length;
}

interface Candidates {
  readonly texts: readonly string[];
  /** Whether one of them fulfils the wishes wherever any value does. */
  readonly complete: boolean;
}

/** One value from every stretch that the bounds cut out, and a text that is of no kind at all. */
function candidatesOf(sets: readonly ValueSet[]): Candidates {
  const numbers = around(
    sets.flatMap((set) => (set.kind === 'number' ? set.bounds : [])),
    1n,
  );
  const dates = around(
    sets.flatMap((set) => (set.kind === 'date' ? set.bounds : [])),
    60n,
  );
  const ranges = sets.flatMap((set) => (set.kind === 'address' ? set.ranges : []));
  const texts = [...numbers.map(printDecimal), ...dates.map(printDate), ...addressesAround(ranges), 'x'];
  // Some texts are a number and a date.
  return { texts, complete: numbers.length === 0 || dates.length === 0 };
}

function around(bounds: readonly Decimal[], step: bigint): Decimal[] {
  const sorted = bounds.toSorted(compareDecimals);
  const once = sorted.filter((bound, index) => index === 0 || compareDecimals(sorted[index - 1]!, bound) !== 0);
  if (once.length === 0) return [];
  const inside = once.slice(1).map((bound, index) => between(once[index]!, bound, step));
  return [...once, beyond(once[0]!, -step), beyond(once.at(-1)!, step), ...inside];
}

/** As a date where there is one that is exact, else as seconds, which no four digits are. */
function printDate(seconds: Decimal): string {
  const number = printDecimal(seconds);
  const date = new Date(Number(number) * 1000);
  const text = Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
  const read = text === undefined ? undefined : readDate(text);
  if (text !== undefined && read !== undefined && compareDecimals(read, seconds) === 0) return text;
  return /^\d{4}$/.test(number) ? `${number}.0` : number;
}

/** Ranges lie in each other or apart, so what some cut out of others begins at a first address or behind a last one. */
function addressesAround(ranges: readonly AddressRange[]): string[] {
  if (ranges.length === 0) return [];
  const texts = ranges.flatMap(({ address, prefix }) => {
    const size = BigInt(address.length * 8);
    const bits = size - BigInt(prefix);
    const first = (address.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> bits) << bits;
    const behind = first + (1n << bits);
    return [first, ...(behind < 1n << size ? [behind] : [])].map((value) => printAddress(value, address.length));
  });
  return [...texts, '0.0.0.0', '::'];
}

function printAddress(value: bigint, bytes: number): string {
  const [count, bits] = bytes === 4 ? [4, 8n] : [8, 16n];
  const groups = Array.from({ length: count }, (_, index) =>
    Number((value >> (bits * BigInt(count - 1 - index))) & ((1n << bits) - 1n)),
  );
  return bytes === 4 ? groups.join('.') : groups.map((number) => number.toString(16)).join(':');
}
