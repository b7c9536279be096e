import type { Problem } from '../../document/problem.js';
import { mask, type Masked } from '../deferred.js';
import type { WithHelp } from '../option/form-option.js';
import { spellOption, type Host, type Place } from '../host.js';

/** One item of an option: a text, or a resource with its name, its ARN or both. */
export interface Item {
  /** The text or the resource's name; undefined for a reference whose name is not known. */
  readonly name: string | undefined;
  /** The ARN as it was given; made from the name where it was not. */
  arn: string | undefined;
}

/** What an option comes to: switches and choices by value, texts and resources as items, undefined where not given. */
export type OptionValue = boolean | string | null | undefined | readonly Item[];

export type PlacePart = keyof Place;

export const placeParts: readonly PlacePart[] = ['account', 'region', 'partition'];

/** A part of the place that an ARN or a construct says. */
export interface Anchor {
  readonly part: PlacePart;
  readonly value: string;
  readonly path: string;
  readonly arn: string;
  /** Whether it supplies the part to others, or is only compared with what is given. */
  readonly supplies: boolean;
}

/** The options of one entry while they are read, and every problem found so far. */
export interface Reading {
  readonly entry: { readonly id: string; readonly options: Readonly<Record<string, WithHelp>> };
  readonly host: Host;
  readonly scope: string;
  readonly values: Record<string, OptionValue>;
  readonly anchors: Anchor[];
  /** Items that stand where nothing usable was given: what else is said of them would be of the example. */
  readonly placeholders: WeakSet<Item>;
  readonly problems: Problem[];
}

export function report(reading: Reading, path: string, message: string): void {
  reading.problems.push({ path, message });
}

/** Says that an option is missing, with an example of it. */
export function reportMissing(reading: Reading, name: string, example: string): void {
  report(reading, name, `missing: for example ${spellOption(reading.host, name, example)}`);
}

export function isDeferred({ host }: Reading, text: string): boolean {
  return host.deferred?.(text) ?? false;
}

/** A deferred text with a mark for each piece that nobody knows yet. */
export function masked({ host }: Reading, text: string): Masked {
  return mask(host.pieces?.(text) ?? [{ text, known: false }]);
}

/** An item where nothing usable was given. */
export function placeholder(reading: Reading, name: string, arn?: string): Item {
  const item = { name, arn };
  reading.placeholders.add(item);
  return item;
}

/** The items of a value; none where it is no list of them. */
export function itemsIn(value: OptionValue): readonly Item[] {
  return typeof value === 'object' && value !== null ? value : [];
}

/** The name of an option's first item, where a usable one was given. */
export function givenName({ values, placeholders }: Reading, option: string): string | undefined {
  const [item] = itemsIn(values[option]);
  return item === undefined || placeholders.has(item) ? undefined : item.name;
}
