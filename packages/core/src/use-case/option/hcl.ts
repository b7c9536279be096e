import type { FormOption } from './form-option.js';

/** A condition in HCL, and what to say where it is false. */
export type HclCheck = readonly [condition: string, message: string];

/** How options of a kind become Terraform variables. Expressions are HCL as text. */
export interface HclOfKind<O> {
  readonly type: string;
  /** Undefined where the variable must be given. */
  defaultOf(option: O, hcl: HclWriter): string | undefined;
  /** Whether null may be written where it is not the default. */
  takesNull(option: O): boolean;
  /** What the help of the option leaves open. */
  help(option: O): string;
  /** The variable's own validations. */
  checks(option: O, name: string, hcl: HclWriter): readonly HclCheck[];
  /** What was given one by one, where several may stand in one text. */
  apart?(given: string): string;
  /** The items of the variable as a list, from the items that were given. */
  items(option: O, given: string): string;
  /** Checks that need other variables. */
  documentChecks(option: O, name: string, given: string): readonly HclCheck[];
}

/** What the Terraform target knows of HCL and of forms in it. */
export interface HclWriter {
  /** A string literal. */
  quoted(text: string): string;
  listOf(items: readonly string[]): string;
  /** A text as it is read, from a URL where it is one; the text itself where the option takes no URL. */
  read(option: FormOption, item: string): string;
  /** Whether a text has the form of the option. */
  fits(option: FormOption, item: string): string;
  /** What is asked for, where it does not. */
  misfit(option: FormOption, name: string): string;
  /** What is something else than asked for, each with the reason. */
  refusals(option: FormOption, item: string): readonly HclCheck[];
}
