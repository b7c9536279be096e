import { readPattern, type PatternElement } from './pattern.js';
import type { Context } from './request.js';

/** A policy variable, `${key}` or `${key, 'default'}`. */
export interface PolicyVariable {
  readonly key: string;
  readonly default: string | undefined;
}

/** A policy text: pattern elements and variables in order. */
export type TemplateText = readonly (PatternElement | PolicyVariable)[];

const variable = /\$\{([^{}]*)\}/g;
const withDefault = /^([^,]+), ?'(.*)'$/s;

/**
 * Reads a policy text of version 2012-10-17: `${key}` and `${key, 'default'}` are variables; `${*}`, `${?}` and `${$}`
 * are those characters themselves.
 * @param readLiteral how the text between variables is read: with wildcards or without
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function readVariables(text: string, readLiteral: (text: string) => PatternElement[]): TemplateText {
  const elements: (PatternElement | PolicyVariable)[] = [];
  let position = 0;
  for (const match of text.matchAll(variable)) {
    for (const element of readLiteral(text.slice(position, match.index))) elements.push(element);
    const inner = match[1]!;
    if (inner === '*' || inner === '?' || inner === '$') elements.push(inner.charCodeAt(0));
    else {
      const parts = withDefault.exec(inner);
      elements.push({ key: (parts?.[1] ?? inner).toLowerCase(), default: parts?.[2] });
    }
    position = match.index + match[0].length;
  }
  for (const element of readLiteral(text.slice(position))) elements.push(element);
  return elements;
}

/** Reads every character as itself, for operators that know no wildcards. */
export function readLiterally(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Whether the text holds a variable, so that what it matches depends on the request. */
export function hasVariable(text: TemplateText): boolean {
  return text.some((element) => typeof element === 'object');
}

/**
 * Puts the request's values in. What is put in is literal: a `*` inside a value matches only itself.
 * @param longest the length of the text to be matched: what is put together ends where no such text can match any more,
 *   so that a long value that is put in many times costs nothing
 * @returns undefined where it matches nothing: it needs a longer text, or a variable without default is absent from the
 *   request or has several values
 */
export function substitute(text: TemplateText, context: Context, longest: number): PatternElement[] | undefined {
  const elements: PatternElement[] = [];
  let length = 0;
  for (const element of text) {
    if (length > longest) return undefined;
    if (element !== '*') length += 1;
    if (typeof element !== 'object') {
      elements.push(element);
      continue;
    }
    const values = context(element.key);
    const value = values?.length === 1 ? values[0] : values === undefined ? element.default : undefined;
    if (value === undefined) return undefined;
    length += value.length - 1;
    if (length > longest) return undefined;
    for (const code of readLiterally(value)) elements.push(code);
  }
  return elements;
}

/** Reads a policy text under its document's version. */
export function readText(text: string, variables: boolean, wildcards: boolean): TemplateText {
  const readLiteral = wildcards ? readPattern : readLiterally;
  return variables && text.includes('${') ? readVariables(text, readLiteral) : readLiteral(text);
}
