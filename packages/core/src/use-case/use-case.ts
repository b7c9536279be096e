import type { Evidence } from './evidence.js';
import type { ResourceForm } from './option/form.js';
import type { ValueOf } from './option/kind-of.js';
import type { OptionSet } from './option.js';
import type { Predicate, When } from './predicate.js';
import type { Slot, Template } from './template.js';
import type { VendorPolicy } from './vendor-policy.js';

/** `Resource: "*"`, with the reason why nothing narrower works. */
export interface Unscoped {
  readonly unscoped: string;
}

/** Says that an action has no resource to be limited to, and why. */
export function unscoped(reason: string): Unscoped {
  return { unscoped: reason };
}

/** A condition of a statement. Where it is active and ends up without values, its whole statement falls away. */
export interface ConditionTemplate {
  /** A condition operator; `exact` for plain values, `wildcards` where `scope` allows patterns. */
  readonly operator: string | { readonly exact: string; readonly wildcards: string };
  readonly key: string;
  readonly values: readonly (Template | Slot | string | When<Template | Slot | string>)[];
  readonly when?: Predicate;
  readonly reason: string;
}

/** What every statement of an entry has. `when` may also stand on a single action or condition. */
export interface AnyStatement {
  readonly sid: string;
  readonly when?: Predicate;
  /** Actions in full with the reason for each. */
  readonly actions: Readonly<Record<string, string | When<string>>>;
  readonly conditions?: readonly ConditionTemplate[];
  readonly evidence: readonly Evidence[];
}

/** A statement of a use case. `when` may also stand on a single resource. */
export interface StatementTemplate extends AnyStatement {
  readonly resources: Unscoped | readonly (Template | Slot | When<Template | Slot>)[];
}

/** A check across options: where `if` holds, the option at `path` is refused. */
export interface Refusal {
  readonly path: string;
  readonly if: Predicate;
  /** What is wrong and what to do next; starts in lower case. Where the option is not given, an example is added. */
  readonly say: string;
}

/** Something the user should know about the policy, though it is no mistake. */
export interface Note {
  readonly if?: Predicate;
  readonly say: string;
  /** The lint rule that says the same of the policy: its code, such as `T05`, or its name, such as `escalation`. */
  readonly code?: string;
}

/** What every entry of the catalog has, whatever its policy is for. */
export interface Entry<Options extends OptionSet = OptionSet> {
  /** The folder's name, also the name on the command line. */
  readonly id: string;
  readonly title: string;
  /** What the job does, or who is let in, in one sentence. */
  readonly summary: string;
  /** What the policy does not allow, in one sentence. */
  readonly excludes: string;
  readonly options: Options;
  readonly refuse?: readonly Refusal[];
  readonly notes?: readonly Note[];
  /** Where the policy allows more than the job needs, why, and how to narrow it. */
  readonly widenings?: readonly string[];
}

/** One CI job and the permissions it needs: a value, so that it can be built, listed, searched and compiled. */
export interface UseCase<Options extends OptionSet = OptionSet> extends Entry<Options> {
  /** What someone could do who has the job's credentials and means ill, in two sentences. */
  readonly escalation?: string;
  /** What vendors publish for the same job, to be compared with. */
  readonly vendors?: readonly VendorPolicy[];
  readonly statements: readonly StatementTemplate[];
}

/** Defines a use case; the types of its options follow from it. */
export function defineUseCase<const Options extends OptionSet>(useCase: UseCase<Options>): UseCase<Options> {
  return useCase;
}

/**
 * A resource known to have this ARN or this name, for values that are not known yet. Without `name`, the name is unknown;
 * without `arn`, the ARN is made from the name.
 */
export type ResourceReference = (
  | { readonly arn: string; readonly name?: string }
  | { readonly arn?: undefined; readonly name: string }
) & {
  /** Where the resource is, as far as that is known though its ARN is not. */
  readonly place?: { readonly account?: string; readonly region?: string };
};

/** What an option takes: text, and for a resource also a reference to it. */
type TextOf<O> = O extends { readonly form: infer Form }
  ? [Extract<Form, ResourceForm>] extends [never]
    ? string
    : string | ResourceReference
  : string;

type RequiredOptions<Options extends OptionSet> = {
  [Name in keyof Options]: Options[Name] extends { readonly required: true; readonly scoped: false } ? Name : never;
}[keyof Options];

/**
 * The options an entry takes. A required list that `scope` governs may be left out under scope `account`, so the types
 * let it be absent; without that scope, its absence is a problem at run time.
 */
export type OptionsOf<U> =
  U extends Entry<infer Options>
    ? { readonly [Name in RequiredOptions<Options>]: ValueOf<Options[Name], TextOf<Options[Name]>> } & {
        readonly [Name in Exclude<keyof Options, RequiredOptions<Options>>]?:
          | ValueOf<Options[Name], TextOf<Options[Name]>>
          | undefined;
      }
    : never;

/** Whether a part of an entry is switched by a predicate. */
export function isWhen<T>(value: T | When<T>): value is When<T> {
  return typeof value === 'object' && value !== null && 'when' in value && 'then' in value;
}
