import { compare, quote } from '@postern/core';
import { onlyAction } from '../../only-action.js';
import { statementsOf, type Rule } from '../../rule.js';

const reading = [
  'kms:Decrypt',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
];

export const secretsOfAll: Rule = {
  id: 'secrets-of-all',
  title: 'The secrets of every job may be read',
  reason: 'A CI job that reads every secret hands them to whoever can change the code it runs.',
  source: 'https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py',
  level: 'error',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) => {
      const index = (statement.Resource ?? []).findIndex((resource) => /^\*+$/.test(resource));
      if (statement.Effect !== 'Allow' || index < 0 || statement.Condition !== undefined) return [];
      const alone = { ...document, Statement: [statement] };
      const open = reading.filter((action) => compare([], [alone, onlyAction(action)]).gained !== null);
      if (open.length === 0) return [];
      return [
        {
          path: `${path}.Resource[${index}]`,
          message: `${open.map(quote).join(', ')} is allowed on \`*\`: name the ARNs`,
        },
      ];
    });
  },
};
