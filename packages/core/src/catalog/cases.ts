import type { ContextValue } from '../access/request.js';
import type { Entry, OptionsOf, UseCase } from '../use-case/use-case.js';

/** Requests that a sample's policy must allow, or must refuse, and why. */
export interface Case {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly why: string;
}

/** The policy for some options, with the requests that show it to be right. Its rendering is committed beside it. */
export interface Sample<Options> {
  readonly name: string;
  readonly options: Options;
  readonly allows: readonly Case[];
  readonly denies: readonly Case[];
}

/** Types the samples of an entry by its options. */
export function defineSamples<U extends UseCase>(_useCase: U, samples: readonly Sample<OptionsOf<U>>[]) {
  return samples;
}

/** Options that somebody may well write, and the one sentence that is said of them, behind the path of the option. */
export interface RefusedOptions {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly says: string | RegExp;
}

/** The options that an entry refuses, with what it says of them; its own tests run them. */
export function defineRefused(_entry: Entry, refused: readonly RefusedOptions[]) {
  return refused;
}
