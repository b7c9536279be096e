/** A text of a policy with wildcards, as it stands for a field of a subject: `acme*`. */
export type Glob = string;

/** Fields of a subject by name, each as a pattern leaves it. */
export type GlobFields = Readonly<Record<string, Glob>>;

/** A template of a subject, taken apart: plain letters, and fields in angle brackets. */
type SubjectPiece = { readonly letter: string } | { readonly field: string };

function piecesOf(template: string): SubjectPiece[] {
  return Array.from(
    template.matchAll(/<(\w+)>|([^<])/gs),
    (match): SubjectPiece => (match[1] === undefined ? { letter: match[2]! } : { field: match[1] }),
  );
}

/** Fields that hold a path, and those that may hold anything. */
const paths = new Set(['branch', 'tag', 'environment', 'origin', 'group']);
const anything = new Set(['subject', 'url']);

/** Whether a field may hold the letter: names hold none that stands between fields. */
function mayHold(field: string, letter: string): boolean {
  return anything.has(field) || !(paths.has(field) ? ':' : ':/@').includes(letter);
}

/** Far more steps than any real subject takes. */
const mostSteps = 20_000;

/**
 * Lays a pattern over a template of subjects: what it leaves of each field, where some text is both.
 * @param wildcards whether `*` and `?` of the pattern are wildcards
 * @returns undefined where no subject of the template matches
 */
export function fit(pattern: string, template: string, wildcards: boolean): GlobFields | undefined {
  const pieces = piecesOf(template);
  let steps = 0;
  const isStar = (at: number): boolean => wildcards && pattern[at] === '*';
  const isOne = (at: number): boolean => wildcards && pattern[at] === '?';
  const dead = new Set<number>();

  /** `inField`: the field that is being read has something already. */
  function walk(at: number, index: number, inField: boolean): Record<string, Glob> | undefined {
    const key = (at * (pieces.length + 1) + index) * 2 + Number(inField);
    if ((steps += 1) > mostSteps || dead.has(key)) return undefined;
    const found = step(at, index, inField);
    if (found === undefined) dead.add(key);
    return found;
  }

  function step(at: number, index: number, inField: boolean): Record<string, Glob> | undefined {
    const piece = pieces[index];
    if (piece === undefined) {
      while (isStar(at)) at += 1;
      return at === pattern.length ? {} : undefined;
    }
    if ('letter' in piece) {
      if (isStar(at)) return walk(at + 1, index, false) ?? walk(at, index + 1, false);
      if (at >= pattern.length) return undefined;
      return isOne(at) || pattern[at] === piece.letter ? walk(at + 1, index + 1, false) : undefined;
    }
    const put = (rest: Record<string, Glob> | undefined, text: string) =>
      rest && { ...rest, [piece.field]: text + (rest[piece.field] ?? '') };
    if (isStar(at)) {
      // The star ends in the field, or, where nothing else fits, goes on behind it.
      return put(walk(at + 1, index, true), '*') ?? put(walk(at, index + 1, false), '*');
    }
    if (inField) {
      const done = walk(at, index + 1, false);
      if (done !== undefined) return { [piece.field]: '', ...done };
    }
    if (at >= pattern.length || !mayHold(piece.field, pattern[at]!)) return undefined;
    return put(walk(at + 1, index, true), pattern[at]!);
  }

  return walk(0, 0, false);
}

/** Whether a field is fixed. */
export function isFixed(glob: Glob): boolean {
  return !/[*?]/.test(glob);
}

/** A text that the glob matches, with a word in the place of each run. */
export function fillGlob(glob: Glob, word: string): string {
  return glob.replace(/\*+/g, word).replaceAll('?', word[0] ?? 'x');
}
