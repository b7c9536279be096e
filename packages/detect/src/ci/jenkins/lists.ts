import { literal, oneOf, type Value } from '../../values/value.js';
import type { JenkinsToken } from './tokens.js';

/** What a name stands for in what follows: each of the texts of a list. */
export interface Bound {
  readonly name: string;
  readonly value: Value;
}

/** A list of texts by its name. */
export type Lists = ReadonlyMap<string, readonly string[]>;

const is = (token: JenkinsToken | undefined, text: string) => token?.kind === 'sign' && token.text === text;

/** The texts of `['a', 'b']` at a place, and where it ends; undefined where it is a map, or holds anything else. */
export function listAt(
  tokens: readonly JenkinsToken[],
  start: number,
): { readonly texts: readonly string[]; readonly end: number } | undefined {
  if (!is(tokens[start], '[')) return undefined;
  const texts: string[] = [];
  for (let at = start + 1; at < tokens.length; at += 2) {
    const token = tokens[at];
    if (token?.kind !== 'text' || (token.open && token.text.includes('$'))) return undefined;
    texts.push(token.text);
    if (is(tokens[at + 1], ']')) return { texts, end: at + 2 };
    if (!is(tokens[at + 1], ',')) return undefined;
  }
  return undefined;
}

/**
 * What a loop or an axis at a place lets a name stand for: `['a', 'b'].each { name -> … }`, `names.each { … }`,
 * `for (name in ['a', 'b'])` and `axis { name 'NAME'; values 'a', 'b' }`.
 */
export function boundAt(tokens: readonly JenkinsToken[], at: number, lists: Lists): Bound | undefined {
  const token = tokens[at];
  if (is(token, '[')) {
    const list = listAt(tokens, at);
    if (list === undefined || !is(tokens[list.end], '.') || tokens[list.end + 1]?.text !== 'each') return undefined;
    return bind(closureName(tokens, list.end + 2), list.texts);
  }
  if (token?.kind !== 'name') return undefined;
  if (token.text === 'for' && is(tokens[at + 1], '(')) return forAt(tokens, at + 2, lists);
  if (token.text === 'axis' && is(tokens[at + 1], '{')) return axisAt(tokens, at + 2);
  const [, named] = /^(\w+)\.each$/.exec(token.text) ?? [];
  const texts = named === undefined ? undefined : lists.get(named);
  return texts === undefined ? undefined : bind(closureName(tokens, at + 1), texts);
}

function bind(name: string | undefined, texts: readonly string[]): Bound | undefined {
  return name === undefined || texts.length === 0 ? undefined : { name, value: oneOf(texts.map(literal)) };
}

/** The name of `{ name -> … }`; `it` where there is none. */
function closureName(tokens: readonly JenkinsToken[], start: number): string | undefined {
  const open = is(tokens[start], '(') ? start + 1 : start;
  if (!is(tokens[open], '{')) return undefined;
  const arrow = [1, 2, 3].find((step) => is(tokens[open + step], '-') && is(tokens[open + step + 1], '>'));
  return arrow === undefined || arrow === 1 ? 'it' : tokens[open + arrow - 1]!.text;
}

/** `String name : names` or `name in ['a', 'b']`. */
function forAt(tokens: readonly JenkinsToken[], start: number, lists: Lists): Bound | undefined {
  const between = [1, 2].find(
    (step) =>
      is(tokens[start + step], ':') || (tokens[start + step]?.kind === 'name' && tokens[start + step]!.text === 'in'),
  );
  if (between === undefined) return undefined;
  const [name, of] = [tokens[start + between - 1]!.text, tokens[start + between + 1]];
  const texts = listAt(tokens, start + between + 1)?.texts ?? (of?.kind === 'name' ? lists.get(of.text) : undefined);
  return texts === undefined ? undefined : bind(name, texts);
}

/** @see https://www.jenkins.io/doc/book/pipeline/syntax/#declarative-matrix */
function axisAt(tokens: readonly JenkinsToken[], start: number): Bound | undefined {
  const texts = new Map<string, string[]>();
  let key = '';
  for (let at = start; at < tokens.length && !is(tokens[at], '}'); at++) {
    const token = tokens[at]!;
    if (token.kind === 'name') key = token.text;
    else if (token.kind === 'text') texts.set(key, [...(texts.get(key) ?? []), token.text]);
  }
  return bind(texts.get('name')?.[0], texts.get('values') ?? []);
}
