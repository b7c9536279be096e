import { quote } from '@postern/core';
import { conditionsOf, statementsOf, type Rule, type RuleFinding } from '../../rule.js';

export const unknownConditionKey: Rule = {
  id: 'unknown-condition-key',
  title: 'The action does not have the condition key',
  reason:
    'A key that a request never has makes an Allow give nothing, or, with a negated or IfExists operator, gives it without the fence.',
  source:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const actions = statement.Action ?? [];
      if (actions.length === 0 || actions.some((action) => /^\*+$/.test(action))) continue;
      for (const { key, path: keyPath } of conditionsOf(statement, path)) {
        const without: string[] = [];
        for (const action of actions) {
          const known = await reference.matching(action);
          const keys = known.flatMap(({ conditionKeys }) => conditionKeys);
          if (known.length > 0 && !(await reference.hasKey(key, keys))) without.push(action);
        }
        if (without.length === 0) continue;
        const list = `${without.slice(0, 3).map(quote).join(', ')}${without.length > 3 ? ` and ${without.length - 3} more` : ''}`;
        const next =
          without.length === actions.length ? 'check its spelling' : 'put those actions into a statement of their own';
        findings.push({ path: keyPath, message: `${quote(key)} is no condition key of ${list}: ${next}` });
      }
    }
    return findings;
  },
};
