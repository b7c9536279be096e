import { didYouMean, quote } from '@postern/core';
import { statementsOf, type Rule, type RuleFinding } from '../../rule.js';

export const unknownAction: Rule = {
  id: 'unknown-action',
  title: 'The statement names an action that AWS does not have',
  reason: 'A misspelled action gives nothing, and the job fails where it was meant; in a Deny it forbids nothing.',
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html',
  level: 'error',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const [element, actions] =
        statement.Action === undefined ? ['NotAction', statement.NotAction ?? []] : ['Action', statement.Action];
      for (const [index, action] of actions.entries()) {
        if (/^\*+$/.test(action) || !action.includes(':')) continue;
        const [service, name] = [action.slice(0, action.indexOf(':')), action.slice(action.indexOf(':') + 1)];
        if ((await reference.matching(action)).length > 0) continue;
        const known = await reference.actionsOf(service.toLowerCase());
        const hint =
          known.length === 0
            ? didYouMean(service, await reference.serviceNames()) || ': check the service prefix'
            : didYouMean(
                name,
                known.map((one) => one.action.slice(service.length + 1)),
              ) || ': check its spelling';
        const what =
          known.length === 0
            ? `names the service ${quote(service)}, which AWS does not list`
            : 'is no action that AWS lists';
        findings.push({ path: `${path}.${element}[${index}]`, message: `${quote(action)} ${what}${hint}` });
      }
    }
    return findings;
  },
};
