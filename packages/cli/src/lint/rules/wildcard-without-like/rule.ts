import { parseOperator, quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

/** Keys whose values never hold a `*` or `?`, so that one in the policy can only be meant as a wildcard. */
const without = /^aws:(source|principal|resource)(account|arn|vpc|vpce|orgid)$|^aws:(requestedregion|userid|username)$/;

export const wildcardWithoutLike: LintRule = {
  id: 'wildcard-without-like',
  place: 120,
  title: 'A value has a wildcard, and the operator knows none',
  reason: '`StringEquals` takes `*` and `?` as themselves, so that the value matches nothing that was meant.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  level: 'warning',
  also: ['resource'],
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) =>
      conditionsOf(statement, path).flatMap(({ operator, key, values, path: where }): RuleFinding[] => {
        const parsed = parseOperator(operator);
        if (parsed?.comparison !== 'string' && parsed?.comparison !== 'stringIgnoreCase') return [];
        const like = parsed.name.replace(
          /String(Not)?Equals(IgnoreCase)?/,
          (_, not: string | undefined) => `String${not ?? ''}Like`,
        );
        return values.flatMap((value, index) => {
          if (!/[*?]/.test(value.replace(/\$\{[^{}]*\}/g, ''))) return [];
          const what = `${quote(value)} has a wildcard, which ${quote(operator)} takes as itself`;
          const level = without.test(key.toLowerCase()) ? { level: 'error' as const } : {};
          return [finding(`${where}[${index}]`, what, `write ${quote(like)}`, level)];
        });
      }),
    );
  },
};
