import { quote } from '@postern/core';
import { isNarrowed, reachFor } from '../../narrowing.js';
import { finding, itemsOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';
import type { KnownAction } from '../../service-reference.js';

export const wideResource: LintRule = {
  id: 'wide-resource',
  place: 300,
  title: 'The resource is `*`, or all there are of a type, for an action that could have ARNs',
  reason: 'AWS can tell the resources of these actions apart, so `*` gives access to those of other jobs.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  level: 'warning',
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      if (statement.Effect !== 'Allow' || statement.Action === undefined || isNarrowed(statement)) continue;
      if (statement.Resource?.some((resource) => resource.includes('*')) !== true) continue;
      const wide: { text: string; action: KnownAction; index: number }[] = [];
      for (const { text } of itemsOf(statement, 'Action', path)) {
        const known = await reference.matching(text);
        if (known.length === 0 || !known.every(({ types }) => types.length > 0)) continue;
        const reaches = known.map((action) => ({ action, ...reachFor(statement, action) }));
        const [first] = reaches.filter(({ reach }) => reach === 'everything');
        if (first !== undefined && reaches.every(({ reach }) => reach === 'everything')) wide.push({ text, ...first });
      }
      const [first] = wide;
      if (first === undefined) continue;
      const more = wide.length > 1 ? ` (and ${wide.length - 1} more)` : '';
      const shown = statement.Resource[first.index]!;
      const what = `${quote(first.text)}${more} could be given for ${quote(first.action.types[0]!.forms[0]?.text ?? 'an ARN')} and such alone, and has ${quote(shown)}`;
      findings.push(finding(`${path}.Resource[${first.index}]`, what, 'name the ARNs'));
    }
    return findings;
  },
};
