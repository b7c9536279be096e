import { compare, type PolicyDocument } from '@postern/core';
import { conditionsOf, finding, statementsOf, type Rule, type RuleFinding } from '../../rule.js';

/** More conditions than this are not tried one by one; a policy has a few. */
const mostStatements = 2_000;

export const conditionNeverTrue: Rule = {
  id: 'condition-never-true',
  title: 'The condition of the statement can never be true',
  reason: 'A Deny with it forbids nothing, and an Allow gives nothing.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
  level: 'error',
  async check({ document }) {
    return conditionsTried(document).flatMap(({ statement, path, condition }): RuleFinding[] => {
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

/** The conditions of a document, each in an Allow of everything, so that only it counts. */
export function conditionsTried(document: PolicyDocument) {
  const { Version } = document;
  return statementsOf(document)
    .filter(({ statement, path }) => statement.Condition !== undefined && conditionsOf(statement, path).length > 0)
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
