import { quote } from '@postern/core';
import { finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

export const repeatedConditionKey: LintRule = {
  id: 'repeated-condition-key',
  place: 80,
  title: 'A condition key stands twice under one operator, in different letter case',
  reason: 'Keys are the same whatever their case, so IAM refuses the document, or only one of the two counts.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
  level: 'error',
  also: ['trust', 'resource'],
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) =>
      Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]): RuleFinding[] => {
        const seen = new Map<string, string>();
        return Object.keys(keys).flatMap((key) => {
          const before = seen.get(key.toLowerCase());
          if (before === undefined) {
            seen.set(key.toLowerCase(), key);
            return [];
          }
          const what = `${quote(key)} is the same key as ${quote(before)}`;
          return [finding(`${path}.Condition.${operator}.${key}`, what, 'join their values under one')];
        });
      }),
    );
  },
};
