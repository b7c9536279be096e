import { isObject } from '../../../policies/json-values.js';
import { finding, type LintRule, type RuleFinding } from '../../rule.js';

export const emptyElement: LintRule = {
  id: 'empty-element',
  place: 70,
  title: 'A condition, an operator or a list of values is empty',
  reason: 'It says nothing, and a reader takes it for a fence that is there.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
  level: 'warning',
  also: ['trust', 'resource'],
  async check({ source }) {
    if (!isObject(source)) return [];
    const statements: readonly unknown[] = Array.isArray(source['Statement'])
      ? (source['Statement'] as unknown[])
      : [source['Statement']];
    const findings: RuleFinding[] = [];
    for (const [index, statement] of statements.entries()) {
      if (isObject(statement) && statement['Sid'] === '') {
        findings.push({ ...found(`Statement[${index}].Sid`, 'the Sid is empty'), level: 'note' });
      }
      const condition = isObject(statement) ? statement['Condition'] : undefined;
      if (!isObject(condition)) continue;
      const path = `Statement[${index}].Condition`;
      if (Object.keys(condition).length === 0) findings.push(found(path, 'the condition has no operator'));
      for (const [operator, keys] of Object.entries(condition)) {
        if (!isObject(keys)) continue;
        if (Object.keys(keys).length === 0) findings.push(found(`${path}.${operator}`, 'the operator has no key'));
        for (const [key, values] of Object.entries(keys)) {
          if (!Array.isArray(values) || values.length > 0) continue;
          findings.push(found(`${path}.${operator}.${key}`, 'the key has no value'));
        }
      }
    }
    return findings;
  },
};

function found(path: string, what: string): RuleFinding {
  return finding(path, what, 'fill it in, or take it out');
}
