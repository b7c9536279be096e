import { quote } from '@postern/core';
import { isNarrowed, reachFor } from '../../narrowing.js';
import { finding, itemsOf, someOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';
import { resourceExposing } from '../resource-exposure/actions.js';

const exposing = new Set(resourceExposing.map((action) => action.toLowerCase()));

export const permissionsManagement: LintRule = {
  id: 'permissions-management',
  place: 260,
  title: 'Actions that change who has access are allowed on everything',
  reason: 'Whoever may change permissions everywhere may give themselves, or others, what this policy does not.',
  source:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html',
  level: 'warning',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      if (statement.Effect !== 'Allow' || statement.Resource === undefined || isNarrowed(statement)) continue;
      if (!statement.Resource.some((resource) => resource.includes('*'))) continue;
      for (const { text, path: where } of itemsOf(statement, 'Action', path)) {
        if (/^([^:]+:)?\*+$/.test(text)) continue;
        // AWS's access level says it; what exposes a resource to others has a rule of its own.
        const known = (await reference.matching(text)).filter(
          ({ accessLevels, action }) =>
            // AWS has the level at some that only read.
            !/:(List|Get|Describe|BatchGet)/.test(action) &&
            accessLevels.includes('Permissions management') &&
            !exposing.has(action.toLowerCase()),
        );
        const open = known.filter(
          (action) => action.action !== 'iam:PassRole' && reachFor(statement, action).reach === 'everything',
        );
        const [first] = open;
        if (first === undefined) continue;
        const shown = statement.Resource[reachFor(statement, first).index]!;
        const which = /[*?]/.test(text) ? ` takes in ${someOf(open.map(({ action }) => quote(action)))}` : '';
        findings.push(
          finding(
            where,
            `${quote(text)}${which} on ${quote(shown)}, which changes who has access`,
            'name the resources, or leave it out',
          ),
        );
      }
    }
    return findings;
  },
};
