import { compare } from '@postern/core';
import { finding, type ConditionItem, type LintRule, type RuleFinding } from '../../rule.js';
import { conditionsTried } from '../condition-never-true/rule.js';

export const conditionAlwaysTrue: LintRule = {
  id: 'condition-always-true',
  place: 150,
  title: 'The condition of the statement can never be false',
  reason: 'It looks like a fence and is none: the statement counts for every request.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
  level: 'warning',
  also: ['resource'],
  async check({ document }) {
    return conditionsTried(document, mayBeAlways).flatMap(({ path, condition }): RuleFinding[] => {
      const { Condition, ...everything } = condition.Statement[0]!;
      if (Condition === undefined) return [];
      if (compare({ ...condition, Statement: [everything] }, condition).relation !== 'equal') return [];
      return [
        finding(
          `${path}.Condition`,
          'the condition is true of every request',
          'mend the operator or the values, or take it out',
        ),
      ];
    });
  },
};

/** Whether it is worth asking: a plain operator is false of a request without the key. */
function mayBeAlways(conditions: readonly ConditionItem[]): boolean {
  return conditions.every(
    ({ operator, values }) =>
      values.length === 0 || /IfExists$|^ForAllValues|^Null$/.test(operator) || operator.includes('Not'),
  );
}
