import { quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

/** Keys that tell requests apart only together with one of some others. */
const pairs: Readonly<
  Record<string, { readonly others: readonly string[]; readonly write: string; readonly why: string }>
> = {
  'aws:vpcsourceip': {
    others: [
      'aws:sourcevpc',
      'aws:sourcevpce',
      'aws:sourcevpcarn',
      'aws:vpceaccount',
      'aws:vpceorgid',
      'aws:vpceorgpaths',
    ],
    write: 'aws:SourceVpc',
    why: 'every VPC may have the same addresses',
  },
};

export const unpairedConditionKey: LintRule = {
  id: 'unpaired-condition-key',
  place: 170,
  title: 'A condition key says little without another one',
  reason: 'Others can make requests with the same value, so that the fence lets them through.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip',
  level: 'warning',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }): RuleFinding[] => {
      const conditions = conditionsOf(statement, path);
      const keys = new Set(conditions.map(({ key }) => key.toLowerCase()));
      return conditions.flatMap(({ key, path: where }) => {
        const name = key.toLowerCase();
        const pair = Object.hasOwn(pairs, name) ? pairs[name] : undefined;
        if (pair === undefined || pair.others.some((other) => keys.has(other))) return [];
        return [finding(where, `${quote(key)} stands alone, and ${pair.why}`, `add ${quote(pair.write)}`)];
      });
    });
  },
};
