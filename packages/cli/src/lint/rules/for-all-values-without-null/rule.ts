import { quote } from '@postern/core';
import { conditionsOf, finding, statementsOf, type LintRule } from '../../rule.js';

/** What a request may leave out by right: an Allow that limits the tags means requests without tags too. */
const optional = /^(aws:tagkeys|s3:requestobjecttagkeys|kms:encryptioncontextkeys)$/;

export const forAllValuesWithoutNull: LintRule = {
  id: 'for-all-values-without-null',
  place: 190,
  title: 'ForAllValues in an Allow also holds for requests without the key',
  reason:
    'AWS takes an absent key as fulfilling ForAllValues, so the fence is open for every request that does not carry it.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  level: 'warning',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) => {
      if (statement.Effect !== 'Allow') return [];
      const conditions = conditionsOf(statement, path);
      const required = new Set(
        conditions.flatMap(({ operator, key, values }) =>
          (operator === 'Null' && values.every((value) => value.toLowerCase() === 'false')) ||
          (operator.startsWith('ForAnyValue:') && !operator.endsWith('IfExists'))
            ? key.toLowerCase()
            : [],
        ),
      );
      return conditions
        .filter(({ operator, key }) => operator.startsWith('ForAllValues:') && !required.has(key.toLowerCase()))
        .map(({ key, path: where }) =>
          finding(
            where,
            `requests without ${quote(key)} are allowed too`,
            `add \`"Null": {"${key.slice(0, 100)}": "false"}\` where that is not meant`,
            optional.test(key.toLowerCase()) ? { level: 'note' } : {},
          ),
        );
    });
  },
};
