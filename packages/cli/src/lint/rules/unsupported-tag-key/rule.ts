import { quote } from '@postern/core';
import { conditionsOf, finding, itemsOf, someOf, statementsOf, type LintRule, type RuleFinding } from '../../rule.js';

export const unsupportedTagKey: LintRule = {
  id: 'unsupported-tag-key',
  place: 210,
  title: 'The action does not know the tag key of the condition',
  reason:
    'A request of such an action comes without the tag: the Allow gives nothing for it, and a Deny forbids nothing, or all.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html',
  level: 'warning',
  also: ['resource'],
  async check({ document, reference }) {
    const findings: RuleFinding[] = [];
    for (const { statement, path } of statementsOf(document)) {
      const tags = conditionsOf(statement, path).filter(
        ({ key, operator }) =>
          /^aws:(resourcetag\/|requesttag\/|tagkeys$)/i.test(key) && !/IfExists$|^Null$|^ForAllValues/.test(operator),
      );
      if (tags.length === 0 || statement.Action === undefined) continue;
      for (const { key, operator, path: where } of tags) {
        const without: string[] = [];
        for (const { text } of itemsOf(statement, 'Action', path)) {
          // A pattern is about what knows the tag, and what does not may be in it by chance.
          const known = /[*?]/.test(text) ? [] : await reference.matching(text);
          const lacks = known.some(
            ({ conditionKeys, incomplete }) => !incomplete && !conditionKeys.some((one) => isSame(one, key)),
          );
          if (lacks) without.push(text);
        }
        if (without.length === 0) continue;
        const effect =
          statement.Effect === 'Allow'
            ? 'is not allowed by this'
            : /Not/.test(operator)
              ? 'is denied whatever its tags'
              : 'is not denied by this';
        const what = `the reference ties no ${quote(key)} to ${someOf(without.map(quote))}, which then ${effect}`;
        findings.push(
          finding(
            where,
            what,
            'put such actions into a statement of their own',
            statement.Effect === 'Deny' ? {} : { level: 'note' },
          ),
        );
      }
    }
    return findings;
  },
};

/** `aws:ResourceTag/${TagKey}` is there for every tag. */
function isSame(known: string, key: string): boolean {
  const start = (text: string): string => text.toLowerCase().split('/')[0]!;
  return start(known) === start(key);
}
