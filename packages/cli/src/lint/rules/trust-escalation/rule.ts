import { quote, unreviewedTokens } from '@postern/core';
import { finding, someOf, type LintRule } from '../../rule.js';
import { openPaths } from '../escalation/rule.js';
import { pageOf } from '../escalation/path.js';

export const trustEscalation: LintRule = {
  id: 'trust-escalation',
  place: 455,
  title: 'A pull request can take over more than the role has',
  reason:
    'Code that nobody has reviewed gets the role, and what the role may do leads by a known path to the rights of another.',
  source: 'https://pathfinding.cloud',
  level: 'error',
  looksAt: 'role',
  async check({ document, role, reference }) {
    if (role === undefined || role.documents.length === 0) return [];
    const [first] = unreviewedTokens(document);
    if (first === undefined) return [];
    const open = await openPaths({ documents: role.documents, reference });
    if (open.length === 0) return [];
    const { path, token, context } = first;
    const ids = open.map(({ path: one }) => quote(one.id));
    const by = open[0]!.path.actions.map(quote).join(' with ');
    const what = `a pull request gets in, such as ${quote(String(token.claims['sub']))}, and ${by} opens ${open.length === 1 ? `the path ${ids[0]}, which` : `${open.length} paths, ${someOf(ids)}; the first`} ${open[0]!.path.gives}`;
    const details = {
      token,
      ...(context && { context }),
      paths: open.map(({ path: one }) => ({
        id: one.id,
        actions: one.actions,
        ...(one.service && { service: one.service }),
        gives: one.gives,
        link: pageOf(one),
      })),
    };
    return [finding(path, what, 'give pull requests a role of their own that can only read', { details })];
  },
};
