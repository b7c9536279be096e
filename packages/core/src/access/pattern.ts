/** One element of a pattern: a literal character code, `*` (any run, empty too) or `?` (exactly one character). */
export type PatternElement = number | '*' | '?';

/** Says whether a text matches. Built once by {@link compilePattern}, asked often. */
export type Matcher = (text: string) => boolean;

/** Reads `*` and `?` as wildcards and everything else as itself. */
export function readPattern(text: string): PatternElement[] {
  const elements: PatternElement[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    elements.push(character === '*' || character === '?' ? character : text.charCodeAt(index));
  }
  return elements;
}

/**
 * Builds a matcher for a pattern. No input makes it slow: between two `*` the leftmost place is always right, so nothing
 * is tried twice. A piece without `?` is found by the engine's own text search, one with `?` by a bit-parallel scan,
 * which reads the text once.
 */
export function compilePattern(elements: readonly PatternElement[]): Matcher {
  const pieces: PatternElement[][] = [[]];
  for (const element of elements) {
    if (element === '*') pieces.push([]);
    else pieces[pieces.length - 1]!.push(element);
  }
  const first = compilePiece(pieces[0]!);
  if (pieces.length === 1) return (text) => text.length === first.length && first.matchesAt(text, 0);
  const last = compilePiece(pieces[pieces.length - 1]!);
  const middle = pieces
    .slice(1, -1)
    .filter((piece) => piece.length > 0)
    .map(compilePiece);
  if (first.length === 0 && last.length === 0 && middle.length === 0) return () => true;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !first.matchesAt(text, 0) || !last.matchesAt(text, end)) return false;
    let position = first.length;
    for (const piece of middle) {
      position = piece.find(text, position, end);
      if (position < 0) return false;
    }
    return true;
  };
}

/** A stretch of a pattern without `*`. */
interface PatternPiece {
  readonly length: number;
  matchesAt(text: string, position: number): boolean;
  /** Where the leftmost match that lies in `[from, end)` ends; -1 where there is none. */
  find(text: string, from: number, end: number): number;
}

function compilePiece(elements: readonly PatternElement[]): PatternPiece {
  const length = elements.length;
  if (!elements.includes('?')) {
    const literal = elements.map((code) => String.fromCharCode(code as number)).join('');
    return {
      length,
      matchesAt: (text, position) => text.startsWith(literal, position),
      find: (text, from, end) => {
        const found = text.indexOf(literal, from);
        return found < 0 || found + length > end ? -1 : found + length;
      },
    };
  }
  return {
    length,
    matchesAt: (text, position) =>
      elements.every((element, index) => element === '?' || text.charCodeAt(position + index) === element),
    find: (text, from, end) => scan(elements, text, from, end),
  };
}

/** Shift-And: bit i of the state says that the last i+1 characters match the first i+1 elements. */
function scan(elements: readonly PatternElement[], text: string, from: number, end: number): number {
  const words = Math.ceil(elements.length / 32);
  const anywhere = new Uint32Array(words);
  const masks = new Map<number, Uint32Array>();
  elements.forEach((element, index) => {
    if (element === '?') anywhere[index >>> 5]! |= 1 << (index & 31);
  });
  elements.forEach((element, index) => {
    if (typeof element === 'string') return;
    const mask = masks.get(element) ?? anywhere.slice();
    mask[index >>> 5]! |= 1 << (index & 31);
    masks.set(element, mask);
  });
  const state = new Uint32Array(words);
  const lastBit = 1 << ((elements.length - 1) & 31);
  for (let position = from; position < end; position += 1) {
    const mask = masks.get(text.charCodeAt(position)) ?? anywhere;
    let carry = 1;
    for (let word = 0; word < words; word += 1) {
      const shifted = (state[word]! << 1) | carry;
      carry = state[word]! >>> 31;
      state[word] = shifted & mask[word]!;
    }
    if ((state[words - 1]! & lastBit) !== 0) return position + 1;
  }
  return -1;
}
