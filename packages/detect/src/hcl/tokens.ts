import type { Text, Unknown } from '../values/value.js';

/** A piece of HCL. */
export type HclToken =
  | { readonly kind: 'text'; readonly text: Text; readonly line: number }
  | { readonly kind: 'word'; readonly text: string; readonly line: number }
  | { readonly kind: 'sign'; readonly text: string; readonly line: number }
  | { readonly kind: 'end'; readonly text: ''; readonly line: number };

/** Cuts HCL into texts, words and signs; the end of a line is a piece of its own, since it ends an attribute. */
export function hclTokens(source: string): HclToken[] {
  const tokens: HclToken[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const character = source[at]!;
    if (character === '\n') {
      tokens.push({ kind: 'end', text: '', line });
      line++;
      at++;
    } else if (/\s/.test(character)) at++;
    else if (character === '#' || source.startsWith('//', at)) at = endOf(source, '\n', at);
    else if (source.startsWith('/*', at)) {
      const end = Math.min(source.length, endOf(source, '*/', at) + 2);
      line += newLines(source, at, end);
      at = end;
    } else if (character === '"') {
      const { text, end } = readQuoted(source, at + 1);
      tokens.push({ kind: 'text', text, line });
      line += newLines(source, at, end);
      at = end;
    } else if (source.startsWith('<<', at)) {
      const end = endOfHeredoc(source, at);
      tokens.push({ kind: 'text', text: [{ from: 'a text of several lines' }], line });
      line += newLines(source, at, end);
      at = end;
    } else if (/[\w.-]/.test(character)) {
      let end = at + 1;
      while (end < source.length && /[\w.-]/.test(source[end]!)) end++;
      tokens.push({ kind: 'word', text: source.slice(at, end), line });
      at = end;
    } else {
      tokens.push({ kind: 'sign', text: character, line });
      at++;
    }
  }
  return tokens;
}

function readQuoted(source: string, start: number): { readonly text: Text; readonly end: number } {
  const parts: (string | Unknown)[] = [];
  let known = '';
  let at = start;
  while (at < source.length && source[at] !== '"' && source[at] !== '\n') {
    if (source[at] === '\\') {
      known += source[at + 1] ?? '';
      at += 2;
    } else if (source.startsWith('${', at) || source.startsWith('%{', at)) {
      const end = endOfBraces(source, at + 2);
      if (known !== '') parts.push(known);
      known = '';
      parts.push({ from: source.slice(at + 2, end - 1).trim() });
      at = end;
    } else known += source[at++];
  }
  if (known !== '') parts.push(known);
  return { text: parts, end: at + 1 };
}

function endOfBraces(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '{') depth++;
    if (source[at] === '}' && --depth === 0) return at + 1;
  }
  return source.length;
}

function endOfHeredoc(source: string, at: number): number {
  const first = endOf(source, '\n', at);
  const word = /^<<[-~]?\s*(\w+)/.exec(source.slice(at, first))?.[1];
  if (word === undefined) return at + 2;
  let from = first + 1;
  while (from < source.length) {
    const end = endOf(source, '\n', from);
    if (source.slice(from, end).trim() === word) return end;
    from = end + 1;
  }
  return source.length;
}

function endOf(source: string, wanted: string, from: number): number {
  const found = source.indexOf(wanted, from);
  return found < 0 ? source.length : found;
}

function newLines(source: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (source[at] === '\n') count++;
  return count;
}
