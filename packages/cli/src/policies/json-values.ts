import { readJson, textOfNumber } from '@postern/core';
import type { FoundDocument } from './found.js';

type Json = Record<string, unknown>;

/** A document as an object, as JSON text, or as URL-encoded JSON text, as IAM's API gives it. */
export function documentOf(value: unknown): object | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string') return undefined;
  for (const text of [value, decoded(value)]) {
    const { value: parsed, wellFormed } = readJson(text, 'asWritten');
    if (wellFormed && isObject(parsed)) return parsed;
  }
  return undefined;
}

/** A document that has to be there: where it is none, its text, which no one can read either. */
export function documentAt(value: unknown): FoundDocument {
  return documentOf(value) ?? (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a value is an object with keys; a number that is kept as it is written is none. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && textOfNumber(value) === undefined;
}

/** The items of a list that are objects; none where it is no list. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text, or nothing where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
