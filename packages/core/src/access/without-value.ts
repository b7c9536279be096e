import type { Operator } from '../document/condition.js';

/** How a key can be without a value: it is not in the request, or its only values are empty texts. */
export type WithoutValue = 'absent' | 'empty';

/** Whether the values of a key are none to a set operator or to `Null`. */
export function isEmpty(values: readonly string[]): boolean {
  return values.every((value) => value === '');
}

/** What a kind of operator says; undefined where it compares the empty text as any other value. */
interface Answers {
  readonly absent: boolean;
  readonly empty: boolean | undefined;
}

/**
 * What each kind of operator says of a key without a value, for `decide` and `compare` alike.
 *
 * AWS: ForAllValues "also returns true if there are no context keys in the request or if the context key value resolves
 * to a null dataset, such as an empty string"; against both, `Null` with `false` checks "if the context key exists and
 * its value is not null". So an empty text is null to these.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const answers = {
  nullTrue: { absent: true, empty: true },
  nullFalse: { absent: false, empty: false },
  forAllValues: { absent: true, empty: true },
  forAnyValue: { absent: false, empty: false },
  forAnyValueIfExists: { absent: true, empty: true },
  ifExists: { absent: true, empty: undefined },
  negated: { absent: true, empty: undefined },
  others: { absent: false, empty: undefined },
} as const satisfies Readonly<Record<string, Answers>>;

function kindOf({ comparison, set, ifExists, negated }: Operator, wantsNull: boolean): keyof typeof answers {
  if (comparison === 'null') return wantsNull ? 'nullTrue' : 'nullFalse';
  if (set === 'ForAllValues') return 'forAllValues';
  if (set === 'ForAnyValue') return ifExists ? 'forAnyValueIfExists' : 'forAnyValue';
  return ifExists ? 'ifExists' : negated ? 'negated' : 'others';
}

/**
 * What an operator says of a key without a value.
 * @param wantsNull for `Null`: whether `true` is among its values
 * @returns undefined where the operator compares the empty text itself
 */
export function answerWithoutValue(operator: Operator, wantsNull: boolean, key: WithoutValue): boolean | undefined {
  return answers[kindOf(operator, wantsNull)][key];
}
