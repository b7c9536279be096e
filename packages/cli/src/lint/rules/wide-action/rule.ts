import { quote } from '@postern/core';
import { finding, itemsOf, statementsOf, type LintRule } from '../../rule.js';

export const wideAction: LintRule = {
  id: 'wide-action',
  place: 290,
  title: 'An Allow covers all actions of a service, or all but some',
  reason: 'It also gives the actions that AWS adds later, and in most services those that change who else has access.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  level: 'warning',
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) => {
      if (statement.Effect !== 'Allow') return [];
      const not = (['NotAction', 'NotResource'] as const).filter((element) => statement[element] !== undefined);
      return [
        ...not.map((element) =>
          finding(
            `${path}.${element}`,
            `an Allow with \`${element}\` gives everything else, unknown things too`,
            'list what the job needs',
          ),
        ),
        ...itemsOf(statement, 'Action', path).flatMap(({ text, path: where }) =>
          /^([^:]+:)?\*+$/.test(text)
            ? [finding(where, `${quote(text)} covers every action`, 'list what the job needs')]
            : [],
        ),
      ];
    });
  },
};
