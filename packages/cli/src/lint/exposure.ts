import { quote, type PolicyDocument } from '@postern/core';
import { matchesAction } from './matching.js';
import { isNarrowed, reachFor } from './narrowing.js';
import { finding, itemsOf, someOf, statementsOf, type RuleFinding } from './rule.js';
import type { ServiceReference } from './service-reference.js';

/**
 * Allows of some dangerous actions on everything there is of a type.
 * @param patterns the actions, spelled in full
 * @param does what they do, in words that follow "which"
 */
export async function exposedIn(
  document: PolicyDocument,
  reference: ServiceReference,
  actions: readonly string[],
  does: string,
): Promise<RuleFinding[]> {
  const findings: RuleFinding[] = [];
  for (const { statement, path } of statementsOf(document)) {
    if (statement.Effect !== 'Allow' || statement.Resource === undefined || isNarrowed(statement)) continue;
    if (!statement.Resource.some((resource) => resource.includes('*'))) continue;
    for (const { text, path: where } of itemsOf(statement, 'Action', path)) {
      // A whole service, or all of them, has a rule of its own.
      if (/^([^:]+:)?\*+$/.test(text)) continue;
      const open: string[] = [];
      let shown = '*';
      for (const action of actions) {
        if (!matchesAction(text, action)) continue;
        const [known] = await reference.matching(action);
        if (known === undefined) continue;
        const { reach, index } = reachFor(statement, known);
        if (reach !== 'everything') continue;
        open.push(action);
        shown = statement.Resource[index]!;
      }
      if (open.length === 0) continue;
      const which = /[*?]/.test(text) ? ` takes in ${someOf(open.map(quote))}` : '';
      findings.push(
        finding(
          where,
          `${quote(text)}${which} on ${quote(shown)}, which ${does}`,
          'name the resources, or leave it out',
          {
            details: { actions: open },
          },
        ),
      );
    }
  }
  return findings;
}
