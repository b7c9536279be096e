import { parseOperator, type Operator } from '../document/condition.js';
import type { ConditionBlock } from '../document/document.js';
import { compileValue } from './match-value.js';
import type { Context } from './request.js';

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
  if (operator.comparison === 'null') return compileNull(key, policyValues);
  const matchers = policyValues.map((value) => compileValue(operator, value, variables));
  const satisfies = (value: string, context: Context): boolean =>
    matchers.some((matches) => matches(value, context)) !== operator.negated;
  if (operator.set === 'ForAllValues') {
    return (context) => {
      const values = context(key);
      return isNullSet(values) || values.every((value) => satisfies(value, context));
    };
  }
  if (operator.set === 'ForAnyValue') {
    return (context) => {
      const values = context(key);
      return isNullSet(values) ? operator.ifExists : values.some((value) => satisfies(value, context));
    };
  }
  return (context) => {
    const values = context(key);
    if (values === undefined) return operator.ifExists || operator.negated;
    return values.length === 1 ? satisfies(values[0]!, context) : undefined;
  };
}

function compileNull(key: string, policyValues: readonly string[]): ConditionMatcher {
  const wanted = new Set(policyValues.map((value) => value.toLowerCase()));
  return (context) => wanted.has(context(key) === undefined ? 'true' : 'false');
}

/** AWS's set operators take a key whose only values are empty strings as absent. */
function isNullSet(values: readonly string[] | undefined): values is undefined {
  return values === undefined || values.every((value) => value === '');
}
