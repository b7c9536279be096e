import { unsure, type Budget, type Unsure } from './budget.js';
import { fits, isRun, namedBy, run, textOf, type Letters } from './letters.js';

/**
 * Finds a shortest text that the first pattern matches, that some pattern of every list matches, and that no pattern to
 * avoid matches. All patterns are run side by side over the same text, as one automaton whose state is the set of places
 * they have come to; so the answer is exact. The classes of service prefixes and names stand in what is to match only.
 * @returns null where there is no such text
 */
export function findText(
  first: Letters,
  lists: readonly (readonly Letters[])[],
  avoided: readonly Letters[],
  budget: Budget,
): string | null | Unsure {
  const automaton = new Automaton([[first], ...lists], avoided);
  const start = automaton.start();
  if (start === null) return null;
  const queue: LetterStep[] = [{ places: start, before: -1, letter: 0 }];
  const seen = new Set([start.join()]);
  for (let index = 0; index < queue.length; index += 1) {
    const { places } = queue[index]!;
    if (automaton.accepts(places)) return spell(queue, index);
    for (const letter of automaton.letters(places)) {
      budget.spend(places.length);
      if (budget.exhausted) return unsure;
      const next = automaton.step(places, letter);
      if (next === null) continue;
      const key = next.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ places: next, before: index, letter });
    }
  }
  return null;
}

interface LetterStep {
  readonly places: readonly number[];
  readonly before: number;
  readonly letter: number;
}

function spell(queue: readonly LetterStep[], end: number): string {
  const codes: number[] = [];
  for (let index = end; index > 0; index = queue[index]!.before) codes.push(queue[index]!.letter);
  return textOf(codes.reverse());
}

/** What stands for all characters that no pattern names, in this order. */
const fresh = Array.from('xyzwvutsrqponmlkjihgfedcba0123456789_-/ABCDEFGHIJKLMNOPQRSTUVWXYZ', (character) =>
  character.charCodeAt(0),
);

const underscore = 95;
const hyphen = 45;

/** The elements of all patterns in one row; a place is an index into it. */
class Automaton {
  private readonly elements: number[] = [];
  /** The list of each place; -1 for patterns to avoid. */
  private readonly lists: number[] = [];
  private readonly starts: number[] = [];
  private readonly listCount: number;

  constructor(lists: readonly (readonly Letters[])[], avoided: readonly Letters[]) {
    this.listCount = lists.length;
    lists.forEach((patterns, list) => patterns.forEach((pattern) => this.add(pattern, list)));
    for (const pattern of avoided) this.add(pattern, -1);
  }

  private add(pattern: Letters, list: number): void {
    this.starts.push(this.elements.length);
    for (const element of pattern) {
      this.elements.push(element);
      this.lists.push(list);
    }
    this.elements.push(end);
    this.lists.push(list);
  }

  start(): readonly number[] | null {
    const places = new Set<number>();
    for (const place of this.starts) this.reach(place, places);
    return this.settle(places);
  }

  /** A run may be left without a character. */
  private reach(place: number, places: Set<number>): void {
    let at = place;
    places.add(at);
    while (isRun(this.elements[at]!)) {
      at += 1;
      places.add(at);
    }
  }

  step(places: readonly number[], letter: number): readonly number[] | null {
    const next = new Set<number>();
    for (const place of places) {
      const element = this.elements[place]!;
      if (element === end || !fits(element, letter)) continue;
      this.reach(isRun(element) ? place : place + 1, next);
    }
    return this.settle(next);
  }

  /** Null where no text that goes on from here can be found. */
  private settle(places: Set<number>): readonly number[] | null {
    let open = 0;
    const found = new Uint8Array(this.listCount);
    for (const place of places) {
      const list = this.lists[place]!;
      if (list >= 0) {
        if (found[list] === 0) open += 1;
        found[list] = 1;
      } else if (this.elements[place] === run && this.elements[place + 1] === end) return null;
    }
    return open < this.listCount ? null : Array.from(places).sort((a, b) => a - b);
  }

  accepts(places: readonly number[]): boolean {
    let open = 0;
    const found = new Uint8Array(this.listCount);
    for (const place of places) {
      if (this.elements[place] !== end) continue;
      const list = this.lists[place]!;
      if (list < 0) return false;
      if (found[list] === 0) open += 1;
      found[list] = 1;
    }
    return open === this.listCount;
  }

  /** The characters that are named here, and one for all others, which behave alike. */
  letters(places: readonly number[]): readonly number[] {
    const named = new Set<number>();
    for (const place of places) {
      const element = this.elements[place]!;
      if (element !== end) for (const letter of namedBy(element)) named.add(letter);
    }
    let other = fresh.find((letter) => !named.has(letter));
    if (other === undefined) for (other = 0xa1; named.has(other); ) other += 1;
    // A service prefix has no `_`, so it and `-` do not behave alike.
    return other === underscore && !named.has(hyphen) ? [other, hyphen, ...named] : [other, ...named];
  }
}

/** Behind the last element of a pattern. */
const end = -99;
