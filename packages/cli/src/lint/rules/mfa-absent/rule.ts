import { parseOperator, quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

const present = 'aws:multifactorauthpresent';
const age = 'aws:multifactorauthage';

export const mfaAbsent: LintRule = {
  id: 'mfa-absent',
  place: 200,
  title: 'A condition on multi-factor authentication does not hold for requests without it',
  reason:
    'Access keys of users and the sessions of most roles come without the key, so a Deny with `Bool` lets them through, and an Allow with `BoolIfExists` too.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
  level: 'warning',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) =>
      conditionsOf(statement, path).flatMap(({ operator: name, key, values, path: where }): RuleFinding[] => {
        const operator = parseOperator(name);
        const lower = key.toLowerCase();
        if (operator === undefined || (lower !== present && lower !== age)) return [];
        if (operator.comparison === 'null') return [];
        const wants = values.map((value) => value.toLowerCase());
        const asksAbsent =
          lower === present ? wants.includes('false') !== operator.negated : operator.order.startsWith('greater');
        if (statement.Effect === 'Deny' && asksAbsent && !operator.ifExists && !operator.negated) {
          const what = `requests without ${quote(key)}, such as those with access keys, are not denied`;
          return [finding(where, what, `write ${quote(`${name}IfExists`)}`)];
        }
        if (statement.Effect === 'Allow' && !asksAbsent && (operator.ifExists || operator.negated)) {
          const what = `requests without ${quote(key)}, such as those with access keys, are allowed too`;
          return [finding(where, what, `write ${quote(lower === present ? 'Bool' : 'NumericLessThan')}`)];
        }
        return [];
      }),
    );
  },
};
