import { quote, unreviewedTokens } from '@postern/core';
import { writesOf } from '../../abilities.js';
import { finding, type LintRule, type RuleFinding } from '../../rule.js';
import { trustRule, weighed } from '../../trust-rule.js';

const phases = trustRule({
  id: 'trust-plan-and-apply',
  code: 'T19',
  place: 580,
  title: 'Plan and apply share the role',
  reason: 'A plan runs the code of a pull request, with all that an apply may do.',
  source:
    'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
  level: 'warning',
  isAboutWriting: true,
});

export const trustPlanAndApply: LintRule = {
  ...phases,
  async check(input) {
    const { document, role, reference } = input;
    const found = await phases.check(input);
    if (found.length > 0 || role === undefined) return found;
    const shared = unreviewedTokens(document).filter(({ isNamed, reviewed }) => isNamed && reviewed !== undefined);
    if (shared.length === 0) return [];
    const writes = await writesOf(role, reference);
    if (writes.by === undefined) return [];
    return weighed(
      shared.map(({ path, token, context, reviewed }): RuleFinding => {
        const what = `pull requests share the role with ${quote(String(reviewed!.claims['sub']))}, so a plan, which runs code that nobody has reviewed, has the rights of an apply`;
        const details = { token, ...(context && { context }) };
        return finding(path, what, 'give plan and apply a role each', { details });
      }),
      writes,
    );
  },
};
