import type { Reading, OptionValue } from '../reading/reading.js';
import type { FlagForm } from './flag.js';
import type { HclOfKind } from './hcl.js';
import type { JsonSchema } from './json-schema.js';

/** A value of an option of which there are few. */
export type Setting = string | boolean | null;

/**
 * Everything that is particular to options of one kind; nothing else asks for the kind of an option. Values are as a user
 * gives them, unless they are said to be read.
 */
export interface OptionKind<O> {
  /** Whether a value is a list of items. */
  readonly several: boolean;
  /** Whether it must be given. */
  isRequired(option: O): boolean;
  /** Its value where it is not given; undefined where it has none then. */
  defaultOf(option: O): Setting | undefined;
  /** Every value that it may have, the default first, where they are few; none where they are texts or resources. */
  settings(option: O): readonly Setting[];
  /** A value to show where one is missing. */
  example(option: O): unknown;
  /** A value made of items, none where there are none. */
  ofItems(items: readonly unknown[]): unknown;
  /** Checks a value of any origin and takes it apart; what is wrong is reported. Called also where none is given. */
  read(option: O, name: string, value: unknown, reading: Reading): OptionValue;

  /** What it takes and its default, in a line. */
  summary(option: O): string;
  /** What it takes and its default, in Markdown, for a table. */
  row(option: O): { readonly takes: string; readonly otherwise: string };
  /** The flags that give it. */
  flags(option: O, flag: string): readonly FlagForm[];
  /** A value as words on a command line. */
  written(flag: string, value: unknown): readonly string[];
  /** What it takes, without what only a whole set of options can tell. */
  schema(option: O): JsonSchema;
  readonly hcl: HclOfKind<O>;
  /** Draws a value, for tests. */
  arbitrary<Drawn>(option: O, pool: readonly unknown[], draw: Draws<Drawn>): Drawn;
}

/** What a kind draws values with. */
export interface Draws<Drawn> {
  /** One of the values. */
  one(values: readonly unknown[]): Drawn;
  /** A list of one to three different ones of the values. */
  some(values: readonly unknown[]): Drawn;
}

/**
 * What the value of a kind is in types. A kind extends it and says `value`, in terms of its option and of what one item may
 * be: a text in core, a construct or an output as well in the adapters.
 */
export interface ValueShape {
  readonly option: unknown;
  readonly item: unknown;
  readonly value: unknown;
}
