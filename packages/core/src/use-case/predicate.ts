import type { Template } from './template.js';

/** A question about the options, as data: it can be answered, put into words and compiled to another language. */
export type Predicate =
  | { readonly is: string; readonly values: readonly (string | boolean)[] }
  | { readonly given: string }
  | { readonly several: string }
  | { readonly matches: string; readonly pattern: string }
  | { readonly strays: string; readonly start: string; readonly from: readonly Template[] }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate };

/** The option has one of the values. A switch that is unset (null) is neither `true` nor `false`. */
export function is(option: string, ...values: readonly (string | boolean)[]): Predicate {
  return { is: option, values };
}

/** The option is there; a list is never empty. */
export function given(option: string): Predicate {
  return { given: option };
}

/** The list has more than one item. */
export function several(option: string): Predicate {
  return { several: option };
}

/** Some text of the option is like the pattern, in the RE2 subset; one that is not known yet is not. */
export function matches(option: string, pattern: string): Predicate {
  return { matches: option, pattern };
}

/**
 * Some text of the option begins with `start` and goes on otherwise than every template; a text is read with a
 * colon at its end, so that a template may end with one. A template with an option that is not known does not count, and
 * where none counts, nothing strays.
 */
export function strays(option: string, start: string, ...from: readonly Template[]): Predicate {
  return { strays: option, start, from };
}

export function all(...predicates: readonly Predicate[]): Predicate {
  return { all: predicates };
}

export function any(...predicates: readonly Predicate[]): Predicate {
  return { any: predicates };
}

export function not(predicate: Predicate): Predicate {
  return { not: predicate };
}

/** Something that counts only where a predicate holds. */
export interface When<T> {
  readonly when: Predicate;
  readonly then: T;
}

/** `x`, where the predicate holds. */
export function when<T>(predicate: Predicate, then: T): When<T> {
  return { when: predicate, then };
}

/** The value of an option as predicates see it: undefined where it is not given. */
export type Lookup = (option: string) => unknown;

/** Answers a predicate for given options. */
export function holds(predicate: Predicate, lookup: Lookup): boolean {
  return testOf(predicate)(lookup);
}

/** A predicate that is ready to be asked. */
export type PredicateTest = (lookup: Lookup) => boolean;

const tests = new WeakMap<Predicate, PredicateTest>();

/** Predicates never change and are asked at every build, so that each is made ready once. */
export function testOf(predicate: Predicate): PredicateTest {
  let test = tests.get(predicate);
  if (test === undefined) tests.set(predicate, (test = makeTest(predicate)));
  return test;
}

function makeTest(predicate: Predicate): PredicateTest {
  if ('is' in predicate) {
    const { is: option } = predicate;
    const values: readonly unknown[] = predicate.values;
    return (lookup) => values.includes(lookup(option));
  }
  if ('given' in predicate) {
    const option = predicate.given;
    return (lookup) => (lookup(option) ?? undefined) !== undefined;
  }
  if ('several' in predicate) {
    return (lookup) => {
      const value = lookup(predicate.several);
      return Array.isArray(value) && value.length > 1;
    };
  }
  if ('matches' in predicate)
    return (lookup) => namesOf(lookup(predicate.matches)).some((name) => isLike(predicate.pattern, name));
  if ('strays' in predicate) return (lookup) => hasStray(predicate, lookup);
  if ('all' in predicate) {
    const parts = predicate.all.map(testOf);
    return (lookup) => parts.every((part) => part(lookup));
  }
  if ('any' in predicate) {
    const parts = predicate.any.map(testOf);
    return (lookup) => parts.some((part) => part(lookup));
  }
  const inner = testOf(predicate.not);
  return (lookup) => !inner(lookup);
}

function hasStray({ strays, start, from }: Extract<Predicate, { strays: string }>, lookup: Lookup): boolean {
  const right = from.flatMap((template) => textsOf(template, lookup));
  return (
    right.length > 0 &&
    namesOf(lookup(strays)).some((name) => name.startsWith(start) && !right.some((text) => `${name}:`.startsWith(text)))
  );
}

/** The texts that a template of texts makes; none where an option is not known. */
function textsOf(template: Template, lookup: Lookup): string[] {
  return template.reduce<string[]>(
    (begun, part) => {
      const pieces = typeof part === 'string' ? [part] : 'option' in part ? namesOf(lookup(part.option)) : [];
      return begun.flatMap((text) => pieces.map((piece) => text + piece));
    },
    [''],
  );
}

/** The texts of an option, as it is read, or as texts alone. */
function namesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly (string | { name?: string })[]).flatMap((one) =>
    typeof one === 'string' ? one : (one.name ?? []),
  );
}

const compiled = new Map<string, RegExp>();

function isLike(pattern: string, text: string): boolean {
  let regExp = compiled.get(pattern);
  if (regExp === undefined) compiled.set(pattern, (regExp = new RegExp(pattern)));
  return regExp.test(text);
}

/** The options a predicate asks about. */
export function optionsIn(predicate: Predicate): string[] {
  if ('is' in predicate) return [predicate.is];
  if ('given' in predicate) return [predicate.given];
  if ('several' in predicate) return [predicate.several];
  if ('matches' in predicate) return [predicate.matches];
  if ('strays' in predicate) return [predicate.strays];
  if ('all' in predicate) return predicate.all.flatMap(optionsIn);
  if ('any' in predicate) return predicate.any.flatMap(optionsIn);
  return optionsIn(predicate.not);
}

/** The predicate in words, option names in backticks: "`lock` is one of `dynamodb`, `both`". */
export function describePredicate(predicate: Predicate): string {
  return describePart(predicate, false);
}

function describePart(predicate: Predicate, nested: boolean): string {
  if ('is' in predicate) return `\`${predicate.is}\` is ${listValues('one of', predicate.values)}`;
  if ('given' in predicate) return `\`${predicate.given}\` is given`;
  if ('several' in predicate) return `\`${predicate.several}\` has several items`;
  if ('matches' in predicate) return `\`${predicate.matches}\` has the form \`${predicate.pattern}\``;
  if ('strays' in predicate)
    return `\`${predicate.strays}\` begins with \`${predicate.start}\` and something else than was given`;
  if ('all' in predicate) return joinParts(predicate.all, ' and ', nested);
  if ('any' in predicate) return joinParts(predicate.any, ' or ', nested);
  const inner = predicate.not;
  if ('is' in inner) return `\`${inner.is}\` is ${listValues('none of', inner.values)}`;
  if ('given' in inner) return `\`${inner.given}\` is not given`;
  return `not (${describePart(inner, false)})`;
}

function joinParts(parts: readonly Predicate[], separator: string, nested: boolean): string {
  const text = parts.map((part) => describePart(part, parts.length > 1)).join(separator);
  return nested && parts.length > 1 ? `(${text})` : text;
}

function listValues(how: 'one of' | 'none of', values: readonly (string | boolean)[]): string {
  const texts = values.map((value) => `\`${value}\``);
  const [only = '', ...others] = texts;
  if (others.length === 0) return how === 'one of' ? only : `not ${only}`;
  return `${how} ${texts.join(', ')}`;
}
