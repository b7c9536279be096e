import { holds, type Lookup, type Predicate } from '../predicate.js';
import { kindOf } from '../option/kind-of.js';
import type { Setting } from '../option/kind.js';
import type { OptionSet } from '../option.js';

/** Values of switches and choices that help to make a predicate hold; the rest hangs on which resources are given. */
export type Dials = Readonly<Record<string, Setting>>;

const most = 24;

/** The ways to turn switches and choices so that a predicate holds, as few turned as may be; the one that needs none alone. */
export function assignmentsFor(options: OptionSet, predicate: Predicate, lookup: Lookup): Dials[] {
  return settle(options, predicate, lookup, true);
}

function settle(options: OptionSet, predicate: Predicate, lookup: Lookup, wanted: boolean): Dials[] {
  if (holds(predicate, lookup) === wanted) return [{}];
  if ('not' in predicate) return settle(options, predicate.not, lookup, !wanted);
  if ('all' in predicate || 'any' in predicate) {
    const parts = 'all' in predicate ? predicate.all : predicate.any;
    if ('all' in predicate !== wanted)
      return parts.flatMap((part) => settle(options, part, lookup, wanted)).slice(0, most);
    return parts.reduce<Dials[]>(
      (found, part) => merge(found, settle(options, part, lookup, wanted)).slice(0, most),
      [{}],
    );
  }
  if (!('is' in predicate)) return [{}];
  return valuesOf(options, predicate.is)
    .filter((value) => predicate.values.some((one) => one === value) === wanted)
    .map((value) => ({ [predicate.is]: value }));
}

/** Every pair that does not contradict itself. */
function merge(some: readonly Dials[], others: readonly Dials[]): Dials[] {
  return some.flatMap((one) =>
    others.flatMap((other) =>
      Object.entries(other).every(([name, value]) => !(name in one) || one[name] === value)
        ? [{ ...one, ...other }]
        : [],
    ),
  );
}

/** What a switch or a choice may be, its default first. */
export function valuesOf(options: OptionSet, name: string): readonly Setting[] {
  const option = options[name];
  return option === undefined ? [] : kindOf(option).settings(option);
}
