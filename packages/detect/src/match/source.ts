import type { Sign, ValueSource } from '@postern/core';
import { forms } from '../forms/forms.js';
import { literal, oneOf, type Value } from '../values/value.js';
import type { NamedEvent } from './names.js';

/** The fields of a file that belongs to an event. */
export type SignFields = ReadonlyMap<string, Value>;

/** The value that stands at a source; undefined where there is none. */
export function valueAt(source: ValueSource, { event, sign, name, fields }: SourceOf): Value | undefined {
  const value = rawValue(source, event, sign, name, fields);
  if (value !== undefined && source.says !== undefined) return literal(source.says);
  if (value === undefined || source.as === undefined) return value;
  const made = forms[source.as](value);
  return made.length === 0 ? undefined : made;
}

/** What a source is asked of. */
export interface SourceOf {
  readonly event: NamedEvent;
  readonly sign: Sign;
  /** The name by which the sign knows the event: its words are no arguments. */
  readonly name: string;
  readonly fields: SignFields | undefined;
}

function rawValue(
  source: ValueSource,
  event: NamedEvent,
  sign: Sign,
  name: string,
  fields: SignFields | undefined,
): Value | undefined {
  const { event: happened } = event;
  if ('variable' in source) return happened.variables.get(source.variable);
  if ('field' in source) return fields?.get(source.field);
  if ('input' in source) {
    if (happened.kind !== 'step') return undefined;
    for (const input of [source.input].flat()) {
      const value = happened.inputs.get(input);
      if (value !== undefined && value.some((text) => text.length > 0)) return value;
    }
    return undefined;
  }
  const call = event.parsed(sign.switches ?? []);
  if (call === undefined) return undefined;
  if ('flag' in source) {
    const values = [source.flag].flat().flatMap((flag) => call.flags.get(flag) ?? []);
    return values.length === 0 ? undefined : oneOf(values);
  }
  const own = name.split(' ').length - 2;
  if ('argument' in source) return call.words[own + source.argument];
  const words = call.words.slice(own + source.arguments);
  return words.length === 0 ? undefined : oneOf(words);
}

/** The value of the first of several sources that is there. */
export function firstOf(sources: ValueSource | readonly ValueSource[], of: SourceOf): Value | undefined {
  for (const source of [sources].flat() as ValueSource[]) {
    const value = valueAt(source, of);
    if (value !== undefined) return value;
  }
  return undefined;
}
