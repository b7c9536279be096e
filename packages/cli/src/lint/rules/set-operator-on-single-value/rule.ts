import { quote } from '@postern/core';
import { conditionsOf, statementsOf, type Rule, type RuleFinding } from '../../rule.js';

export const setOperatorOnSingleValue: Rule = {
  id: 'set-operator-on-single-value',
  title: 'A set operator and the kind of key do not go together',
  reason:
    'Set operators are for keys with several values; on a key with one, ForAllValues lets requests without it through. A key with several values and no set operator is not defined.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      for (const { operator, key, path: where } of conditionsOf(statement, path)) {
        if (operator === 'Null') continue;
        const several = await reference.isMultivalued(key);
        if (several === undefined || several === operator.includes(':')) continue;
        const message = several
          ? `${quote(key)} holds several values: write \`ForAnyValue:${operator}\`, or \`ForAllValues:\` with a \`Null\` check`
          : `${quote(key)} holds one value: write ${quote(operator.slice(operator.indexOf(':') + 1))}`;
        findings.push({ path: where, message });
      }
    }
    return findings;
  },
};
