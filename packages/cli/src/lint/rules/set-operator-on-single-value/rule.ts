import { isComparedAsOne } from '../../reference/gaps.js';
import { quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

export const setOperatorOnSingleValue: LintRule = {
  id: 'set-operator-on-single-value',
  place: 180,
  title: 'A set operator and the kind of key do not go together',
  reason:
    'Set operators are for keys with several values; on a key with one, ForAllValues lets requests without it through. A key with several values and no set operator is not defined.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const conditions = conditionsOf(statement, path);
      for (const { operator, key, path: where } of conditions) {
        if (operator === 'Null') continue;
        const several = await reference.isMultivalued(key);
        if (several === undefined || several === operator.includes(':')) continue;
        if (several) {
          if (isComparedAsOne(key)) continue;
          const instead = `write \`ForAnyValue:${operator}\`, or \`ForAllValues:\` with a \`Null\` check`;
          findings.push(finding(where, `${quote(key)} holds several values`, instead));
          continue;
        }
        const [set = '', bare = ''] = operator.split(':');
        // For one value ForAnyValue asks what the bare operator asks; ForAllValues also holds for none.
        const open =
          set === 'ForAllValues' &&
          statement.Effect === 'Allow' &&
          !conditions.some((one) => one.operator === 'Null' && one.key.toLowerCase() === key.toLowerCase());
        const more = { level: open ? ('warning' as const) : ('note' as const) };
        findings.push(finding(where, `${quote(key)} holds one value`, `write ${quote(bare)}`, more));
      }
    }
    return findings;
  },
};
