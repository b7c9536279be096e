import { compare, type PolicyDocument } from '@postern/core';
import {
  conditionsOf,
  finding,
  statementsOf,
  type ConditionItem,
  type LintRule,
  type RuleFinding,
} from '../../rule.js';

/** More conditions than this are not tried one by one; a policy has a few. */
const mostStatements = 2_000;

export const conditionNeverTrue: LintRule = {
  id: 'condition-never-true',
  place: 140,
  title: 'The condition of the statement can never be true',
  reason: 'A Deny with it forbids nothing, and an Allow gives nothing.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
  level: 'error',
  also: ['resource'],
  async check({ document }) {
    return conditionsTried(document, mayBeNever).flatMap(({ statement, path, condition }): RuleFinding[] => {
      if (compare([], condition).relation !== 'equal') return [];
      const does = statement.Effect === 'Deny' ? 'so it denies nothing' : 'so it allows nothing';
      return [
        finding(
          `${path}.Condition`,
          `the condition is true of no request, ${does}`,
          'mend the values, or take the statement out',
        ),
      ];
    });
  },
};

/** Whether it is worth asking: a key that stands once, with values that can be read, can have one of them. */
function mayBeNever(conditions: readonly ConditionItem[]): boolean {
  const keys = conditions.map(({ key }) => key.toLowerCase());
  return (
    new Set(keys).size < keys.length ||
    conditions.some(({ operator, values }) => values.length === 0 || !/^(For\w+:)?(String|Arn)/.test(operator))
  );
}

/**
 * The conditions of a document that are worth trying, each in an Allow of everything, so that only it counts.
 * @param isWorthIt tells from the conditions alone where comparing would find nothing
 */
export function conditionsTried(
  document: PolicyDocument,
  isWorthIt: (conditions: readonly ConditionItem[]) => boolean,
) {
  const { Version } = document;
  return statementsOf(document)
    .filter(({ statement, path }) => {
      const conditions = statement.Condition === undefined ? [] : conditionsOf(statement, path);
      return conditions.length > 0 && isWorthIt(conditions);
    })
    .slice(0, mostStatements)
    .flatMap(({ statement, path }) => {
      const text = JSON.stringify(statement.Condition);
      // What is not known yet may be anything.
      if (text.includes('«') || text.length > 20_000) return [];
      const condition: PolicyDocument = {
        ...(Version && { Version }),
        Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'], Condition: statement.Condition! }],
      };
      return [{ statement, path, condition }];
    });
}
