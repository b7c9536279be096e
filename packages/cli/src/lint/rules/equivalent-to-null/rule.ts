import { parseOperator, quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

export const equivalentToNull: LintRule = {
  id: 'equivalent-to-null',
  place: 160,
  title: 'The condition only asks whether the key is there',
  reason: 'A value of nothing but stars matches every value; `Null` says the same and is not taken for a fence.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
  level: 'note',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) =>
      conditionsOf(statement, path).flatMap(({ operator: name, key, values, path: where }): RuleFinding[] => {
        const operator = parseOperator(name);
        if (operator === undefined || !['stringLike', 'arn'].includes(operator.comparison)) return [];
        if (operator.set !== undefined || operator.ifExists || !values.some((value) => /^\*+$/.test(value))) return [];
        const there = operator.negated ? 'true' : 'false';
        const what = `${quote(name)} ${quote(key)} is true of every request ${operator.negated ? 'without' : 'with'} the key, whatever its value`;
        return [finding(where, what, `write \`"Null": {"${key.slice(0, 100)}": "${there}"}\``)];
      }),
    );
  },
};
