import { quote } from '@postern/core';
import { statementsOf, type Rule, type RuleFinding } from '../../rule.js';
import { mayMeet } from '../../service-reference.js';

export const resourceMismatch: Rule = {
  id: 'resource-mismatch',
  title: 'No resource of the statement can be one that the action takes',
  reason:
    'The action is then never allowed: an object action on a bucket ARN, or an action without resources on anything but `*`.',
  source:
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const { Effect, Action, Resource } = statement;
      if (Effect !== 'Allow' || Action === undefined || Resource === undefined) continue;
      if (Resource.some((resource) => /^\*+$/.test(resource))) continue;
      for (const [index, action] of Action.entries()) {
        const known = await reference.matching(action);
        if (known.length === 0) continue;
        const taken = new Set(known.flatMap(({ resources }) => resources));
        if ([...taken].some((pattern) => Resource.some((resource) => mayMeet(resource, pattern)))) continue;
        const message =
          taken.size === 0
            ? `${quote(action)} takes no resource: put it into a statement of its own with \`*\``
            : `${quote(action)} takes ${[...taken].slice(0, 3).map(quote).join(', ')}, and none of the resources is such: name one`;
        findings.push({ path: `${path}.Action[${index}]`, message });
      }
    }
    return findings;
  },
};
