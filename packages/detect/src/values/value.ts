/** A part of a text that the repository does not hold. */
export interface Unknown {
  /** Where it comes from, such as `secrets.ROLE` or `$CI_COMMIT_SHA`. */
  readonly from: string;
  /** Something else may be given in the place of a default, which stands beside it. */
  readonly insteadOfDefault?: true;
}

/** One text that a value may be: literal parts and unknown ones. */
export type Text = readonly (string | Unknown)[];

/** All texts that a value may be, by branches, matrices and choices. */
export type Value = readonly Text[];

/** What a value may be at most; more are cut off and stand as one unknown text. */
const most = 32;
const longest = 8192;

export const empty: Value = [[]];

export function literal(text: string): Value {
  return [text === '' ? [] : [text]];
}

/** @param from where it comes from; what stands there for replaced expressions is no part of a name */
export function unknown(from: string): Value {
  return [[{ from: from.replace(/[\ue000-\uf8ff]+/g, '…') }]];
}

/** A default, or what is given in its place. */
export function withDefault(value: Value, from: string): Value {
  return distinct([...value, [{ from, insteadOfDefault: true }]]);
}

/** The value as it is where every default holds. */
export function settled(value: Value): Value {
  const kept = value.filter((text) => !text.some((part) => typeof part !== 'string' && part.insteadOfDefault === true));
  return kept.length === 0 || kept.length === value.length ? value : kept;
}

/** The value that may be any of these. */
export function oneOf(values: readonly Value[]): Value {
  return distinct(values.flat());
}

const mostPieces = 1000;

/** Their texts one behind the other, in every combination. */
export function concat(values: readonly Value[]): Value {
  let made: Value = empty;
  for (const value of values) {
    if (value.length === 1 && value[0]!.length === 0) continue;
    const combined: Text[] = [];
    for (const before of made) {
      for (const after of value) {
        if (combined.length >= most) return cutOff(made, value);
        combined.push(join(before, after));
      }
    }
    made = combined;
    // A text of very many pieces would be copied for each of them.
    if (made.some((text) => text.length > mostPieces)) return unknown('a text too long to follow');
  }
  return made.some((text) => lengthOf(text) > longest) ? unknown('a text too long to follow') : distinct(made);
}

/** The value with every text turned into another; a text that cannot be turned is unknown. */
export function mapTexts(value: Value, turn: (text: Text) => Text | undefined, from: string): Value {
  return distinct(value.map((text) => turn(text) ?? [{ from }]));
}

/** The text where nothing of it is unknown. */
export function literalOf(text: Text): string | undefined {
  if (text.length === 0) return '';
  return text.length === 1 && typeof text[0] === 'string' ? text[0] : undefined;
}

/** The only text that the value may be, where all of it is known. */
export function onlyLiteral(value: Value): string | undefined {
  return value.length === 1 ? literalOf(value[0]!) : undefined;
}

/** All texts of it that are known. */
export function literalsOf(value: Value): string[] {
  return value.flatMap((text) => literalOf(text) ?? []);
}

/** Whether nothing of the text is known. */
export function isUnknown(text: Text): boolean {
  return text.length > 0 && text.every((part) => typeof part !== 'string');
}

/** The text with `*` for what is unknown. */
export function pattern(text: Text): string {
  return text
    .map((part) => (typeof part === 'string' ? part : '*'))
    .join('')
    .replace(/\*{2,}/g, '*');
}

/** Where the unknown parts come from. */
export function originsOf(value: Value): string[] {
  return [...new Set(value.flatMap((text) => text.flatMap((part) => (typeof part === 'string' ? [] : [part.from]))))];
}

/** The text cut where one of these characters stands in what is known. */
export function splitText(text: Text, separator: (character: string) => boolean): Text[] {
  const pieces: Text[] = [];
  let current: (string | Unknown)[] = [];
  for (const part of text) {
    if (typeof part !== 'string') {
      current.push(part);
      continue;
    }
    let start = 0;
    for (let at = 0; at < part.length; at++) {
      if (!separator(part[at]!)) continue;
      if (at > start) current.push(part.slice(start, at));
      pieces.push(current);
      current = [];
      start = at + 1;
    }
    if (part.length > start) current.push(part.slice(start));
  }
  pieces.push(current);
  return pieces;
}

/** What of the text stands before and behind the first occurrence of a literal in what is known. */
export function cutAt(text: Text, separator: string): { readonly before: Text; readonly after: Text } | undefined {
  for (const [index, part] of text.entries()) {
    const at = typeof part === 'string' ? part.indexOf(separator) : -1;
    if (at < 0) continue;
    const known = part as string;
    const before = known.slice(0, at);
    const after = known.slice(at + separator.length);
    return {
      before: [...text.slice(0, index), ...(before === '' ? [] : [before])],
      after: [...(after === '' ? [] : [after]), ...text.slice(index + 1)],
    };
  }
  return undefined;
}

function cutOff(made: Value, value: Value): Value {
  return distinct([[{ from: originsOf([...made, ...value])[0] ?? 'more values than are followed' }]]);
}

function join(before: Text, after: Text): Text {
  const last = before.at(-1);
  const first = after[0];
  if (typeof last === 'string' && typeof first === 'string') {
    return [...before.slice(0, -1), last + first, ...after.slice(1)];
  }
  return [...before, ...after];
}

function lengthOf(text: Text): number {
  return text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

function distinct(texts: readonly Text[]): Value {
  if (texts.length === 1) return texts;
  const seen = new Set<string>();
  const kept = texts.filter((text) => {
    const key = JSON.stringify(text);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept.length <= most ? kept : [...kept.slice(0, most - 1), [{ from: 'more values than are followed' }]];
}
