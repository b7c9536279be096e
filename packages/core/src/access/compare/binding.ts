import { literalOf, type Box } from './box.js';
import type { LiteralWish } from './key.js';
import { hasSymbol, isSymbol, symbol } from './letters.js';
import type { Point } from './search.js';
import { fromLetters, type Binding, type TextPattern } from './text-pattern.js';

/** What one variable is taken to be. */
export type VariableCase =
  | { readonly kind: 'absent' }
  /** With several values a variable stands for nothing. */
  | { readonly kind: 'several' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any'; readonly except: readonly string[] };

/** One case for every variable. */
export type VariableCases = ReadonlyMap<string, VariableCase>;

/**
 * Every variable absent or of any value: together they are all requests.
 * @param compared the variables that stand in values of conditions. There the empty text is a case of its own: what is
 *   put together of empty texts alone is no value to set operators and `Null`, and no letter stands for that
 * @param several the keys that may have several values
 */
export function allCases(
  variables: readonly string[],
  compared: ReadonlySet<string>,
  several: ReadonlySet<string>,
): VariableCases[] {
  let all: VariableCases[] = [new Map()];
  for (const variable of variables) {
    all = all.flatMap((cases) => [
      ...(compared.has(variable)
        ? [
            new Map(cases).set(variable, { kind: 'any', except: [''] }),
            new Map(cases).set(variable, { kind: 'text', text: '' }),
          ]
        : [new Map(cases).set(variable, { kind: 'any', except: [] })]),
      new Map(cases).set(variable, { kind: 'absent' }),
      ...(several.has(variable) ? [new Map(cases).set(variable, { kind: 'several' })] : []),
    ]);
  }
  return all;
}

/**
 * Splits the cases in two: a variable is one text, or any other. The text is what the variable would have to be, or what
 * it was, in a point that turned out to be none.
 */
export function splitAt(
  failed: Point,
  inside: readonly Box[],
  cases: VariableCases,
): [VariableCases, VariableCases] | undefined {
  const variables = Array.from(cases.keys());
  const proposals: [string, string][] = [];
  for (const { resources, literals } of inside) {
    for (const proposal of solve(resources.patterns, failed.resource, variables)) proposals.push(proposal);
    for (const { key, values } of literals) {
      if (values?.kind !== 'text') continue;
      for (const text of failed.keys.get(key) ?? []) {
        for (const proposal of solve(values.set.patterns, text, variables)) proposals.push(proposal);
      }
    }
  }
  for (const variable of variables) proposals.push([variable, failed.keys.get(variable)?.[0] ?? '']);
  for (const [variable, text] of proposals) {
    const found = cases.get(variable);
    if (found?.kind !== 'any' || found.except.includes(text)) continue;
    return [
      new Map(cases).set(variable, { kind: 'text', text }),
      new Map(cases).set(variable, { kind: 'any', except: [...found.except, text] }),
    ];
  }
  return undefined;
}

/** Every part of a text is tried, so in a long one none. */
const longestSolved = 2000;

/** What a variable that stands once in a pattern has to be, for the pattern to match the text. */
function solve(patterns: readonly TextPattern[], text: string, variables: readonly string[]): [string, string][] {
  if (text.length > longestSolved || hasSymbol(text)) return [];
  return patterns.flatMap(({ letters }): [string, string][] => {
    const place = letters.findIndex(isSymbol);
    if (place < 0 || letters.filter(isSymbol).length > 1) return [];
    const head = fromLetters(letters.slice(0, place));
    const tail = fromLetters(letters.slice(place + 1));
    for (let start = 0; start <= text.length; start += 1) {
      if (!head.matches(text.slice(0, start))) continue;
      for (let end = text.length; end > start; end -= 1) {
        if (tail.matches(text.slice(end))) return [[variables[letters[place]! - symbol(0)]!, text.slice(start, end)]];
      }
    }
    return [];
  });
}

/** What stands in the place of each variable: its text, or one letter for any value. */
export function bindingOf(cases: VariableCases): Binding {
  return new Map(
    Array.from(cases, ([variable, found], index) => {
      if (found.kind === 'absent') return [variable, undefined];
      if (found.kind === 'several') return [variable, null];
      return [variable, found.kind === 'text' ? found.text : String.fromCharCode(symbol(index))];
    }),
  );
}

/** What the cases say about the keys themselves. */
export function wishesOf(cases: VariableCases): LiteralWish[] {
  const wish = (operator: string, key: string, values: readonly string[], wanted: 'holds' | 'fails' = 'holds') => ({
    literal: literalOf(operator, key, values, false, new Map()),
    wanted,
  });
  return Array.from(cases).flatMap(([key, found]) => {
    // `*` matches an empty value too, which `Null` would take as absent.
    if (found.kind === 'absent') return wish('StringLike', key, ['*'], 'fails');
    if (found.kind === 'text') return wish('StringEquals', key, [found.text]);
    if (found.kind === 'several') return wish('ForAllValues:StringLike', key, ['*']);
    return [wish('StringLike', key, ['*']), wish('StringNotEquals', key, found.except)];
  });
}

/** Puts the values of the variables in the place of their letters; longer values beside the ones that were found. */
export function concretePoints(point: Point, cases: VariableCases): Point[] {
  const longer = new Map(point.keys);
  for (const [variable, found] of cases) {
    if (found.kind === 'any') longer.set(variable, [`${point.keys.get(variable)?.[0] ?? ''}-${variable.length}xx`]);
  }
  return [concrete(point, cases), concrete({ ...point, keys: longer }, cases)];
}

function concrete(point: Point, cases: VariableCases): Point {
  const variables = Array.from(cases.keys());
  const put = (text: string): string =>
    Array.from({ length: text.length }, (_, index) => {
      const letter = text.charCodeAt(index);
      if (!isSymbol(letter)) return text[index];
      return point.keys.get(variables[letter - symbol(0)]!)?.[0] ?? '';
    }).join('');
  const keys = new Map(Array.from(point.keys, ([key, value]) => [key, value?.map(put)] as const));
  return { ...point, resource: put(point.resource), keys };
}
