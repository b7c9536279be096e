import { concat, literal, onlyLiteral, type Value } from '../values/value.js';

/*
 * Expressions of a CI system, such as `${{ inputs.name }}`, stand in scripts where no shell would understand them. Each is
 * replaced by signs of Unicode's private use area, as many as it had, so that all positions stay what they were.
 */
const first = 0xe100;
const last = 0xf8ff;
const filler = '\ue000';

/** A text in which expressions are replaced, and what they stand for. */
export interface PlaceholderText {
  readonly text: string;
  readonly values: readonly Value[];
  /** The position in the text as it was written. */
  readonly writtenAt: (offset: number) => number;
}

/** How the expressions of a CI system stand in texts, and what they hold. */
export interface Expressions {
  readonly open: string;
  readonly close: string;
  /** The value, from the text between the two; undefined where it is no expression. */
  readonly evaluate: (inner: string) => Value | undefined;
}

/** Replaces expressions in a text, of one or several forms. */
export function mask(text: string, ...forms: readonly Expressions[]): PlaceholderText {
  const values: Value[] = [];
  const inlined: Inlined[] = [];
  let made = '';
  let from = 0;
  let look = 0;
  while (values.length <= last - first) {
    const found = nextExpression(text, look, forms);
    if (found === undefined) break;
    look = found.until;
    const value = found.form.evaluate(text.slice(found.start + found.form.open.length, found.end));
    if (value === undefined) {
      look = found.start + found.form.open.length;
      continue;
    }
    made += text.slice(from, found.start);
    const script = onlyLiteral(value);
    if (script !== undefined && script.length <= longestScript && meansSomething.test(script)) {
      inlined.push({ at: made.length, length: script.length, start: found.start, until: found.until });
      made += script;
    } else {
      made += String.fromCharCode(first + values.length) + filler.repeat(found.until - found.start - 1);
      values.push(value);
    }
    from = found.until;
  }
  return { text: made + text.slice(from), values, writtenAt: (offset) => writtenAt(inlined, offset) };
}

/** What is put in the place of an expression is a part of the script: these mean something to a shell. */
const meansSomething = /[\n"'`$;&|<>()\\]/;
const longestScript = 20_000;

/** A text that stands in the place of an expression. */
interface Inlined {
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly until: number;
}

function writtenAt(inlined: readonly Inlined[], offset: number): number {
  const before = inlined.findLast(({ at }) => at <= offset);
  if (before === undefined) return offset;
  const behind = offset - before.at - before.length;
  return behind < 0 ? before.start : before.until + behind;
}

function nextExpression(text: string, from: number, forms: readonly Expressions[]) {
  const found = forms.flatMap((form) => {
    const start = text.indexOf(form.open, from);
    const end = start < 0 ? -1 : text.indexOf(form.close, start + form.open.length);
    return start < 0 || end < 0 ? [] : [{ form, start, end, until: end + form.close.length }];
  });
  return found.sort((a, b) => a.start - b.start)[0];
}

/** The value of a text with replaced expressions in it. */
export function unmask(text: string, values: readonly Value[]): Value {
  if (values.length === 0) return literal(text);
  const parts: Value[] = [];
  let known = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character === filler) continue;
    const value = code >= first && code <= last ? values[code - first] : undefined;
    if (value === undefined) known += character;
    else {
      parts.push(literal(known), value);
      known = '';
    }
  }
  return concat([...parts, literal(known)]);
}
