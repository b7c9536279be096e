import type { Operator } from '../document/condition.js';

/** How a key can be without a value: it is not in the request, or its only values are empty texts. */
export type WithoutValue = 'absent' | 'empty';

/** Whether the values of a key are none to a set operator or to `Null`. */
export function isEmpty(values: readonly string[]): boolean {
  return values.every((value) => value === '');
}

/**
 * What an operator says of a key without a value, for `decide` and `compare` alike:
 *
 * | operator                 | absent        | empty                         |
 * | ------------------------ | ------------- | ----------------------------- |
 * | `Null` with `true`       | holds         | holds                         |
 * | `Null` with `false`      | fails         | fails                         |
 * | `ForAllValues:...`       | holds         | holds                         |
 * | `ForAnyValue:...`        | fails         | fails                         |
 * | ... with `IfExists`      | holds         | holds                         |
 * | negated, without a set   | holds         | compared as any other value   |
 * | all others               | fails         | compared as any other value   |
 *
 * AWS: ForAllValues "also returns true if there are no context keys in the request or if the context key value resolves
 * to a null dataset, such as an empty string"; against both, `Null` with `false` checks "if the context key exists and
 * its value is not null". So an empty text is null to these.
 * @param wantsNull for `Null`: whether `true` is among its values
 * @returns undefined where the operator compares the empty text itself
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function answerWithoutValue(operator: Operator, wantsNull: boolean, key: WithoutValue): boolean | undefined {
  if (operator.comparison === 'null') return wantsNull;
  if (operator.set !== undefined) return operator.set === 'ForAllValues' || operator.ifExists;
  return key === 'absent' ? operator.ifExists || operator.negated : undefined;
}
