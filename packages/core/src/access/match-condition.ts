import { parseOperator, type Operator } from '../document/condition.js';
import type { ConditionBlock } from '../document/document.js';
import { compileValue } from './match-value.js';
import type { Context } from './request.js';
import { answerWithoutValue, isEmpty } from './without-value.js';

/** True, false, or undefined where AWS does not say. */
export type Truth = boolean | undefined;

/** Says whether a condition holds for a request. */
export type ConditionMatcher = (context: Context) => Truth;

/**
 * Builds the matcher for a condition block: every operator and every key must hold. One that is false decides; else one
 * that is undetermined makes the whole undetermined.
 */
export function compileConditions(block: ConditionBlock | undefined, variables: boolean): ConditionMatcher {
  const conditions = Object.entries(block ?? {}).flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator === undefined) throw new Error(`\`${name}\` is no condition operator`);
    return Object.entries(keys).map(([key, values]) =>
      compileCondition(operator, key.toLowerCase(), values, variables),
    );
  });
  if (conditions.length === 0) return () => true;
  return (context) => {
    let truth: Truth = true;
    for (const condition of conditions) {
      const one = condition(context);
      if (one === false) return false;
      if (one === undefined) truth = undefined;
    }
    return truth;
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
function compileCondition(
  operator: Operator,
  key: string,
  policyValues: readonly string[],
  variables: boolean,
): ConditionMatcher {
  const asked = policyValues.map((value) => value.toLowerCase());
  const [absent, empty] = (['absent', 'empty'] as const).map((state) =>
    answerWithoutValue(operator, asked.includes('true'), state),
  );
  const compares =
    operator.comparison === 'null' ? () => asked.includes('false') : compileValues(operator, policyValues, variables);
  return (context) => {
    const values = context(key);
    if (values === undefined) return absent;
    return isEmpty(values) && empty !== undefined ? empty : compares(values, context);
  };
}

/** What an operator says of the values of a key; undefined of several values where it is for one. */
function compileValues(
  operator: Operator,
  policyValues: readonly string[],
  variables: boolean,
): (values: readonly string[], context: Context) => Truth {
  const matchers = policyValues.map((value) => compileValue(operator, value, variables));
  const satisfies = (value: string, context: Context): boolean =>
    matchers.some((matches) => matches(value, context)) !== operator.negated;
  if (operator.set === 'ForAllValues') return (values, context) => values.every((value) => satisfies(value, context));
  if (operator.set === 'ForAnyValue') return (values, context) => values.some((value) => satisfies(value, context));
  return (values, context) => (values.length === 1 ? satisfies(values[0]!, context) : undefined);
}
