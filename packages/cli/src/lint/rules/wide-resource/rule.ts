import { quote } from '@postern/core';
import { statementsOf, type Rule, type RuleFinding } from '../../rule.js';

export const wideResource: Rule = {
  id: 'wide-resource',
  title: 'The resource is `*` for an action that could have ARNs',
  reason: 'AWS can tell the resources of these actions apart, so `*` gives access to those of other jobs.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  level: 'warning',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      if (statement.Effect !== 'Allow' || statement.Action === undefined) continue;
      const index = (statement.Resource ?? []).findIndex((resource) => /^\*+$/.test(resource));
      if (index < 0) continue;
      const narrower: string[] = [];
      for (const action of statement.Action) {
        const known = await reference.matching(action);
        if (known.length > 0 && known.every(({ resources }) => resources.length > 0)) narrower.push(action);
      }
      if (narrower.length === 0) continue;
      const [action] = narrower as [string];
      const [first] = (await reference.matching(action))[0]!.resources;
      const more = narrower.length > 1 ? ` (and ${narrower.length - 1} more)` : '';
      findings.push({
        path: `${path}.Resource[${index}]`,
        message: `${quote(action)}${more} could be given for ${quote(first)} and such alone: name the ARNs`,
      });
    }
    return findings;
  },
};
