import { startsMeet } from '../meeting.js';
import { unsure, type Budget, type Unsure } from './budget.js';
import { findText } from './find-text.js';
import { hasSymbol, isPlain, isSymbol, one, oneInPart, run, runInPart, type Letters } from './letters.js';
import { patternOfText, relax, type TextReading, type TextPattern } from './text-pattern.js';

/** The texts that some pattern of a list matches, or that none does. */
export interface TextSet {
  /** Two sets with the same identity hold the same texts, negation left out. */
  readonly identity: string;
  readonly negated: boolean;
  readonly patterns: readonly TextPattern[];
  /** The patterns by their only text, and by identity. */
  readonly literals: ReadonlySet<string>;
  readonly identities: ReadonlySet<string>;
  readonly wild: readonly TextPattern[];
  readonly symbolic: boolean;
  /** Whether a pattern of it cannot be compared, so that nobody knows what it matches. */
  readonly unclear: boolean;
  /** `*` in a `Resource`: it also covers a request without a resource. */
  readonly everything: boolean;
}

export function textSet(found: readonly TextReading[], negated: boolean, everythingPattern: TextPattern): TextSet {
  const everything = found.includes('everything');
  const patterns = everything
    ? [everythingPattern]
    : found.filter((pattern): pattern is TextPattern => typeof pattern === 'object' && 'letters' in pattern);
  const unclear = everything
    ? []
    : found.flatMap((pattern) => (typeof pattern === 'object' && 'unclear' in pattern ? pattern.unclear : []));
  const identities = new Set(patterns.map(({ identity }) => identity));
  return {
    identity: `${everything ? '*' : ''}${[...identities, ...unclear].sort().join('|')}`,
    negated,
    patterns,
    literals: new Set(patterns.flatMap(({ literal }) => literal ?? [])),
    identities,
    wild: patterns.filter(({ literal }) => literal === undefined),
    symbolic: patterns.some(({ symbolic }) => symbolic),
    unclear: unclear.length > 0,
    everything,
  };
}

/** Whether some pattern matches; letters for variables match only themselves and `*`. */
export function matchesSome(set: TextSet, text: string): boolean {
  return set.literals.has(text) || set.wild.some(({ matches }) => matches(text));
}

/** Whether the text is in the set for certain, whatever the variables turn out to be. */
export function surelyIn(set: TextSet, text: string, budget: Budget): boolean {
  if (!set.negated) return matchesSome(set, text);
  if (set.unclear) return false;
  if (!set.symbolic && !hasSymbol(text)) return !matchesSome(set, text);
  const possible = patternOfText(text);
  return set.patterns.every((pattern) => findText(possible.letters, [[relax(pattern).letters]], [], budget) === null);
}

/** A wish about a text: that it lies in the set, or that it does not. */
export interface TextWish {
  readonly set: TextSet;
  readonly inside: boolean;
}

/** Makes likely texts from a pattern, to be tried before the automaton: what people would write. */
export type Example = (pattern: TextPattern) => readonly string[];

/**
 * Finds a text that fulfils all wishes.
 * @param domain which texts count at all
 * @returns null where there is none. Where variables stand in several of the sets, the text found may be one that no
 *   request has: it must be tried
 */
export function findInSets(
  wishes: readonly TextWish[],
  domain: TextPattern,
  budget: Budget,
  example: Example,
): string | null | Unsure {
  let inside: TextSet[] = [];
  const outside: TextSet[] = [];
  for (const { set, inside: wanted } of wishes) {
    const side = set.negated === wanted ? outside : inside;
    if (!side.some(({ identity }) => identity === set.identity)) side.push(set);
  }
  if (outside.some((other) => other.everything || inside.some(({ identity }) => identity === other.identity)))
    return null;
  // What cannot be compared is left out where that only makes more texts possible.
  inside = inside.filter((set) => !set.unclear);
  const mixed = inside.length > 1 && inside.some(({ symbolic }) => symbolic);
  const lists = inside.map(({ patterns }) => (mixed ? patterns.map(relax) : patterns));
  const effort = (patterns: readonly TextPattern[]): number =>
    patterns.reduce((sum, { literal }) => sum + (literal === undefined ? 100 : 1), 0);
  const [first = [domain], ...others] = lists.sort((a, b) => effort(a) - effort(b));
  const fulfils = (text: string): boolean =>
    domain.matches(text) &&
    others.every((patterns) => patterns.some(({ matches }) => matches(text))) &&
    !outside.some((set) => matchesSome(set, text));
  const open: TextPattern[] = [];
  const beside = [...others, ...outside.map(({ wild }) => wild)].reduce((sum, { length }) => sum + length, 0);
  for (const pattern of first) {
    // Lists of the length that IAM takes are looked through for nothing.
    if (beside > 1000) budget.spend(beside >> 6);
    if (budget.exhausted) return unsure;
    if (outside.some((set) => covers(set, pattern))) continue;
    if (pattern.literal !== undefined) {
      if (fulfils(pattern.literal)) return pattern.literal;
      continue;
    }
    if (others.some((patterns) => !patterns.some((other) => startsMeet(pattern.start, other.start)))) continue;
    const suits = (candidate: string): boolean => pattern.matches(candidate) && fulfils(candidate);
    let text = example(pattern).find(suits);
    for (const patterns of others) text ??= patterns.slice(0, 4).flatMap(example).find(suits);
    if (text !== undefined) return text;
    open.push(pattern);
  }
  let answer: null | Unsure = null;
  for (const pattern of open) {
    const meeting = (patterns: readonly TextPattern[]) =>
      patterns.filter((other) => startsMeet(pattern.start, other.start)).map(({ letters }) => letters);
    const avoided = outside.flatMap(({ patterns }) => meeting(patterns));
    const found = findText(pattern.letters, [[domain.letters], ...others.map(meeting)], avoided, budget);
    if (found === unsure) answer = unsure;
    else if (found !== null) return found;
  }
  return answer;
}

/** Quick and sure: a pattern of the set is the same, or a prefix of it. */
function covers(set: TextSet, pattern: TextPattern): boolean {
  if (set.identities.has(pattern.identity)) return true;
  return set.wild.some(({ prefix }) => prefix !== undefined && pattern.start.startsWith(prefix));
}

/** Fills `*` and `?` with a letter; nothing for a pattern that has other classes. */
export function fill(letters: Letters, letter: string): string | undefined {
  let text = '';
  for (const element of letters) {
    if (isPlain(element) || isSymbol(element)) text += String.fromCharCode(element);
    else if (element === run || element === one || element === runInPart || element === oneInPart) text += letter;
    else return undefined;
  }
  return text;
}
