import { compilePattern, readPattern, type Matcher, type PatternElement } from '../pattern.js';
import { resourceForms, type StarReading } from '../resource-form.js';
import { hasVariable, readText, type TemplateText } from '../variables.js';
import {
  colon,
  eitherCase,
  isPlain,
  isSymbol,
  one,
  oneInName,
  oneInPart,
  oneInService,
  run,
  runInName,
  runInPart,
  runInService,
  textOf,
  type Letters,
} from './letters.js';
import { compileLetters } from './match-letters.js';

/** One pattern, ready to be asked and to be put beside others in an automaton. */
export interface TextPattern {
  /** Two patterns with the same identity match the same texts. */
  readonly identity: string;
  readonly letters: Letters;
  /** The only text it matches, where there is only one. */
  readonly literal: string | undefined;
  /** Where it matches every text that begins so, and no other. */
  readonly prefix: string | undefined;
  /** What every text it matches begins with. */
  readonly start: string;
  readonly matches: Matcher;
  /** Whether it holds a variable that may have any value. */
  readonly symbolic: boolean;
}

/** What a policy variable is taken to be: a text, undefined for its default, or null for nothing at all. */
export type Binding = ReadonlyMap<string, string | null | undefined>;

/** What a text of a policy stands for besides a pattern: every request, none, or what cannot be compared. */
export type TextReading = TextPattern | 'everything' | 'nothing' | Unclear;

/** A text that cannot be compared, for it may match more or less than its letters say. */
export interface Unclear {
  readonly unclear: string;
}

/** Every action there is or will be: a service prefix, a colon, a name. */
export const anyAction = fromLetters([oneInService, runInService, colon, oneInName, runInName], (text) =>
  /^[a-z0-9-]+:[a-z0-9_-]+$/.test(text),
);

/** Every text that counts as an ARN: `arn:` and five more parts, the first four of them without a colon. */
export const anyArn = fromLetters([...codesOf('arn:'), ...parts(4), run], (text) =>
  /^arn:[^:]*:[^:]*:[^:]*:[^:]*:/.test(text),
);

/** Every text. */
export const anyText = fromLetters([run]);

function parts(count: number): number[] {
  return Array.from({ length: count }, () => [runInPart, colon]).flat();
}

function codesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Builds a pattern from its letters, with a quicker way to match where one is known. */
export function fromLetters(letters: Letters, matches?: Matcher): TextPattern {
  const identity = letters.join();
  const plain = letters.every(isPlain);
  const symbolic = letters.some(isSymbol);
  const body = letters.slice(0, -1);
  const isPrefix = letters.at(-1) === run && body.every(isPlain);
  const literal = plain ? textOf(letters) : undefined;
  const prefix = isPrefix ? textOf(body) : undefined;
  const end = letters.findIndex((letter) => !isPlain(letter));
  const start = literal ?? textOf(letters.slice(0, end));
  const shape = { identity, letters, literal, prefix, start, symbolic };
  return { ...shape, matches: matches ?? matcher(letters, literal, prefix) };
}

function matcher(letters: Letters, literal: string | undefined, prefix: string | undefined): Matcher {
  if (literal !== undefined) return (text) => text === literal;
  if (prefix !== undefined) return (text) => text.startsWith(prefix);
  if (letters.every((letter) => isPlain(letter) || letter === run) && !letters.some(isSymbol)) {
    return compilePattern(letters.map((letter): PatternElement => (letter === run ? '*' : letter)));
  }
  let compiled: Matcher | undefined;
  return (text) => (compiled ??= compileLetters(letters))(text);
}

/** A pattern over the texts of callers: no name in them has a colon, but the ports of providers. */
export function callerPattern(elements: readonly PatternElement[]): TextPattern {
  const isProvider = elements[0] === 'F'.charCodeAt(0);
  return fromLetters(shorten(isProvider ? lettersOf(elements, one, run) : lettersOf(elements, oneInPart, runInPart)));
}

/** A pattern of an `Action` or `NotAction`. */
export function actionPattern(text: string): TextPattern {
  return fromLetters(shorten(lettersOf(readText(text.toLowerCase(), false, true) as PatternElement[], one, run)));
}

/**
 * A text of a `Resource` or `NotResource`: everything, nothing, patterns of ARNs, or one that cannot be compared. Of the
 * texts that the patterns match, only those count that are ARNs.
 */
export function resourcePatterns(
  text: string,
  variables: boolean,
  binding: Binding,
  reading: StarReading,
): TextReading[] {
  if (/^\*+$/.test(text)) return ['everything'];
  if (!text.startsWith('arn:')) {
    const letters = bind(readText(text, variables, true), binding, one, run);
    if (letters === undefined) return ['nothing'];
    return [letters.some(isSymbol) ? { unclear: text } : fromLetters(shorten(letters))];
  }
  return resourceForms(text, reading).map(({ parts, rest }) => {
    if (variables && parts.some((part) => part.text.includes('${'))) return 'nothing';
    const first = parts.map((part) => {
      const letters = lettersOf(readPattern(part.text), oneInPart, runInPart);
      return part.runs ? [...letters.slice(0, -1), run] : letters;
    });
    if (rest === undefined) return fromLetters(shorten(withColons(first)));
    const sixth = bind(readText(rest, variables, true), binding, one, run);
    if (sixth === undefined) return 'nothing';
    return parts.some(({ runs }) => runs)
      ? fromLetters(shorten(withColons([...first, sixth])))
      : joinParts(first, sixth);
  });
}

function withColons(parts: readonly (readonly number[])[]): number[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [colon, ...part]));
}

/** A value of an Arn operator. */
export function arnValuePattern(text: string, variables: boolean, binding: Binding): TextReading {
  if (/^\*+$/.test(text)) return anyText;
  const elements = bind(readText(text, variables, true), binding, one, run);
  if (elements === undefined) return 'nothing';
  const split: number[][] = [[]];
  for (const element of elements) {
    if (element === colon && split.length < 6) split.push([]);
    else split[split.length - 1]!.push(element);
  }
  const first = split.slice(0, 5);
  // A variable's value may hold colons, so what stands behind it may move to another part.
  if (first.some((part) => part.some(isSymbol))) return { unclear: text };
  const head = fromLetters(first[0]!);
  if (!head.matches('arn')) return 'nothing';
  const narrowed = first.map((part) =>
    part.map((element) => (element === run ? runInPart : element === one ? oneInPart : element)),
  );
  return joinParts([codesOf('arn'), ...narrowed.slice(1)], split[5] ?? [run]);
}

function joinParts(first: readonly (readonly number[])[], sixth: readonly number[]): TextPattern {
  const five = Array.from({ length: 5 }, (_, index) => first[index] ?? [runInPart]);
  const pattern = fromLetters(shorten([...five.flatMap((part) => [...part, colon]), ...sixth]));
  const singles = pattern.letters.some((letter) => letter === one || letter === oneInPart);
  if (pattern.literal !== undefined || pattern.prefix !== undefined || pattern.symbolic || singles) return pattern;
  const matchers = [...five, sixth].map((part) =>
    compilePattern(part.map((letter): PatternElement => (letter === run || letter === runInPart ? '*' : letter))),
  );
  return {
    ...pattern,
    matches: (text) => {
      const split = text.split(':');
      if (split.length < 6) return false;
      return matchers.every((matches, index) => matches(index < 5 ? split[index]! : split.slice(5).join(':')));
    },
  };
}

/** A value of an operator that compares texts. */
export function valuePattern(
  text: string,
  comparison: 'string' | 'stringLike' | 'stringIgnoreCase' | 'bool' | 'binary',
  variables: boolean,
  binding: Binding,
): TextReading {
  if (comparison === 'binary') return fromLetters(codesOf(text));
  const letters = bind(readText(text, variables, comparison === 'stringLike'), binding, one, run);
  if (letters === undefined) return 'nothing';
  if (comparison === 'string') return fromLetters(letters);
  if (comparison === 'stringLike') return fromLetters(shorten(letters));
  if (letters.some(isSymbol)) return comparison === 'bool' ? { unclear: text } : fromLetters(letters.flatMap(fold));
  const folded = textOf(letters).toLowerCase();
  if (comparison === 'bool' && folded !== 'true' && folded !== 'false') return 'nothing';
  return fromLetters(codesOf(folded).flatMap(fold));
}

function fold(letter: number): number[] {
  if (isSymbol(letter)) return [letter];
  return codesOf(String.fromCharCode(letter).toLowerCase()).map((code) => {
    const text = String.fromCharCode(code);
    return text.toUpperCase() === text ? code : eitherCase(code);
  });
}

/** The pattern with each variable that may have any value made a `*`: it matches whatever the value is. */
export function relax(pattern: TextPattern): TextPattern {
  if (!pattern.symbolic) return pattern;
  return fromLetters(shorten(pattern.letters.map((letter) => (isSymbol(letter) ? run : letter))));
}

/** A text with letters for variables as a pattern of what it may turn out to be. */
export function patternOfText(text: string): TextPattern {
  return relax(fromLetters(codesOf(text)));
}

/** Puts the bound values in; undefined where a variable is absent and has no default, so that nothing matches. */
function bind(template: TemplateText, binding: Binding, any: number, many: number): number[] | undefined {
  if (!hasVariable(template)) return lettersOf(template as PatternElement[], any, many);
  const letters: number[] = [];
  for (const element of template) {
    if (typeof element !== 'object') {
      letters.push(letterOf(element, any, many));
      continue;
    }
    const bound = binding.get(element.key);
    const value = bound === undefined ? element.default : bound;
    if (value === undefined || value === null) return undefined;
    for (const code of codesOf(value)) letters.push(code);
  }
  return letters;
}

function lettersOf(elements: readonly PatternElement[], any: number, many: number): number[] {
  return elements.map((element) => letterOf(element, any, many));
}

function letterOf(element: PatternElement, any: number, many: number): number {
  return element === '*' ? many : element === '?' ? any : element;
}

/** One form for patterns that mean the same: runs and single wildcards side by side stand in one order, runs once. */
function shorten(letters: Letters): number[] {
  const result: number[] = [];
  for (let index = 0; index < letters.length; ) {
    const element = letters[index]!;
    if (element !== run && element !== one && element !== runInPart && element !== oneInPart) {
      result.push(element);
      index += 1;
      continue;
    }
    const [single, many] = element === run || element === one ? [one, run] : [oneInPart, runInPart];
    let runs = false;
    for (; letters[index] === single || letters[index] === many; index += 1) {
      if (letters[index] === many) runs = true;
      else result.push(single);
    }
    if (runs) result.push(many);
  }
  return result;
}
