import { quote } from '@postern/core';
import { finding, itemsOf, statementsOf, type LintRule } from '../../rule.js';
import { retiredActionOf, retiredServiceOf } from './retired.js';

export const retiredAction: LintRule = {
  id: 'retired-action',
  place: 40,
  title: 'The statement names an action or a service that AWS has retired',
  reason: 'It gives nothing any more, and a reader takes it for something that the job needs.',
  source: 'https://docs.aws.amazon.com/general/latest/gr/service-lifecycle.html',
  level: 'warning',
  also: ['trust', 'resource'],
  async check({ document }) {
    return statementsOf(document).flatMap(({ statement, path }) =>
      [...itemsOf(statement, 'Action', path), ...itemsOf(statement, 'NotAction', path)].flatMap((item) => {
        const service = item.text.slice(0, Math.max(0, item.text.indexOf(':')));
        const retired = retiredServiceOf(service) ?? retiredActionOf(item.text);
        if (retired === undefined) return [];
        return [
          finding(item.path, `${quote(item.text)} is retired, ${retired.what}`, retired.instead, {
            details: { source: retired.source },
          }),
        ];
      }),
    );
  },
};
